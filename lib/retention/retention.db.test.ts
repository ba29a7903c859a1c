import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { catalogViolations } from "@/lib/db/catalog";
import { withKeeper } from "@/lib/db/keeper";
import { beginErasing, setLegalHold } from "@/lib/db/system/erasing";
import { historyHasRoom } from "@/lib/db/system/retention";
import { testDatabase } from "@/lib/db/testing/database";
import { firstParents, fixture, insert, tenantTables } from "@/lib/db/testing/rows";
import { withClient } from "@/lib/db/with-client";
import { addMonths, monthOf } from "@/lib/history/month";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { erasedTables, eraseOrganization } from "./erase-organization";
import { eraseOrganizationWork } from "./erase-organization-work";
import { keepHistory } from "./keep-history";

const database = testDatabase();
const policy = { rawMonths: 13, historyYears: 7 };
const goesOn = new AbortController().signal;
const thisMonth = monthOf(new Date());
const old = addMonths(thisMonth, -14);
const keep = () => keepHistory(database.keeperUrl, policy, goesOn);
let acme: TenantContext;
let held: TenantContext;

/** As the keeper: old months do not exist any more when the product runs. */
const createMonth = (month: string) =>
  withClient(database.keeperUrl, (client) => client.query("SELECT create_history_month($1::date)", [month]));

const addRun = (ctx: TenantContext, month: string) =>
  database.sql(
    `INSERT INTO runs (tenant_id, month, subject_id, fence, kind, account_id, started_at, ended_at, ending, calls)
     VALUES ($1, $2::date, $3, 1, 'scan', $3, now(), now(), 'ended', '\\x005b5d')`,
    [ctx.tenantId, month, randomUUID()],
  );
const runsOf = async (ctx: TenantContext) =>
  (
    await withTenant(ctx, (db) => db.run.findMany({ orderBy: { month: "asc" }, select: { month: true } }))
  ).map(({ month }) => month.toISOString().slice(0, 10));
const tableNames = async () =>
  (
    await database.sql<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relname LIKE 'runs_2%' AND relkind = 'r'",
    )
  ).map(({ name }) => name);

beforeEach(async () => {
  acme = await database.makeOrganization("Acme");
  held = await database.makeOrganization("Held");
});
afterEach(async () => {
  await database.sql("UPDATE organizations SET legal_hold_at = NULL");
  await keep();
});

