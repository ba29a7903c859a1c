import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { disconnectAccount } from "@/lib/accounts/disconnect-account";
import { hashPassword } from "@/lib/auth/password-hash";
import type { Evaluation, Severity, Verdict } from "@/lib/checks/evaluation";
import { deleteMember } from "@/lib/db/system/memberships";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { getFinding } from "@/lib/findings/get-finding";
import { recordEvaluations } from "@/lib/findings/record-evaluation";
import { monthOf } from "@/lib/history/month";
import { disablePerson } from "@/lib/members/disable-person";
import { endMemberships } from "@/lib/members/end-memberships";
import { changeRole, removeMember } from "@/lib/members/members";
import { deleteSelf } from "@/lib/organizations/delete-self";
import { leaveOrganization } from "@/lib/organizations/leave";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { moveFinding } from "@/lib/verification/move-finding";
import { editFinding } from "./edit-finding";
import { unwatchFinding, watchFinding } from "./watch-finding";

const database = testDatabase();
const checkId = "cloudtrail.not_multi_region";

let admin: TenantContext;
let lead: TenantContext;
let mina: TenantContext;
let auditor: TenantContext;
let accountId: string;
let scans = 0;

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  lead = await database.makeMember(admin, "lead");
  mina = await database.makeMember(admin, "member");
  auditor = await database.makeMember(admin, "auditor");
  const [account] = await database.sql<{ id: string }>(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status, role_arn, connected_at)
     VALUES ($1, '111111111111', 'aws', 'prod', $2, 'connected', 'arn:aws:iam::111111111111:role/PosturioReadOnly', now())
     RETURNING id::text`,
    [admin.tenantId, randomUUID()],
  );
  accountId = account?.id ?? "";
  await evaluate("FAIL");
});

/** What a scan of the account writes when it is over. */
async function evaluate(
  verdict: Verdict,
  options: { begunAt?: string; severity?: Severity } = {},
): Promise<void> {
  const [scan] = await database.sql<{ id: string }>(
    `INSERT INTO scans (tenant_id, number, account_id, trigger, status, attempt, month)
     VALUES ($1, $2, $3, 'schedule', 'complete', 1, date_trunc('month', now())::date) RETURNING id::text`,
    [admin.tenantId, 1000 + scans++, accountId],
  );
  const evaluation = {
    checkId,
    checkVersion: 1,
    verdict,
    reason: verdict === "FAIL" ? "SINGLE_REGION_ONLY" : "COVERED",
    severity: verdict === "FAIL" ? (options.severity ?? "HIGH") : null,
    severityReason: null,
    assurance: verdict === "PASS" ? "VERIFIED" : null,
    disposition: null,
    coveredRegions: [],
    partialRegions: [],
    uncoveredRegions: [],
    unknownRegions: [],
    regions: [],
    remediation: { action: "NONE" },
    advisories: [],
  } as unknown as Evaluation;
  const description = {
    sentence: [],
    short: "11 of 17 not logged",
    sections: [],
    change: null,
    advisories: [],
    missingPermissions: [],
  };
  const at = new Date().toISOString();
  await withTenant(admin, (db) =>
    recordEvaluations(db, {
      tenantId: admin.tenantId,
      accountId,
      scanId: scan?.id ?? "",
      month: monthOf(new Date()),
      at,
      begunAt: options.begunAt ?? at,
      facts: "{}",
      said: [{ evaluation, description: description as never }],
    }),
  );
}

const read = (ctx = admin) => getFinding(ctx, "PST-1");
const version = async () => (await read()).triage.version;

async function edit(ctx: TenantContext, change: Omit<Parameters<typeof editFinding>[1], "key" | "version">) {
  return editFinding(ctx, { key: "PST-1", version: await version(), ...change });
}

async function move(
  ctx: TenantContext,
  to: "open" | "in_progress" | "awaiting_verification" | "resolved",
  more: Partial<Parameters<typeof moveFinding>[1]> = {},
) {
  return moveFinding(ctx, { key: "PST-1", version: await version(), to, ...more });
}

const kinds = async () => (await read()).history.map(({ kind }) => kind);

describe("owner, due date and ticket", () => {
  test("are changed together, with a line of history each and the name of who did it", async () => {
    const finding = await edit(lead, {
      ownerId: userIdOf(mina),
      dueAt: "2027-03-01T12:00:00+01:00",
      dueReason: "  Change freeze\nuntil March ",
      ticketUrl: "https://tickets.example/SEC-7",
    });
    expect(finding.triage).toMatchObject({
      owner: { id: userIdOf(mina), name: mina.principal.name },
      dueAt: "2027-03-01T11:00:00.000Z",
      ticketUrl: "https://tickets.example/SEC-7",
      isOverdue: false,
    });
    expect(finding.history.slice(0, 3).map(({ kind, actor }) => [kind, actor])).toEqual([
      ["ticket_changed", lead.principal.name],
      ["due_changed", lead.principal.name],
      ["assigned", lead.principal.name],
    ]);
    expect(finding.history[1]?.text).toBe("Due date changed: Change freeze until March");
    const log = await database.sql(
      "SELECT action FROM audit_log WHERE tenant_id = $1 AND action LIKE 'finding.%' ORDER BY action",
      [admin.tenantId],
    );
    expect(log.map(({ action }) => action)).toEqual([
      "finding.assigned",
      "finding.due_changed",
      "finding.ticket_changed",
    ]);
  });

  test("as they are already are no change: no line, no new version", async () => {
    const before = await edit(lead, { ownerId: userIdOf(mina), ticketUrl: "https://tickets.example/1" });
    const after = await edit(lead, {
      ownerId: userIdOf(mina),
      ticketUrl: "https://tickets.example/1",
      dueAt: before.triage.dueAt,
    });
    expect(after.triage.version).toBe(before.triage.version);
    expect(after.history.length).toBe(before.history.length);
  });

  test("are taken away by null, and the due date only with a reason", async () => {
    await edit(lead, { ownerId: userIdOf(mina), ticketUrl: "https://tickets.example/1" });
    await expect(edit(lead, { dueAt: null })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { dueReason: expect.any(String) },
    });
    const { triage } = await edit(lead, { ownerId: null, ticketUrl: null, dueAt: null, dueReason: "Never" });
    expect(triage).toMatchObject({ owner: null, ticketUrl: null, dueAt: null });
    // A scan does not bring back what a person took away.
    await evaluate("FAIL", { severity: "CRITICAL" });
    expect((await read()).triage.dueAt).toBeNull();
  });

  test.each([
    ["javascript:alert(1)", false],
    ["https://user:secret@tickets.example/1", false],
    ["tickets.example/1", false],
    ["http://tickets.internal/1", true],
  ])("take the ticket %s: %s", async (ticketUrl, taken) => {
    const outcome = await edit(lead, { ticketUrl }).then(
      () => true,
      ({ code }) => code === "invalid_input" && false,
    );
    expect(outcome).toBe(taken);
  });

  test("belong to members who can act: no auditor, no stranger, nobody who is disabled", async () => {
    const stranger = await database.makeOrganization("Other");
    const disabled = await database.makeMember(admin, "member");
    await disablePerson(userIdOf(disabled));
    for (const ownerId of [userIdOf(auditor), userIdOf(stranger), userIdOf(disabled), randomUUID()]) {
      await expect(edit(lead, { ownerId })).rejects.toMatchObject({
        code: "invalid_input",
        fields: { ownerId: expect.any(String) },
      });
    }
    expect((await read()).triage.owner).toBeNull();
  });

  test("are for leads and admins, and for the owner", async () => {
    for (const ctx of [mina, auditor]) {
      await expect(edit(ctx, { ticketUrl: "https://tickets.example/1" })).rejects.toMatchObject({
        code: "forbidden",
      });
      expect((await read(ctx)).triage).toMatchObject({ mayEdit: false, allowed: [] });
    }
    await edit(admin, { ownerId: userIdOf(mina) });
    expect((await read(mina)).triage.mayEdit).toBe(true);
    await edit(mina, { ticketUrl: "https://tickets.example/1" });
    await edit(mina, { ownerId: null });
    await expect(edit(mina, { ownerId: userIdOf(mina) })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("that somebody changed meanwhile are not overwritten, and the refusal says how they are", async () => {
    const stale = await version();
    await edit(lead, { ownerId: userIdOf(mina) });
    await expect(editFinding(admin, { key: "PST-1", version: stale, ownerId: null })).rejects.toMatchObject({
      code: "version_conflict",
      members: { current: { version: stale + 1, ownerId: userIdOf(mina), status: "open" } },
    });
  });

  test("are left alone by a scan that changes nothing of them, and so is the version", async () => {
    const { triage } = await edit(lead, { ownerId: userIdOf(mina) });
    await evaluate("FAIL");
    await evaluate("NOT_EVALUATED");
    expect((await read()).triage).toEqual(triage);
    expect(await kinds()).toEqual(["could_not_read", "still_failing", "assigned", "detected"]);
  });
});

describe("moves", () => {
  test("in progress needs an owner, who can be given in the same step", async () => {
    await expect(move(lead, "in_progress")).rejects.toMatchObject({
      code: "guard_unmet",
      status: 422,
      members: { guards: [{ id: "owner", needs: ["ownerId"] }] },
    });
    const finding = await move(lead, "in_progress", { ownerId: userIdOf(mina), note: "Starting now" });
    expect(finding).toMatchObject({ status: "in_progress", triage: { owner: { id: userIdOf(mina) } } });
    expect((await kinds()).slice(0, 2)).toEqual(["started", "assigned"]);
  });

  test("back to open needs a reason, and what is no move is refused with those there are", async () => {
    await move(lead, "in_progress", { ownerId: userIdOf(mina) });
    await expect(move(mina, "open", { reason: " " })).rejects.toMatchObject({ code: "guard_unmet" });
    expect((await move(mina, "open", { reason: "Waiting for a window" })).history[0]).toMatchObject({
      kind: "put_back",
      text: "Back to Open. Waiting for a window",
    });
    await expect(move(mina, "open", { reason: "x" })).rejects.toMatchObject({
      code: "transition_not_allowed",
      status: 409,
      members: { allowed: ["in_progress", "awaiting_verification"] },
    });
  });

  test("nobody sets Resolved, whoever asks; the attempt is on record although it is refused", async () => {
    for (const ctx of [admin, lead]) {
      await expect(move(ctx, "resolved")).rejects.toMatchObject({
        code: "verification_required",
        status: 409,
      });
    }
    expect((await read()).status).toBe("open");
    const log = await database.sql(
      "SELECT 1 FROM audit_log WHERE tenant_id = $1 AND action = 'finding.resolve_refused'",
      [admin.tenantId],
    );
    expect(log).toHaveLength(2);
  });

  test("a claim has the account scanned at once, and a scan that began after it takes it back", async () => {
    await edit(lead, { ownerId: userIdOf(mina) });
    const claimed = await move(mina, "awaiting_verification", { note: "Converted acme-audit" });
    expect(claimed).toMatchObject({
      status: "awaiting_verification",
      triage: { claim: { by: mina.principal.name, note: "Converted acme-audit" }, failedClaims: 0 },
    });
    expect(claimed.activeScanNumber).not.toBeNull();
    await evaluate("FAIL", { begunAt: "2026-01-01T00:00:00.000Z" });
    expect((await read()).status).toBe("awaiting_verification");
    await evaluate("FAIL", { begunAt: new Date(Date.now() + 60_000).toISOString() });
    expect(await read()).toMatchObject({ status: "open", triage: { claim: null, failedClaims: 1 } });
    expect((await kinds())[0]).toBe("claim_refuted");
  });

  test("a claim is withdrawn by its owner, and a second one can be made", async () => {
    await edit(lead, { ownerId: userIdOf(mina) });
    await move(mina, "awaiting_verification");
    await move(mina, "in_progress", { reason: "Wrong trail" });
    expect((await read()).triage).toMatchObject({ claim: null, failedClaims: 0 });
    await move(mina, "awaiting_verification");
    expect((await read()).triage.allowed.map(({ to }) => to)).toEqual(["in_progress"]);
  });

  test("a disconnected account takes what is open out of scope; connected again it opens a new episode", async () => {
    await move(lead, "awaiting_verification");
    await disconnectAccount(admin, { id: accountId, confirmName: "prod" });
    expect(await read()).toMatchObject({
      status: "closed_out_of_scope",
      triage: { claim: null, dueAt: null, allowed: [] },
    });
    await expect(move(lead, "in_progress", { ownerId: userIdOf(mina) })).rejects.toMatchObject({
      code: "transition_not_allowed",
    });
    await evaluate("FAIL");
    const again = await read();
    expect(again).toMatchObject({ status: "open", episode: 2 });
    expect(again.triage.dueAt).not.toBeNull();
    expect(again.episodes.map(({ number }) => number)).toEqual([1, 2]);
  });

  test("of a hundred at once with one version one is made; and none is lost to a scan that ends meanwhile", async () => {
    const seen = await version();
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        index === 50
          ? evaluate("FAIL", { severity: "CRITICAL" }).then(() => "scan")
          : editFinding(admin, {
              key: "PST-1",
              version: seen,
              ticketUrl: `https://tickets.example/${index}`,
            }).then(
              ({ triage }) => triage.ticketUrl,
              ({ code }) => code,
            ),
      ),
    );
    const made = outcomes.filter((outcome) => outcome?.startsWith("https:"));
    expect(made.length).toBeLessThanOrEqual(1);
    expect(outcomes.filter((outcome) => outcome === "version_conflict")).toHaveLength(99 - made.length);
    expect((await read()).triage.ticketUrl).toBe(made[0] ?? null);
    expect((await read()).severity).toBe("CRITICAL");
  });

  test("loses no acknowledged edit among people who repeat theirs and scans that end", async () => {
    const tickets = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        if (index % 5 === 0) await evaluate(index % 2 ? "PASS" : "FAIL");
        for (;;) {
          const done = await editFinding(lead, {
            key: "PST-1",
            version: await version(),
            ticketUrl: `https://tickets.example/${index}`,
          }).then(
            () => true,
            ({ code }) => {
              if (code !== "version_conflict") throw new Error(code);
              return false;
            },
          );
          if (done) return `https://tickets.example/${index}`;
        }
      }),
    );
    const lines = await database.sql<{ url: string }>(
      "SELECT after ->> 'ticketUrl' AS url FROM finding_events WHERE tenant_id = $1 AND kind = 'ticket_changed'",
      [admin.tenantId],
    );
    expect(lines.map(({ url }) => url).sort()).toEqual(tickets.sort());
  });
});

