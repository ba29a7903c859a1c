import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { withClient } from "@/lib/db/with-client";
import { lockFinding } from "@/lib/findings/triage/lock-finding";
import { requireTenantFromToken } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { createToken } from "@/lib/tokens/tokens";
import { getVerification, verificationOfFinding } from "./get-verification";
import { moveFinding } from "./move-finding";
import { emptyProof, type Proof } from "./proof";
import { requestVerification } from "./request-verification";
import { retryVerification } from "./retry-verification";
import { startVerification } from "./start-verification";

const database = testDatabase();
const key = "PST-1";

let admin: TenantContext;
let lead: TenantContext;
let owner: TenantContext;
let member: TenantContext;
let auditor: TenantContext;
let accountId: string;
let findingId: string;

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  lead = await database.makeMember(admin, "lead");
  owner = await database.makeMember(admin, "member");
  member = await database.makeMember(admin, "member");
  auditor = await database.makeMember(admin, "auditor");
  [accountId, findingId] = await makeFinding();
});

/** An open finding of its own account, PST-<number>. */
async function makeFinding(ctx = admin, number = 1): Promise<[account: string, finding: string]> {
  const [row] = await database.sql<{ account: string; finding: string }>(
    `WITH account AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status, role_arn, connected_at)
       VALUES ($1, '111111111111', 'aws', 'prod', $2, 'connected', 'arn:aws:iam::111111111111:role/PosturioReadOnly', now())
       RETURNING id)
     INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since, episode, owner_id)
     SELECT $1, id, 'cloudtrail.not_multi_region', $3, 'open', 'failing', now(), 1, $4 FROM account
     RETURNING account_id::text AS account, id::text AS finding`,
    [ctx.tenantId, randomUUID(), number, ctx === admin ? userIdOf(owner) : null],
  );
  if (!row) throw new Error("no finding was made");
  return [row.account, row.finding];
}

async function version(of = key): Promise<number> {
  return withTenant(admin, async (db) => (await lockFinding(db, admin.tenantId, of)).version);
}

async function request(
  ctx: TenantContext,
  more: Partial<Parameters<typeof requestVerification>[1]> = {},
): Promise<{ id: string; number: number }> {
  return requestVerification(ctx, { key, version: await version(), ...more });
}

async function finding(): Promise<Record<string, unknown> | undefined> {
  const [row] = await database.sql("SELECT status, version FROM findings WHERE tenant_id = $1 AND id = $2", [
    admin.tenantId,
    findingId,
  ]);
  return row;
}

/** What was asked for, as it stands in the database. */
async function stored(id: string): Promise<Record<string, unknown>> {
  const [row] = await database.sql(
    `SELECT v.status, v.trigger, v.requested_by, v.claim_id IS NOT NULL AS claimed, v.scan_id IS NOT NULL AS scanned,
            v.next_look_at IS NULL AS waits, v.looks, v.required_proof, v.proof->>'a' AS a, v.proof->>'b' AS b,
            (SELECT count(*)::int FROM work_items w WHERE w.tenant_id = v.tenant_id AND w.subject_id = v.id
               AND w.kind = 'verification' AND w.state = 'queued' AND w.priority = 0
               AND w.due_at <= business_now()) AS due
     FROM verifications v WHERE v.tenant_id = $1 AND v.id = $2`,
    [admin.tenantId, id],
  );
  return row ?? {};
}

async function auditOf(id: string): Promise<unknown[]> {
  const rows = await database.sql(
    `SELECT action, actor, data FROM audit_log
     WHERE tenant_id = $1 AND object = $2 AND action <> 'verification.started' ORDER BY at`,
    [admin.tenantId, `verification:${id}`],
  );
  return rows.map(({ action, actor, data }) => [action, actor, data]);
}

const turned = { state: "passed", reason: null, at: null, evidence: null } as const;
/** Our call has arrived from one Region, and not from another. */
const undecided: Proof = {
  ...emptyProof,
  a: "passed",
  b: "inconclusive",
  calledAt: "2026-12-03T10:00:00.000Z",
  regions: [
    { region: "us-east-1", a: turned, b: turned, trails: [] },
    {
      region: "eu-west-1",
      a: turned,
      b: { state: "inconclusive", reason: "not_delivered", at: null, evidence: null },
      trails: [],
    },
  ],
};