describe("the keeper's round", () => {
  test("prepares the months to come, in the months that the clock says", async () => {
    expect(await historyHasRoom()).toBe(true);
    await database.sql("UPDATE installation_clock SET ahead_seconds = 2 * 365 * 86400");
    expect(await historyHasRoom()).toBe(false);
    expect((await keep()).monthsCreated).toBe(9 * 4);
    expect(await historyHasRoom()).toBe(true);
    expect(await catalogViolations(database.appUrl)).toEqual([]);
    await database.sql("UPDATE installation_clock SET ahead_seconds = 0");
  });

  test("drops raw months past their time whole, and nothing younger", async () => {
    await createMonth(old);
    await addRun(acme, old);
    await addRun(acme, thisMonth);
    expect(await runsOf(acme)).toEqual([old, thisMonth]);
    // runs, answers and facts; evaluations, results and events of that month stay for years.
    expect((await keep()).partitionsDropped).toBe(3);
    expect(await runsOf(acme)).toEqual([thisMonth]);
    expect((await keep()).partitionsDropped).toBe(0);
  });

  test("keeps the rows of an organization under legal hold, and no others, until the hold is lifted", async () => {
    await createMonth(old);
    await addRun(acme, old);
    await addRun(held, old);
    await setLegalHold(held.slug, true);
    await keep();
    expect([await runsOf(acme), await runsOf(held)]).toEqual([[], [old]]);
    expect(await tableNames()).toContain(`runs_${old.slice(0, 7).replace("-", "_")}_kept`);
    expect(await catalogViolations(database.appUrl)).toEqual([]);
    await keep();
    expect(await runsOf(held)).toEqual([old]);
    await setLegalHold(held.slug, false);
    await keep();
    expect(await runsOf(held)).toEqual([]);
    expect((await tableNames()).filter((name) => name.endsWith("kept"))).toEqual([]);
  });

  test("deletes answers kept for a key of the API after 24 hours, under a legal hold too", async () => {
    for (const { tenantId } of [acme, held]) {
      await database.sql(
        `INSERT INTO idempotency_keys (tenant_id, principal, key_hash, request_hash, status, created_at)
         SELECT $1, 'token:x', 'key ' || hours, 'request', 204, now() - make_interval(hours => hours)
         FROM unnest(ARRAY[0, 23, 24, 100]) AS hours`,
        [tenantId],
      );
    }
    await setLegalHold(held.slug, true);
    expect((await keep()).rowsDeleted).toBe(4);
    const left = await database.sql<{ key: string }>(
      "SELECT key_hash AS key FROM idempotency_keys WHERE tenant_id IN ($1, $2) ORDER BY 1",
      [acme.tenantId, held.tenantId],
    );
    expect(left.map(({ key }) => key)).toEqual(["key 0", "key 0", "key 23", "key 23"]);
  });

  test("deletes scans, comments and audit entries past their years, except what a finding or an episode is based on", async () => {
    const [account] = await database.sql<{ id: string }>(
      `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id)
       VALUES ($1, '111122223333', 'aws', 'prod', 'x') RETURNING id`,
      [acme.tenantId],
    );
    const scan = async (number: number, finished: string) =>
      (
        await database.sql<{ id: string }>(
          `INSERT INTO scans (tenant_id, number, account_id, trigger, status, finished_at)
           VALUES ($1, $2, $3, 'schedule', 'complete', now() - $4::interval) RETURNING id`,
          [acme.tenantId, number, account?.id, finished],
        )
      )[0]?.id;
    await scan(1, "8 years");
    const standing = await scan(2, "8 years");
    await scan(3, "6 years");
    await database.sql(
      `INSERT INTO findings (tenant_id, account_id, check_id, observation_since, last_scan_id)
       VALUES ($1, $2, 'cloudtrail.not_multi_region', now(), $3)`,
      [acme.tenantId, account?.id, standing],
    );
    await database.sql(
      `INSERT INTO audit_log (tenant_id, at, actor, action, object)
       VALUES ($1, now() - interval '8 years', 'system', 'scan.requested', 'old'), ($1, now(), 'system', 'scan.requested', 'new')`,
      [acme.tenantId],
    );
    await database.sql(
      `INSERT INTO comments (tenant_id, finding_id, at, author, body)
       SELECT $1, f.id, now() - c.age::interval, 'system', c.age
       FROM findings f CROSS JOIN (VALUES ('8 years'), ('6 years')) AS c(age) WHERE f.tenant_id = $1`,
      [acme.tenantId],
    );
    await keep();
    const left = await withTenant(acme, async (db) => [
      (await db.scan.findMany({ orderBy: { number: "asc" } })).map(({ number }) => number),
      (await db.auditEntry.findMany()).map(({ object }) => object),
      (await db.comment.findMany()).map(({ body }) => body),
    ]);
    expect(left).toEqual([[2, 3], ["new"], ["6 years"]]);
  });

  test("removes what people sign in with when it is of no more use, also without a keeper", async () => {
    const [user] = await database.sql<{ id: string }>("SELECT id FROM users LIMIT 1");
    await database.sql(
      `INSERT INTO sessions (user_id, sid_hash, expires_at, idle_expires_at, revoked_at) VALUES
         ($1, 'old', now() - interval '8 days', now() - interval '8 days', NULL),
         ($1, 'revoked', now() + interval '1 day', now() + interval '1 day', now() - interval '8 days'),
         ($1, 'live', now() + interval '1 day', now() + interval '1 day', NULL)`,
      [user?.id],
    );
    await database.sql(
      `INSERT INTO password_resets (user_id, token_hash, expires_at) VALUES
         ($1, 'old', now() - interval '8 days'), ($1, 'live', now() + interval '1 hour')`,
      [user?.id],
    );
    await database.sql(
      `INSERT INTO invites (tenant_id, email, role, token_hash, invited_by, expires_at) VALUES
         ($1, 'a@example.test', 'member', 'old', $2, now() - interval '91 days'),
         ($1, 'b@example.test', 'member', 'live', $2, now() + interval '1 day')`,
      [acme.tenantId, user?.id],
    );
    await database.sql(
      `INSERT INTO known_browsers (user_id, secret_hash, expires_at) VALUES
         ($1, 'old', now() - interval '1 second'), ($1, 'live', now() + interval '1 day')`,
      [user?.id],
    );
    await keepHistory(undefined, policy, goesOn);
    const left = await database.sql<{ hash: string }>(
      `SELECT sid_hash AS hash FROM sessions UNION ALL SELECT token_hash FROM password_resets
       UNION ALL SELECT token_hash FROM invites UNION ALL SELECT secret_hash FROM known_browsers`,
    );
    expect(left.map(({ hash }) => hash)).toEqual(["live", "live", "live", "live"]);
  });
});