describe("a person who leaves", () => {
  test("leaves their findings to another or to nobody, and is out of watchers and rules", async () => {
    const jonas = await database.makeMember(admin, "member");
    await edit(lead, { ownerId: userIdOf(mina) });
    await watchFinding(mina, { key: "PST-1" });
    await database.sql(
      "INSERT INTO owner_rules (tenant_id, match, value, owner_id) VALUES ($1, 'environment', 'production', $2)",
      [admin.tenantId, userIdOf(mina)],
    );
    await removeMember(admin, { userId: userIdOf(mina), reassignTo: userIdOf(jonas) });
    const { triage, history } = await read();
    expect(triage).toMatchObject({ owner: { id: userIdOf(jonas) }, watchers: [] });
    expect(history[0]).toMatchObject({
      kind: "assigned",
      text: `Assigned to ${jonas.principal.name}: its previous owner left.`,
    });
    await removeMember(admin, { userId: userIdOf(jonas) });
    expect((await read()).triage.owner).toBeNull();
  });

  test("is refused when the successor could not act, with nothing changed", async () => {
    await edit(lead, { ownerId: userIdOf(mina) });
    await expect(
      removeMember(admin, { userId: userIdOf(mina), reassignTo: userIdOf(auditor) }),
    ).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect((await read()).triage.owner?.id).toBe(userIdOf(mina));
  });

  test("by themselves, or deletes their user, owns nothing either; the history still says who owned it", async () => {
    await edit(lead, { ownerId: userIdOf(mina) });
    await leaveOrganization(mina);
    expect((await read()).triage.owner).toBeNull();
    const jonas = await database.makeMember(admin, "member");
    await database.sql("UPDATE users SET password_hash = $1 WHERE id = $2", [
      await hashPassword("correct horse battery"),
      userIdOf(jonas),
    ]);
    await edit(lead, { ownerId: userIdOf(jonas) });
    await deleteSelf(userIdOf(jonas), { password: "correct horse battery" });
    const { triage, history } = await read();
    expect(triage.owner).toBeNull();
    expect(history.map(({ text }) => text)).toContain(`Assigned to ${jonas.principal.name}.`);
  });

  test("is given another finding while leaving: it is taken from them too", async () => {
    let ends = 0;
    const end = async () => {
      ends += 1;
      if (ends === 1) await edit(lead, { ownerId: userIdOf(mina) });
      await withIdentity(admin, (db) => deleteMember(db, admin.tenantId, userIdOf(mina)));
    };
    await endMemberships([admin], userIdOf(mina), end);
    expect(ends).toBe(2);
    expect((await read()).triage.owner).toBeNull();
  });

  test("or becomes an auditor, or is disabled, owns nothing any more", async () => {
    await edit(lead, { ownerId: userIdOf(mina) });
    await changeRole(admin, { userId: userIdOf(mina), role: "auditor" });
    expect((await read()).triage.owner).toBeNull();
    const jonas = await database.makeMember(admin, "member");
    await edit(lead, { ownerId: userIdOf(jonas) });
    await disablePerson(userIdOf(jonas));
    expect((await read()).triage.owner).toBeNull();
  });
});