/** As a worker leaves it that gave up for now: the item is parked for a quarter of an hour. */
async function giveUp(id: string): Promise<void> {
  await database.sql(
    `UPDATE verifications SET status = 'inconclusive', proof = $3, looks = 8, first_gave_up_at = business_now(),
            next_look_at = business_now() + interval '15 minutes', gives_up_at = business_now()
     WHERE tenant_id = $1 AND id = $2`,
    [admin.tenantId, id, JSON.stringify(undecided)],
  );
  await database.sql(
    `UPDATE work_items SET due_at = business_now() + interval '15 minutes', priority = 1
     WHERE tenant_id = $1 AND subject_id = $2`,
    [admin.tenantId, id],
  );
}

async function end(id: string, status: "passed" | "failed" | "inconclusive" | "cancelled"): Promise<void> {
  await database.sql(
    "UPDATE verifications SET status = $3, finished_at = business_now() WHERE tenant_id = $1 AND id = $2",
    [admin.tenantId, id, status],
  );
  await database.sql(
    "UPDATE work_items SET state = 'done', outcome = 'finished', ended_at = now() WHERE tenant_id = $1 AND subject_id = $2",
    [admin.tenantId, id],
  );
}

async function setStatus(status: string): Promise<void> {
  await database.sql("UPDATE findings SET status = $3 WHERE tenant_id = $1 AND id = $2", [
    admin.tenantId,
    findingId,
    status,
  ]);
}

async function token(...scopes: Parameters<typeof createToken>[1]["scopes"]): Promise<TenantContext> {
  const made = await createToken(admin, { name: "automation", scopes, days: 1 });
  return requireTenantFromToken(
    `Bearer ${made.token}`,
    scopes.includes("read") ? "organization.view" : "finding.claim",
  );
}

describe("a request for a verification", () => {
  test.each(["open", "in_progress", "reopened"])(
    "claims a finding that is %s, and proves the claim",
    async (status) => {
      await setStatus(status);
      const { id, number } = await request(owner, { note: "Converted the trail." });
      expect(number).toBe(1);
      expect(await finding()).toEqual({ status: "awaiting_verification", version: 2 });
      expect(await stored(id)).toEqual({
        status: "running",
        trigger: "claim",
        requested_by: `user:${userIdOf(owner)}`,
        claimed: true,
        scanned: true,
        waits: true,
        looks: 0,
        required_proof: "delivered",
        a: "waiting",
        b: "waiting",
        due: 1,
      });
      const [claim] = await database.sql(
        "SELECT claimed_from, note, ended_at FROM claims WHERE tenant_id = $1 AND finding_id = $2",
        [admin.tenantId, findingId],
      );
      expect(claim).toEqual({ claimed_from: status, note: "Converted the trail.", ended_at: null });
      expect(await auditOf(id)).toEqual([
        [
          "verification.requested",
          `user:${userIdOf(owner)}`,
          { number: 1, key, status, note: "Converted the trail." },
        ],
      ]);
    },
  );

  test("asks, from the third episode on, what keeps it from coming back, as a claim does", async () => {
    await database.sql("UPDATE findings SET episode = 3 WHERE tenant_id = $1", [admin.tenantId]);
    await expect(request(lead)).rejects.toMatchObject({
      code: "guard_unmet",
      members: { guards: [{ id: "guardrail", needs: ["guardrail", "guardrailWaiver"] }] },
    });
    expect(await finding()).toEqual({ status: "open", version: 1 });
    expect((await request(lead, { guardrail: "An SCP" })).number).toBe(1);
  });

  test("is refused while one runs, retries one that is inconclusive, and begins anew after one that has ended", async () => {
    const { id } = await request(lead);
    await expect(request(lead)).rejects.toMatchObject({ code: "verification_running" });

    await giveUp(id);
    expect(await request(lead)).toEqual({ id, number: 1 });
    expect(await stored(id)).toMatchObject({
      status: "running",
      scanned: false,
      waits: true,
      looks: 0,
      a: "waiting",
      due: 1,
    });
    expect((await auditOf(id)).at(-1)).toEqual([
      "verification.requested",
      `user:${userIdOf(lead)}`,
      { number: 1, key, status: "awaiting_verification" },
    ]);

    await end(id, "inconclusive");
    const again = await request(lead);
    expect(again.number).toBe(2);
    expect(await stored(again.id)).toMatchObject({ trigger: "person", claimed: true, status: "running" });
  });

  test("proves again what is resolved, without a claim, and leaves its status alone", async () => {
    await setStatus("resolved");
    const { id } = await request(lead);
    expect(await stored(id)).toMatchObject({ trigger: "person", claimed: false, due: 1 });
    expect(await finding()).toMatchObject({ status: "resolved" });
    await expect(request(lead)).rejects.toMatchObject({ code: "verification_running" });
  });

  test("of one that never failed or is out of scope is no move, and says so", async () => {
    for (const status of ["none", "closed_out_of_scope"]) {
      await setStatus(status);
      await expect(request(lead)).rejects.toMatchObject({
        code: "transition_not_allowed",
        members: { allowed: [] },
      });
    }
  });

  test("with a version that is old is refused in every status, with the current one", async () => {
    for (const status of ["open", "awaiting_verification", "resolved"]) {
      await setStatus(status);
      await expect(requestVerification(lead, { key, version: 9 })).rejects.toMatchObject({
        code: "version_conflict",
        members: { current: { version: 1, status } },
      });
    }
  });

  test("needs an account that can be read, in every status", async () => {
    const { id } = await request(lead);
    await giveUp(id);
    for (const account of ["disconnected", "unreachable"]) {
      await database.sql("UPDATE accounts SET status = $2 WHERE tenant_id = $1", [admin.tenantId, account]);
      for (const status of ["open", "awaiting_verification", "resolved"]) {
        await setStatus(status);
        await expect(request(lead), `${account}, ${status}`).rejects.toMatchObject({
          code: "guard_unmet",
          members: { guards: [{ id: "account_readable", needs: [] }] },
        });
      }
      await expect(retryVerification(lead, { id })).rejects.toMatchObject({ code: "guard_unmet" });
    }
    expect(await stored(id)).toMatchObject({ status: "inconclusive" });
  });

  test("is of one that comes first when two ask at once", async () => {
    const at = await version();
    const both = await Promise.allSettled([
      requestVerification(lead, { key, version: at }),
      requestVerification(admin, { key, version: at }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "version_conflict" },
    });
  });

  test("through a move says which verification the claim began, and nothing after another move", async () => {
    const moved = await moveFinding(lead, { key, version: 1, to: "awaiting_verification" });
    expect(moved.verificationId).toBe((await verificationOfFinding(lead, key))?.id);
    expect(moved.verificationId).not.toBeNull();
    const back = await moveFinding(lead, { key, version: moved.triage.version, to: "in_progress" });
    expect(back.verificationId).toBeNull();
    // What was withdrawn proves nothing, and is not shown.
    expect(await verificationOfFinding(lead, key)).toBeNull();
    expect(await getVerification(lead, { id: moved.verificationId ?? "" })).toMatchObject({
      status: "cancelled",
    });
  });
});

