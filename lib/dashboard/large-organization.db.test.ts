import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { checkMatrix } from "@/lib/findings/check-matrix";
import { coverageStrip } from "@/lib/snapshots/coverage-strip";
import { addDays, monthOfDay } from "@/lib/snapshots/day";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { dashboardNow } from "./dashboard-now";
import { dashboardOverTime } from "./dashboard-over-time";

const database = testDatabase();
const checkId = "cloudtrail.not_multi_region";
const today = new Date().toISOString().slice(0, 10);

/** An organization among others, each with so many accounts, two findings of each, and 84 days of sums. */
async function fill(ctx: TenantContext, accounts: number, first: number): Promise<void> {
  const of = [ctx.tenantId, accounts, first];
  await database.sql(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status, environment, connected_at)
     SELECT $1, (200000000000 + $3 + i)::text, 'aws', 'n' || i, 'pst_' || $3 + i,
            CASE WHEN i % 50 = 0 THEN 'unreachable' ELSE 'connected' END,
            CASE WHEN i % 5 = 0 THEN 'production' ELSE 'other' END, now() - interval '90 days'
     FROM generate_series(1, $2) i`,
    of,
  );
  await database.sql(
    `INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since, severity, verdict,
                           priority, due_at, due_set_by, comebacks, region_counts, decided_at)
     SELECT a.tenant_id, a.id, c.id, row_number() OVER (), CASE WHEN f.n = 0 THEN 'open' ELSE 'none' END,
            CASE WHEN f.n = 0 THEN 'failing' ELSE 'passing' END, now() - random() * interval '60 days',
            CASE WHEN f.n = 0 THEN 'HIGH' END, 'FAIL', CASE WHEN f.n = 0 THEN 1 + (random() * 3)::int END,
            CASE WHEN f.n = 0 THEN now() + (random() - 0.2) * interval '40 days' END,
            CASE WHEN f.n = 0 THEN 'policy' END, 0,
            CASE WHEN f.n = 0 THEN ARRAY[12, 0, 1 + (random() * 15)::int, 0] ELSE '{17,0,0,0}' END, now()
     FROM accounts a CROSS JOIN (VALUES ('${checkId}'), ('cloudtrail.log_validation_disabled')) AS c(id)
       CROSS JOIN LATERAL (SELECT (right(a.aws_account_id, 1)::int % 3)) AS f(n)
     WHERE a.tenant_id = $1`,
    [ctx.tenantId],
  );
  await database.sql(
    `INSERT INTO claims (tenant_id, finding_id, episode, claimed_from, claimed_at, claimed_by, ended_at, ending)
     SELECT tenant_id, id, 1, 'open', now() - interval '1 hour', 'user:x', now(), 'refuted'
     FROM findings WHERE tenant_id = $1 AND status = 'open' AND number % 3 = 0`,
    [ctx.tenantId],
  );
  await database.sql(
    `INSERT INTO scans (tenant_id, number, account_id, trigger, status, finished_at)
     SELECT tenant_id, row_number() OVER (), id, 'schedule', 'complete', now() FROM accounts WHERE tenant_id = $1`,
    [ctx.tenantId],
  );
  await database.sql(
    `INSERT INTO coverage_days (tenant_id, month, day, check_id, environment, accounts, unknown_accounts, covered_seconds,
                                partial_seconds, uncovered_seconds, unknown_seconds)
     SELECT $1, date_trunc('month', d)::date, d::date, c.id, e.name, 1, 0, 9, 0, 1, 0
     FROM generate_series($2::date, $3::date, '1 day') d
       CROSS JOIN (VALUES ('${checkId}'), ('cloudtrail.log_validation_disabled')) AS c(id)
       CROSS JOIN (VALUES ('production'), ('staging'), ('other')) AS e(name)`,
    [ctx.tenantId, addDays(today, -84), addDays(today, -1)],
  );
  await database.sql("INSERT INTO snapshot_progress (tenant_id, next_day) VALUES ($1, $2)", [
    ctx.tenantId,
    today,
  ]);
}

/** How often PostgreSQL has read each table from its beginning to its end, partitions under the name of their table. */
async function wholeReads(): Promise<Map<string, number>> {
  // Other connections tell of what they did within a second.
  await sleep(1_500);
  const rows = await database.sql<{ name: string; n: number }>(
    `SELECT regexp_replace(relname, '_\\d{4}_\\d\\d$', '') AS name, sum(seq_scan)::int AS n
     FROM pg_stat_user_tables GROUP BY 1`,
  );
  return new Map(rows.map(({ name, n }) => [name, n]));
}

describe("one organization among others", () => {
  let large: TenantContext;

  beforeAll(async () => {
    for (let day = addDays(today, -90); day <= today; day = addDays(day, 7)) {
      await database.sql("SELECT create_history_month($1)", [monthOfDay(day)]);
    }
    await database.sql("SELECT create_history_month($1)", [monthOfDay(today)]);
    large = await database.makeOrganization("Large");
    await fill(large, 2_000, 0);
    for (let count = 1; count <= 6; count += 1) {
      await fill(await database.makeOrganization(`Other ${count}`), 3_000, count * 100_000);
    }
    await database.sql("VACUUM ANALYZE");
  }, 120_000);

  test("has its dashboard, strip and matrix read by indexes alone, as the role of the product", async () => {
    const before = await wholeReads();
    const now = await dashboardNow(large);
    const over = await dashboardOverTime(large);
    const strip = await coverageStrip(large, { limit: 14 });
    const matrix = await checkMatrix(large, { checkId });
    const after = await wholeReads();
    expect(now.accounts).toMatchObject({ total: 2_000, unreadable: 40, failing: 800 });
    expect(now.decisions).toHaveLength(7);
    expect(over.trends.length).toBeGreaterThan(2);
    expect([strip.rows.length, matrix.rows.length]).toEqual([14, 50]);
    const tables = [
      "accounts",
      "findings",
      "claims",
      "scans",
      "coverage_days",
      "snapshots",
      "evaluations",
      "scan_results",
    ];
    const read = tables.filter((name) => (after.get(name) ?? 0) > (before.get(name) ?? 0));
    expect(read).toEqual([]);
    // The counters do count: this reads a table as nothing of the product may.
    await database.sql("SELECT note FROM claims");
    // A connection tells the counters of what it did at most once a second.
    await expect
      .poll(async () => (await wholeReads()).get("claims") ?? 0, { timeout: 15_000 })
      .toBeGreaterThan(after.get("claims") ?? 0);
  }, 60_000);

  test("has its accounts paged by how blind they are, without a gap or a repeat", async () => {
    const seen: string[] = [];
    const blind: number[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 18; pages += 1) {
      const page = await checkMatrix(large, { checkId, cursor });
      seen.push(...page.rows.map(({ findingId }) => findingId));
      blind.push(...page.rows.map(({ counts }) => counts?.uncovered ?? 0));
      cursor = page.nextCursor ?? undefined;
    }
    expect(new Set(seen).size).toBe(18 * 50);
    expect(blind).toEqual([...blind].sort((a, b) => b - a));
    const strip = await coverageStrip(large, { limit: 50 });
    expect(strip.rows.map(({ findingKey }) => findingKey)).toHaveLength(50);
    await expect(checkMatrix(large, { checkId, cursor: "bm90LW91cnM" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(checkMatrix(large, { checkId: "no.such" })).rejects.toMatchObject({ code: "not_found" });
  });
});