test("the owner who is suggested comes from the rule of the account, a label or the environment, else who fixed last", async () => {
  const suggested = async () => {
    const { suggestedOwner } = (await read()).triage;
    return suggestedOwner && [suggestedOwner.person.id, suggestedOwner.reason];
  };
  expect(await suggested()).toBeNull();
  await edit(admin, { ownerId: userIdOf(mina) });
  await move(mina, "awaiting_verification");
  await edit(admin, { ownerId: null });
  expect(await suggested()).toEqual([userIdOf(mina), "Last to fix one of this account"]);
  const rule = (match: string, value: string, owner: TenantContext) =>
    database.sql("INSERT INTO owner_rules (tenant_id, match, value, owner_id) VALUES ($1, $2, $3, $4)", [
      admin.tenantId,
      match,
      value,
      userIdOf(owner),
    ]);
  await rule("environment", "other", lead);
  expect(await suggested()).toEqual([userIdOf(lead), "Rule for environment “other”"]);
  await database.sql("UPDATE accounts SET labels = ARRAY['payments'] WHERE id = $1", [accountId]);
  await rule("label", "payments", admin);
  expect(await suggested()).toEqual([userIdOf(admin), "Rule for label “payments”"]);
  await rule("account", accountId, mina);
  expect(await suggested()).toEqual([userIdOf(mina), "Rule for prod"]);
});

test("people watch for themselves, and other organizations see and change nothing", async () => {
  await watchFinding(mina, { key: "PST-1" });
  await watchFinding(mina, { key: "PST-1" });
  expect((await read()).triage.watchers).toEqual([{ id: userIdOf(mina), name: mina.principal.name }]);
  await unwatchFinding(mina, { key: "PST-1" });
  expect((await read()).triage.watchers).toEqual([]);
  await expect(watchFinding(auditor, { key: "PST-1" })).rejects.toMatchObject({ code: "forbidden" });
  const other = await database.makeOrganization("Other");
  const { id } = await read();
  for (const attempt of [
    () => editFinding(other, { key: id, version: 1, ticketUrl: null }),
    () => moveFinding(other, { key: id, version: 1, to: "in_progress" }),
    () => moveFinding(other, { key: id, version: 1, to: "awaiting_verification" }),
    () => watchFinding(other, { key: id }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  }
});