describe("erasing an organization", () => {
  /** One row in every tenant table, as the isolation test has them. */
  async function fill(ctx: TenantContext): Promise<void> {
    const tables = await withClient(database.superuserUrl, tenantTables);
    const rows = firstParents(ctx);
    for (const table of tables) {
      const row = fixture(table, ctx.tenantId, rows);
      await withClient(database.superuserUrl, (client) => insert(client, table, row));
      rows.set(table.name, row);
    }
  }

  async function rowsOf(ctx: TenantContext): Promise<string[]> {
    const tables = await withClient(database.superuserUrl, tenantTables);
    const left: string[] = [];
    for (const { name } of tables) {
      const found = await database.sql(`SELECT 1 FROM "${name}" WHERE tenant_id = $1`, [ctx.tenantId]);
      if (found.length > 0) left.push(name);
    }
    return left.sort();
  }

  test("knows every tenant table there is", async () => {
    const tables = await withClient(database.superuserUrl, tenantTables);
    expect(tables.map(({ name }) => name).sort()).toEqual([...erasedTables].sort());
  });

  test("leaves nothing of it, and everything of the others", async () => {
    await fill(acme);
    await fill(held);
    expect(await beginErasing(acme.tenantId, eraseOrganizationWork)).toBe(true);
    await expect(database.systemContext(acme)).rejects.toMatchObject({ code: "not_found" });
    await eraseOrganization(database.keeperUrl, acme.tenantId, goesOn);
    expect(await rowsOf(acme)).toEqual([]);
    expect(await rowsOf(held)).toEqual([...erasedTables].sort());
    const [left] = await database.sql(
      `SELECT (SELECT count(*)::int FROM organizations WHERE id = $1) AS organizations,
              (SELECT count(*)::int FROM memberships WHERE tenant_id = $1) AS memberships,
              (SELECT count(*)::int FROM users u WHERE NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id)) AS people`,
      [acme.tenantId],
    );
    expect(left).toEqual({ organizations: 0, memberships: 0, people: 0 });
  });

  test("interrupted, goes on where it was", async () => {
    await fill(acme);
    await beginErasing(acme.tenantId, eraseOrganizationWork);
    const stop = new AbortController();
    await withKeeper(database.keeperUrl, (keeper) =>
      keeper.deleteUnder(acme.tenantId, [{ sql: "DELETE FROM runs WHERE tenant_id = $1" }]),
    );
    stop.abort();
    await expect(eraseOrganization(database.keeperUrl, acme.tenantId, stop.signal)).rejects.toThrow();
    expect(await rowsOf(acme)).not.toEqual([]);
    expect(await beginErasing(acme.tenantId, eraseOrganizationWork)).toBe(true);
    const open = await database.sql("SELECT 1 FROM work_items WHERE subject_id = $1 AND state <> 'done'", [
      acme.tenantId,
    ]);
    expect(open).toHaveLength(1);
    await eraseOrganization(database.keeperUrl, acme.tenantId, goesOn);
    expect(await rowsOf(acme)).toEqual([]);
  });

  test("is refused while the operator has not closed it: writing the work item alone erases nobody", async () => {
    await fill(held);
    await expect(eraseOrganization(database.keeperUrl, held.tenantId, goesOn)).rejects.toMatchObject({
      message: "The organization was not closed by the operator: nothing is erased.",
    });
    expect(await rowsOf(held)).toEqual([...erasedTables].sort());
  });

  test("is refused under a legal hold, and stopped by one", async () => {
    await fill(held);
    await setLegalHold(held.slug, true);
    expect(await beginErasing(held.tenantId, eraseOrganizationWork)).toBe(false);
    await expect(eraseOrganization(database.keeperUrl, held.tenantId, goesOn)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await rowsOf(held)).toEqual([...erasedTables].sort());
  });
});