test("a withdrawal and a worker that stores a look wait for each other in one order", async () => {
  const { id } = await request(lead);
  const move = { key, version: await version(), to: "in_progress" } as const;
  const waiting = async () =>
    (
      await database.sql(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
    ).length;
  // As a worker does it: account, verification, finding.
  await withClient(database.superuserUrl, async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE", [accountId]);
    await client.query("UPDATE verifications SET looks = looks + 1 WHERE id = $1", [id]);
    const withdrawn = Promise.allSettled([moveFinding(lead, move)]);
    await expect.poll(waiting).toBe(1);
    await client.query("SELECT 1 FROM findings WHERE id = $1 FOR UPDATE", [findingId]);
    await client.query("COMMIT");
    expect(await withdrawn).toMatchObject([{ value: { status: "in_progress" } }]);
  });
  expect(await stored(id)).toMatchObject({ status: "cancelled", looks: 1 });
});

describe("a retry", () => {
  test("wakes the parked item, and begins anew but for what was delivered", async () => {
    const { id } = await request(lead);
    await giveUp(id);
    expect(await stored(id)).toMatchObject({ due: 0 });
    expect(await retryVerification(owner, { id, regions: ["eu-west-1"] })).toEqual({ id, number: 1 });
    expect(await stored(id)).toMatchObject({
      status: "running",
      scanned: false,
      waits: true,
      looks: 0,
      due: 1,
    });
    const { keyA, keyB, looksAt } = await getVerification(lead, { id });
    expect([keyA.state, keyB.state, looksAt]).toEqual(["waiting", "waiting", []]);
    expect(keyB.regions.map(({ region, state }) => [region, state])).toEqual([
      ["us-east-1", "passed"],
      ["eu-west-1", "inconclusive"],
    ]);
    expect((await auditOf(id)).at(-1)).toEqual([
      "verification.retried",
      `user:${userIdOf(owner)}`,
      { number: 1, key, regions: ["eu-west-1"] },
    ]);
  });

  test("gives one whose item is gone a new one", async () => {
    const { id } = await request(lead);
    await giveUp(id);
    await database.sql(
      "UPDATE work_items SET state = 'done', outcome = 'failed', ended_at = now() WHERE subject_id = $1",
      [id],
    );
    await retryVerification(lead, { id });
    expect(await stored(id)).toMatchObject({ due: 1 });
  });

  test("is refused for a Region that is not enabled or has delivered, by name, and then has changed nothing", async () => {
    const { id } = await request(lead);
    await giveUp(id);
    const before = await stored(id);
    await expect(
      retryVerification(lead, { id, regions: ["eu-west-1", "me-south-1", "us-east-1"] }),
    ).rejects.toMatchObject({
      code: "invalid_input",
      message: "me-south-1 is not enabled in this account. us-east-1 has delivered already.",
      fields: {
        "regions.1": "me-south-1 is not enabled in this account.",
        "regions.2": "us-east-1 has delivered already.",
      },
    });
    for (const regions of [[], ["moon"], Array.from({ length: 101 }, () => "eu-west-1")])
      await expect(retryVerification(lead, { id, regions })).rejects.toMatchObject({ code: "invalid_input" });
    expect(await stored(id)).toEqual(before);
  });

  test("is refused while it runs and once it has ended", async () => {
    const { id } = await request(lead);
    await expect(retryVerification(lead, { id })).rejects.toMatchObject({ code: "verification_running" });
    for (const status of ["passed", "failed", "inconclusive", "cancelled"] as const) {
      await end(id, status);
      await expect(retryVerification(lead, { id }), status).rejects.toMatchObject({ code: "conflict" });
    }
  });
});

