import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Evaluation, Verdict } from "@/lib/checks/evaluation";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { withClient } from "@/lib/db/with-client";
import { recordEvaluations } from "@/lib/findings/record-evaluation";
import { editFinding } from "@/lib/findings/triage/edit-finding";
import { watchFinding } from "@/lib/findings/triage/watch-finding";
import { monthOf } from "@/lib/history/month";
import { removeMember } from "@/lib/members/members";
import { tellWhenUnreadable } from "@/lib/scans/unreadable-streak";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { moveFinding } from "@/lib/verification/move-finding";
import { listInbox } from "./list-inbox";
import { markAllRead, markRead } from "./mark-read";
import { notifyMentioned } from "./notify";
import { purgeInbox } from "./purge-inbox";

const database = testDatabase();
let admin: TenantContext;
let lead: TenantContext;
let mina: TenantContext;
let accountId: string;
let findingId: string;
let scans = 0;

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  lead = await database.makeMember(admin, "lead");
  mina = await database.makeMember(admin, "member");
  accountId = await addAccount("prod");
  await evaluate("FAIL");
  const [finding] = await database.sql<{ id: string }>("SELECT id FROM findings WHERE account_id = $1", [
    accountId,
  ]);
  findingId = finding?.id ?? "";
});

async function addAccount(name: string, environment = "production"): Promise<string> {
  const [account] = await database.sql<{ id: string }>(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, environment, external_id, status, role_arn, connected_at)
     VALUES ($1, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', $2, $3, $4, 'connected', 'arn:aws:iam::111111111111:role/PosturioReadOnly', now())
     RETURNING id::text`,
    [admin.tenantId, name, environment, randomUUID()],
  );
  return account?.id ?? "";
}

async function addScan(status: string, more: { retry?: number; regionsRead?: number | null } = {}) {
  const { retry = 0, regionsRead = status === "failed" ? 0 : 17 } = more;
  const [scan] = await database.sql<{ id: string }>(
    `INSERT INTO scans (tenant_id, number, account_id, trigger, status, attempt, month, retry, regions_read, requested_at)
     VALUES ($1, $2::int, $3, 'schedule', $4, 1, date_trunc('month', now())::date, $5, $6, now() + $2::int * interval '1 second')
     RETURNING id::text`,
    [admin.tenantId, ++scans, accountId, status, retry, regionsRead],
  );
  return scan?.id ?? "";
}

/** What a scan of the account writes when it is over. */
async function evaluate(verdict: Verdict): Promise<void> {
  const scanId = await addScan("complete");
  const evaluation = {
    checkId: "cloudtrail.not_multi_region",
    checkVersion: 1,
    verdict,
    reason: verdict === "FAIL" ? "SINGLE_REGION_ONLY" : "COVERED",
    severity: verdict === "FAIL" ? "HIGH" : null,
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
  } as never;
  const at = new Date().toISOString();
  const { tenantId } = admin;
  await withTenant(admin, (db) =>
    recordEvaluations(db, {
      tenantId,
      accountId,
      scanId,
      month: monthOf(new Date()),
      at,
      begunAt: at,
      facts: "{}",
      said: [{ evaluation, description }],
    }),
  );
}

async function version(number = 1): Promise<number> {
  const [row] = await database.sql<{ version: number }>(
    "SELECT version FROM findings WHERE tenant_id = $1 AND number = $2",
    [admin.tenantId, number],
  );
  return row?.version ?? 0;
}
const assign = async (by: TenantContext, to: TenantContext | null) =>
  editFinding(by, { key: "PST-1", version: await version(), ownerId: to && userIdOf(to) });
const inboxOf = async (ctx: TenantContext) => (await listInbox(ctx)).items;
const told = async (ctx: TenantContext) =>
  (await inboxOf(ctx)).map(({ kind, because, count }) => [kind, because, count]);

describe("who is told", () => {
  test("a new owner, once per assignment, and not who took it themselves", async () => {
    await assign(lead, mina);
    expect(await inboxOf(mina)).toMatchObject([
      {
        kind: "assigned",
        because: "owner",
        isRead: false,
        actor: { name: lead.principal.name },
        finding: { key: "PST-1" },
        account: { name: "prod" },
      },
    ]);
    await assign(lead, lead);
    expect(await inboxOf(lead)).toEqual([]);
    await assign(admin, mina);
    expect(await told(mina)).toEqual([
      ["assigned", "owner", 1],
      ["assigned", "owner", 1],
    ]);
    expect(await inboxOf(admin)).toEqual([]);
  });

  test("a new owner who is named with a move", async () => {
    await moveFinding(lead, {
      key: "PST-1",
      version: await version(),
      to: "in_progress",
      ownerId: userIdOf(mina),
    });
    expect(await told(mina)).toEqual([["assigned", "owner", 1]]);
  });

  test("nobody, when nothing of the owner changed, or the change was refused", async () => {
    await assign(lead, mina);
    await assign(lead, mina);
    const stale = (await version()) - 1;
    await expect(
      editFinding(lead, { key: "PST-1", version: stale, ownerId: userIdOf(admin) }),
    ).rejects.toMatchObject({ code: "version_conflict" });
    expect(await inboxOf(mina)).toHaveLength(1);
    expect(await inboxOf(admin)).toEqual([]);
  });

  test("owner and watchers, when a finding comes back: one item each, however often it is scanned then", async () => {
    await assign(lead, mina);
    for (const ctx of [mina, lead]) await watchFinding(ctx, { key: "PST-1" });
    await evaluate("FAIL");
    await evaluate("PASS");
    expect(await told(lead)).toEqual([]);
    await evaluate("FAIL");
    await evaluate("FAIL");
    expect(await told(lead)).toEqual([["came_back", "watcher", 1]]);
    expect(await told(mina)).toEqual([
      ["came_back", "owner", 1],
      ["assigned", "owner", 1],
    ]);
    expect(await told(admin)).toEqual([]);
    await evaluate("PASS");
    await evaluate("FAIL");
    expect((await inboxOf(lead)).map(({ times }) => times)).toEqual([2, 1]);
  });

  test("those mentioned, once a comment, and not the writer", async () => {
    const mention = {
      findingId,
      commentId: randomUUID(),
      userIds: [mina, lead, lead].map((ctx) => userIdOf(ctx)),
    };
    for (let time = 0; time < 2; time += 1)
      await withTenant(lead, (db) => notifyMentioned(db, lead, mention));
    expect(await inboxOf(mina)).toMatchObject([
      { kind: "mentioned", because: "mention", commentId: mention.commentId },
    ]);
    expect(await inboxOf(lead)).toEqual([]);
  });
});

describe("an account that cannot be read", () => {
  const end = async (status: string, more = {}) => {
    const scanId = await addScan(status, more);
    const { tenantId } = admin;
    // A scan may end twice only by a crash: it tells no more for it.
    for (let time = 0; time < 2; time += 1)
      await withTenant(admin, (db) => tellWhenUnreadable(db, tenantId, { accountId, scanId }));
  };

  test("is told once, after the third scan in a row, to owners of its findings and who owns it by rule", async () => {
    await assign(lead, mina);
    await database.sql(
      `INSERT INTO owner_rules (tenant_id, match, value, owner_id)
       VALUES ($1, 'environment', 'production', $2), ($1, 'label', 'none', $3)`,
      [admin.tenantId, userIdOf(lead), userIdOf(admin)],
    );
    await end("failed");
    await end("failed", { retry: 1 });
    await end("failed", { retry: 2 });
    await end("failed", { regionsRead: null });
    await end("failed");
    expect(await told(lead)).toEqual([]);
    await end("failed");
    await end("failed");
    expect(await inboxOf(lead)).toMatchObject([
      {
        kind: "account_unreadable",
        because: "account_rule",
        rule: { match: "environment", value: "production" },
        account: { id: accountId, name: "prod" },
        finding: null,
      },
    ]);
    expect(await told(mina)).toEqual([
      ["account_unreadable", "owner", 1],
      ["assigned", "owner", 1],
    ]);
    expect(await told(admin)).toEqual([]);
    await end("partial");
    for (let time = 0; time < 3; time += 1) await end("failed");
    expect(await told(lead)).toHaveLength(2);
  });

  test("says nothing while a scan in between could read", async () => {
    await assign(lead, mina);
    for (const status of ["failed", "failed", "complete", "failed", "failed"]) await end(status);
    expect(await told(mina)).toEqual([["assigned", "owner", 1]]);
  });
});

describe("an inbox", () => {
  async function fill(ctx: TenantContext, count: number, at = "now()"): Promise<void> {
    await database.sql(
      `INSERT INTO inbox_items (tenant_id, user_id, kind, because, cause, finding_id, actor, at)
       SELECT $1, $2, 'came_back', 'owner', gen_random_uuid()::text, $3, 'system', ${at} + (n / 3) * interval '1 microsecond'
       FROM generate_series(1, $4) n`,
      [ctx.tenantId, userIdOf(ctx), findingId, count],
    );
  }

  test("is read page by page, every item once, and by nobody else", async () => {
    await fill(mina, 25);
    await fill(lead, 3);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listInbox(mina, { cursor, limit: 4 });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect((await inboxOf(lead)).filter(({ id }) => seen.includes(id))).toEqual([]);
    const beta = await database.makeOrganization("Beta");
    expect(await inboxOf(beta)).toEqual([]);
    await expect(listInbox(mina, { cursor: "x" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("is marked read by its owner alone, one by one or all that was shown", async () => {
    await fill(mina, 3);
    await fill(lead, 1);
    const [first, , last] = await inboxOf(mina);
    const [others] = await inboxOf(lead);
    await markRead(mina, { ids: [first?.id ?? "", others?.id ?? ""] });
    expect(await listInbox(mina)).toMatchObject({ unread: 2 });
    expect(await listInbox(lead)).toMatchObject({ unread: 1 });
    await markAllRead(mina, { until: new Date(Date.parse(last?.at ?? "") - 1_000).toISOString() });
    expect(await listInbox(mina)).toMatchObject({ unread: 2 });
    await markAllRead(mina, { until: first?.at ?? "" });
    expect(await listInbox(mina)).toMatchObject({ unread: 0 });
    expect((await inboxOf(mina)).every(({ isRead }) => isRead)).toBe(true);
    expect(await listInbox(lead)).toMatchObject({ unread: 1 });
  });

  test("loses what was read 90 days ago and all of 13 months ago, step by step, and nothing else", async () => {
    await fill(mina, 2);
    await fill(mina, 1_100, "now() - interval '14 months'");
    await fill(mina, 5, "now() - interval '12 months'");
    await database.sql(
      `UPDATE inbox_items SET read_at = now() - interval '91 days'
       WHERE id IN (SELECT id FROM inbox_items WHERE user_id = $1 AND at < now() - interval '11 months'
                      AND at > now() - interval '13 months' LIMIT 2)`,
      [userIdOf(mina)],
    );
    const purge = () => withTenant(admin, (db) => purgeInbox(db, admin.tenantId));
    expect(await purge()).toBe(true);
    expect(await purge()).toBe(false);
    const [left] = await database.sql<{ n: number }>(
      "SELECT count(*)::int AS n FROM inbox_items WHERE user_id = $1",
      [userIdOf(mina)],
    );
    expect(left).toEqual({ n: 5 });
  });
});

describe("a person who leaves", () => {
  test("takes their inbox along, and the successor is told of all they take over in one item", async () => {
    await assign(admin, mina);
    await watchFinding(mina, { key: "PST-1" });
    accountId = await addAccount("staging");
    await evaluate("FAIL");
    await editFinding(admin, { key: "PST-2", version: await version(2), ownerId: userIdOf(mina) });
    expect(await inboxOf(mina)).toHaveLength(2);
    await removeMember(admin, { userId: userIdOf(mina), reassignTo: userIdOf(lead) });
    expect(await inboxOf(lead)).toMatchObject([
      { kind: "assigned", because: "owner", count: 2, finding: null, previousOwner: { id: userIdOf(mina) } },
    ]);
    const left = await database.sql("SELECT 1 FROM inbox_items WHERE user_id = $1", [userIdOf(mina)]);
    expect(left).toEqual([]);
  });

  /** Sessions that wait for another's row. */
  const waiting = async () =>
    (
      await database.sql(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
    ).length;

  test("who left between being chosen and being assigned is refused in a sentence", async () => {
    await withClient(database.authUrl, async (client) => {
      await client.query("BEGIN");
      await client.query("DELETE FROM memberships WHERE tenant_id = $1 AND user_id = $2", [
        admin.tenantId,
        userIdOf(mina),
      ]);
      const assigned = assign(lead, mina).then(
        () => null,
        (error: unknown) => error,
      );
      // It waits for the row that is going, and then finds it gone.
      await expect.poll(waiting).toBe(1);
      await client.query("COMMIT");
      expect(await assigned).toMatchObject({
        code: "invalid_input",
        fields: { ownerId: "This person has just left the organization. Choose somebody else." },
      });
    });
    expect(await inboxOf(lead)).toEqual([]);
  });
});
