import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { addDays, type Day, monthOfDay } from "@/lib/snapshots/day";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { dashboardNow } from "./dashboard-now";
import { dashboardOverTime } from "./dashboard-over-time";
import { readDashboard } from "./read-dashboard";

const database = testDatabase();
const coverage = "cloudtrail.not_multi_region";
const validation = "cloudtrail.log_validation_disabled";
const today = new Date().toISOString().slice(0, 10);
let number = 0;

interface AccountOf {
  environment?: string;
  status?: "connected" | "unreachable" | "disconnected" | "draft";
}

async function account(
  ctx: TenantContext,
  name: string,
  { environment = "other", status = "connected" }: AccountOf = {},
) {
  const id = randomUUID();
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status, environment, status_reason, last_read_at, connected_at)
     VALUES ($1, $2::uuid, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', $3, $2::uuid::text, $4, $5,
             CASE $4 WHEN 'unreachable' THEN 'The role was removed' END, now() - interval '2 days', now() - interval '50 days')`,
    [ctx.tenantId, id, name, status, environment],
  );
  return id;
}

interface FindingOf {
  observation?: "failing" | "passing" | "unknown";
  status?: string;
  priority?: number | null;
  ownerId?: string | null;
  /** As an interval from now. */
  due?: string | null;
  comebacks?: number;
  since?: string;
  counts?: readonly number[];
  assurance?: string | null;
  checkId?: string;
}

async function finding(
  ctx: TenantContext,
  accountId: string,
  {
    observation = "failing",
    status = "open",
    priority = null,
    ownerId = null,
    due = null,
    comebacks = 0,
    since = "now() - interval '3 days'",
    counts = [12, 0, 5, 0],
    assurance = null,
    checkId = coverage,
  }: FindingOf,
): Promise<string> {
  const rows = await database.sql<{ id: string }>(
    `INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since, verdict, reason,
                           severity, short, decided_at, last_checked_at, first_failed_at, priority, owner_id, due_at,
                           due_set_by, comebacks, region_counts, assurance)
     VALUES ($1, $2, $3, $4, $5, $6, ${since}, $7, 'SINGLE_REGION_ONLY', $8, '5 of 17 not logged', now(), now(),
             now() - interval '4 days', $9, $10, now() + $11::interval, CASE WHEN $11::text IS NULL THEN NULL ELSE 'policy' END, $12, $13, $14)
     RETURNING id::text`,
    [
      ctx.tenantId,
      accountId,
      checkId,
      status === "none" ? null : ++number,
      status,
      observation,
      observation === "passing" ? "PASS" : "FAIL",
      observation === "passing" ? null : "HIGH",
      priority,
      ownerId,
      due,
      comebacks,
      [...counts],
      assurance,
    ],
  );
  return rows[0]?.id ?? "";
}

async function claim(ctx: TenantContext, findingId: string, ago: string, ending: "refuted" | null = null) {
  await database.sql(
    `INSERT INTO claims (tenant_id, finding_id, episode, claimed_from, claimed_at, claimed_by, ended_at, ending)
     VALUES ($1, $2, 1, 'open', now() - $3::interval, 'user:x', CASE WHEN $4::text IS NULL THEN NULL ELSE now() - $3::interval + interval '5 minutes' END, $4)`,
    [ctx.tenantId, findingId, ago, ending],
  );
}

const startOfToday = "date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'";

describe("a small organization", () => {
  let acme: TenantContext;
  let other: TenantContext;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    acme = await database.makeOrganization("Acme");
    other = await database.makeOrganization("Other");
    const owner = userIdOf(acme);
    const made = async (name: string, of?: AccountOf) => {
      ids[name] = await account(acme, name, of);
      return ids[name];
    };
    const urgent = await made("prod-a", { environment: "production" });
    await finding(acme, urgent, { priority: 1, due: "-2 days", comebacks: 1, since: startOfToday });
    const owned = await made("prod-b", { environment: "production" });
    await finding(acme, owned, { priority: 2, ownerId: owner, due: "3 days", counts: [15, 0, 2, 0] });
    const tried = await finding(acme, await made("stage"), {
      priority: 3,
      due: "20 days",
      counts: [13, 4, 0, 0],
    });
    await claim(acme, tried, "1 day", "refuted");
    const clean = await made("clean");
    await finding(acme, clean, {
      observation: "passing",
      status: "none",
      assurance: "VERIFIED",
      counts: [17, 0, 0, 0],
    });
    await finding(acme, await made("inferred"), {
      observation: "passing",
      status: "none",
      assurance: "INFERRED",
    });
    await finding(acme, await made("dark", { status: "unreachable" }), {
      observation: "unknown",
      due: "30 days",
    });
    await made("new");
    await made("draft", { status: "draft" });
    await finding(acme, await made("gone", { status: "disconnected", environment: "production" }), {
      status: "closed_out_of_scope",
    });
    const waiting = await finding(acme, clean, {
      status: "awaiting_verification",
      checkId: validation,
      due: "10 days",
      counts: [],
    });
    await claim(acme, waiting, "2 hours");
    // A claim that failed, and was made again.
    await claim(acme, waiting, "5 hours", "refuted");
  });

  test("has the figures that its rows add up to by hand", async () => {
    const now = await dashboardNow(acme);
    expect(now.accounts).toEqual({
      total: 7,
      unreadable: 1,
      failing: 3,
      failingProduction: 2,
      failingSinceToday: 1,
      undecided: null,
    });
    expect(now.open).toEqual({
      total: 5,
      urgent: 2,
      cameBack: 1,
      overdue: 1,
      dueThisWeek: 1,
      awaitingProof: 1,
      urgentUnassigned: 1,
    });
    expect(now.newestFailing).toMatchObject({ accountName: "prod-a", isToday: true, isComeback: true });
    expect(now.mostOverdue?.accountName).toBe("prod-a");
    expect(now.oldestClaim?.accountName).toBe("clean");
    expect(Date.parse(now.asOf) - Date.parse(now.oldestClaim?.at ?? "")).toBeGreaterThan(7_100_000);
    expect(now).toMatchObject({ checkId: coverage, firstScan: null, lastScan: null });
  });

  test("names what waits for a decision: failed claims, urgent findings without an owner, accounts that cannot be read", async () => {
    const { decisions, decisionsTotal } = await dashboardNow(acme);
    expect(decisions.map(({ kind, accountName }) => [kind, accountName])).toEqual([
      ["claim_failed", "stage"],
      ["unassigned", "prod-a"],
      ["account_unreadable", "dark"],
    ]);
    expect(decisionsTotal).toBe(3);
    expect(decisions[2]).toMatchObject({ accountId: ids.dark, reason: "The role was removed" });
    // One finding is one decision: its claim failed, and nobody owns it.
    await database.sql("UPDATE findings SET priority = 1 WHERE account_id = $1", [ids.stage]);
    const again = await dashboardNow(acme);
    expect(again.decisions.map(({ accountName }) => accountName)).toEqual(["stage", "prod-a", "dark"]);
    expect(again.decisionsTotal).toBe(3);
    expect(again.open.urgentUnassigned).toBe(2);
  });

  test("is clear only when every connected account passes", async () => {
    const clear = await database.makeOrganization("Clear");
    const passing = { observation: "passing", status: "none", assurance: "VERIFIED" } as const;
    await finding(clear, await account(clear, "a"), passing);
    const second = await account(clear, "b");
    await finding(clear, await account(clear, "gone", { status: "disconnected" }), passing);
    expect((await dashboardNow(clear)).accounts).toMatchObject({ total: 2, failing: 0, undecided: 1 });
    await finding(clear, second, { ...passing, assurance: "INFERRED" });
    expect((await dashboardNow(clear)).accounts).toMatchObject({ total: 2, failing: 0, undecided: 0 });
  });

  test("lists its accounts by how blind they are", async () => {
    const { coverage: strip } = await readDashboard(acme);
    expect(strip.rows.map(({ accountName }) => accountName)).toEqual([
      "prod-a",
      "prod-b",
      "stage",
      "dark",
      "inferred",
      "clean",
    ]);
    expect(strip.rows.map(({ isInferred }) => isInferred)).toEqual([false, false, false, false, true, false]);
  });

  test("is nobody else's", async () => {
    const { now, overTime, coverage: strip } = await readDashboard(other);
    expect(now.accounts.total + now.open.total + now.decisionsTotal + strip.rows.length).toBe(0);
    expect(overTime).toMatchObject({ through: null, trends: [] });
  });

  test("tells of the scan on its way while nothing has been judged, and when no scan is as new as it should be", async () => {
    const fresh = await database.makeOrganization("Fresh");
    const id = await account(fresh, "first");
    const scan = (status: string, at: string, of: number) =>
      database.sql(
        `INSERT INTO scans (tenant_id, number, account_id, trigger, status, finished_at)
         VALUES ($1, $2, $3, 'connect', $4, now() - $5::interval)`,
        [fresh.tenantId, of, id, status, at],
      );
    await scan("running", "0 s", 1);
    expect(await dashboardNow(fresh)).toMatchObject({ firstScan: 1, lastScan: null });
    await database.sql(
      "UPDATE scans SET status = 'complete', finished_at = now() - interval '28 hours' WHERE tenant_id = $1",
      [fresh.tenantId],
    );
    await finding(fresh, id, {});
    expect(await dashboardNow(fresh)).toMatchObject({
      firstScan: null,
      lastScan: { number: 1, isStale: false },
    });
    await database.sql("UPDATE scans SET finished_at = now() - interval '29 hours' WHERE tenant_id = $1", [
      fresh.tenantId,
    ]);
    await scan("queued", "0 s", 2);
    expect((await dashboardNow(fresh)).lastScan).toMatchObject({ number: 1, isStale: true });
  });
});

describe("figures over time", () => {
  const through = addDays(today, -1);

  async function sum(
    ctx: TenantContext,
    day: Day,
    of: {
      covered?: number;
      uncovered?: number;
      unknown?: number;
      failing?: number;
      open?: number;
      back?: number;
      claims?: number[];
      checkId?: string;
      environment?: string;
    },
  ) {
    await database.sql("SELECT create_history_month($1)", [monthOfDay(day)]);
    await database.sql(
      `INSERT INTO coverage_days (tenant_id, month, day, check_id, environment, accounts, unknown_accounts, covered_seconds,
         partial_seconds, uncovered_seconds, unknown_seconds, failing_accounts, open_findings, came_back, claim_seconds)
       VALUES ($1, $2, $3, $4, $5, 1, 0, $6, 0, $7, $8, $9, $10, $11, $12)`,
      [
        ctx.tenantId,
        monthOfDay(day),
        day,
        of.checkId ?? coverage,
        of.environment ?? "production",
        of.covered ?? 0,
        of.uncovered ?? 0,
        of.unknown ?? 0,
        of.failing ?? 0,
        of.open ?? 0,
        of.back ?? 0,
        of.claims ?? [],
      ],
    );
  }

  test("are sums of whole days: unknown time is in the whole, apart, and never covered", async () => {
    const ctx = await database.makeOrganization("Weeks");
    await sum(ctx, through, {
      covered: 600,
      uncovered: 200,
      unknown: 200,
      failing: 2,
      open: 7,
      claims: [10, 30],
    });
    await sum(ctx, through, { covered: 1000, failing: 1, open: 1, environment: "staging" });
    // Another check adds to what is open and came back, and to no Region's time.
    await sum(ctx, through, {
      covered: 99_999,
      failing: 50,
      open: 3,
      back: 2,
      claims: [20, 40, 50],
      checkId: validation,
    });
    await sum(ctx, addDays(through, -7), { covered: 500, uncovered: 500, open: 9, back: 1 });
    await sum(ctx, addDays(through, -30), { covered: 300, uncovered: 700 });
    await sum(ctx, addDays(through, -200), { covered: 1, uncovered: 999 });
    await database.sql("INSERT INTO snapshot_progress (tenant_id, next_day) VALUES ($1, $2)", [
      ctx.tenantId,
      today,
    ]);

    const over = await dashboardOverTime(ctx);
    expect(over).toMatchObject({ through, openWeekAgo: 9, lastGap: through });
    // 2,100 of 3,000 Region-seconds; 200 of them unknown.
    expect(over.coverage.coveredShare).toBeCloseTo(0.7, 10);
    expect(over.coverage.unknownShare).toBeCloseTo(200 / 3_000, 10);
    expect(over.coverageBefore.coveredShare).toBeCloseTo(0.3, 10);
    const points = (id: string) =>
      over.trends.find((trend) => trend.id === id)?.points.map(({ value }) => value);
    // Weeks begin with the first of which anything is known.
    expect(points("coverage")).toEqual([0.3, null, null, 0.5, 0.8]);
    expect(points("failing_accounts")).toEqual([0, null, null, 0, 3]);
    expect(points("came_back")).toEqual([0, null, null, 1, 2]);
    expect(points("time_to_claim")).toEqual([null, null, null, null, 30]);
    expect(over.trends[0]?.points.at(-1)).toEqual({ to: through, value: 0.8, unknown: 0.1 });
  });

  test("are made anew when a further day is whole, and not before", async () => {
    const ctx = await database.makeOrganization("Anew");
    await sum(ctx, addDays(through, -1), { covered: 100 });
    await database.sql("INSERT INTO snapshot_progress (tenant_id, next_day) VALUES ($1, $2)", [
      ctx.tenantId,
      through,
    ]);
    expect((await dashboardOverTime(ctx)).coverage.coveredShare).toBe(1);
    await sum(ctx, through, { uncovered: 100 });
    expect((await dashboardOverTime(ctx)).coverage.coveredShare).toBe(1);
    await database.sql("UPDATE snapshot_progress SET next_day = $2 WHERE tenant_id = $1", [
      ctx.tenantId,
      today,
    ]);
    expect((await dashboardOverTime(ctx)).coverage.coveredShare).toBe(0.5);
  });
});