test("leads, admins, the owner and tokens with the scope may; nobody else learns more than that", async () => {
  const { id } = await request(await token("verify"));
  expect(await stored(id)).toMatchObject({ requested_by: expect.stringMatching(/^token:/) });
  await giveUp(id);
  await retryVerification(await token("verify"), { id });
  await giveUp(id);

  const reader = await token("read", "scan", "write:finding", "write:comment", "admin:accounts");
  for (const who of [member, auditor, reader]) {
    await expect(request(who)).rejects.toMatchObject({ code: "forbidden" });
    await expect(retryVerification(who, { id })).rejects.toMatchObject({ code: "forbidden" });
    expect(await getVerification(who, { id })).toMatchObject({ number: 1, status: "inconclusive" });
    expect(await verificationOfFinding(who, key)).toMatchObject({ id });
  }
  const verifier = await token("verify");
  await expect(getVerification(verifier, { id })).rejects.toMatchObject({ code: "forbidden" });

  const other = await database.makeOrganization("Other");
  await makeFinding(other);
  for (const attempt of [
    () => getVerification(other, { id }),
    () => retryVerification(other, { id }),
    () => retryVerification(lead, { id: randomUUID() }),
    () => requestVerification(other, { key: findingId, version: 1 }),
    () => verificationOfFinding(other, findingId),
    () => requestVerification(lead, { key: "PST-99", version: 1 }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  expect(await verificationOfFinding(other, key)).toBeNull();
  await expect(getVerification(lead, { id: "1" })).rejects.toMatchObject({ code: "invalid_input" });
  expect(await stored(id)).toMatchObject({ status: "inconclusive" });
});

test("a finding is shown with its open verification, else with the latest", async () => {
  expect(await verificationOfFinding(auditor, key)).toBeNull();
  const start = () =>
    withTenant(admin, (db) =>
      startVerification(db, admin, { findingId, accountId, episode: 1, claimId: null, trigger: "person" }),
    );
  const first = await start();
  await end(first.id, "failed");
  const second = await start();
  const [scan] = await database.sql("SELECT number FROM scans WHERE tenant_id = $1", [admin.tenantId]);
  expect(await verificationOfFinding(auditor, key)).toMatchObject({
    id: second.id,
    number: 2,
    findingKey: key,
    status: "running",
    trigger: "person",
    requiredAssurance: "delivered",
    reachedAssurance: null,
    scanNumber: scan?.["number"],
    looksAt: [],
    finishedAt: null,
  });
  await end(second.id, "passed");
  expect(await verificationOfFinding(auditor, findingId)).toMatchObject({ number: 2, status: "passed" });
  expect(await getVerification(auditor, { id: first.id })).toMatchObject({ number: 1, status: "failed" });
});
