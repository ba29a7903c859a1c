import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { updateAccount } from "@/lib/accounts/edit-account";
import type { Evaluation } from "@/lib/checks/evaluation";
import { claimWork, ensureDailyWork, FencedOut } from "@/lib/db/system/work-items";
import { testDatabase } from "@/lib/db/testing/database";
import { recordEvaluations } from "@/lib/findings/record-evaluation";
import { insertScanResults } from "@/lib/findings/stored-evaluation";
import { monthOf } from "@/lib/history/month";
import { setSchedule } from "@/lib/scans/schedule";
import { coverageOver } from "@/lib/snapshots/coverage-over";
import { coverageStrip } from "@/lib/snapshots/coverage-strip";
import { addDays, type Day, startOf } from "@/lib/snapshots/day";
import { unpackRegions } from "@/lib/snapshots/packed-regions";
import { planSnapshotsWork } from "@/lib/snapshots/plan-snapshots-work";
import { takePage } from "@/lib/snapshots/take-page";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type HintQueue, openQueue } from "@/lib/work-items/backend";
import { kinds } from "./kinds";
import { reconcileWork } from "./reconciler";
import { runWork, type WorkRunner } from "./run-work";

const database = testDatabase();
const worker: WorkRunner = { id: "worker", leaseSeconds: 20, stopping: new AbortController().signal };
const coverage = "cloudtrail.not_multi_region";
const rootMfa = "iam.root_mfa_disabled";
/** Business time begins at noon of this day, whenever the tests run. */
const day0 = addDays(new Date().toISOString().slice(0, 10), 1);
let today = day0;
let queue: HintQueue;
let scans = 0;

beforeAll(async () => {
  queue = openQueue(() => {});
  await database.sql(
    "UPDATE installation_clock SET ahead_seconds = ceil(extract(epoch FROM $1::timestamptz - now()))",
    [`${day0}T12:00:00Z`],
  );
});
afterAll(() => queue.close());

async function nextDay(): Promise<void> {
  await database.sql("UPDATE installation_clock SET ahead_seconds = ahead_seconds + 86400");
  today = addDays(today, 1);
}

const on = (day: Day, time: string) => new Date(`${day}T${time}:00Z`);

async function connect(
  ctx: TenantContext,
  at: Date,
  { environment = "production", everyMinutes = 1440 as number | null, id = randomUUID() as string } = {},
): Promise<string> {
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, role_arn, status, environment, created_at, connected_at)
     VALUES ($1, $2::uuid, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', $2::uuid::text, $2::uuid::text, 'arn', 'connected', $3, $4, $4)`,
    [ctx.tenantId, id, environment, at],
  );
  await database.sql(
    "INSERT INTO audit_log (tenant_id, at, actor, action, object, data) VALUES ($1, $3, 'x', 'account.connection_started', 'account:' || $2, $4)",
    [ctx.tenantId, id, at, JSON.stringify({ environment })],
  );
  await database.sql(
    "INSERT INTO scan_schedules (tenant_id, account_id, every_minutes, next_due_at, enabled) VALUES ($1, $2, $3, '2100-01-01', $4)",
    [ctx.tenantId, id, everyMinutes ?? 1440, everyMinutes !== null],
  );
  return id;
}

type Lists = Partial<
  Pick<Evaluation, "coveredRegions" | "partialRegions" | "uncoveredRegions" | "unknownRegions">
>;

/** What a scan stores of one check, at that moment. */
async function say(
  ctx: TenantContext,
  accountId: string,
  at: Date,
  verdict: Evaluation["verdict"],
  lists: Lists,
  checkId = coverage,
): Promise<void> {
  const scanId = randomUUID();
  const month = monthOf(at);
  const evaluation: Evaluation = {
    checkId,
    checkVersion: 3,
    verdict,
    reason: verdict === "FAIL" ? "SINGLE_REGION_ONLY" : verdict === "PASS" ? "COVERED" : "ROLE_NOT_ASSUMABLE",
    severity: verdict === "FAIL" ? "HIGH" : null,
    severityReason: null,
    assurance: verdict === "PASS" ? "VERIFIED" : null,
    disposition: verdict === "FAIL" ? "OPEN" : null,
    coveredRegions: [],
    partialRegions: [],
    uncoveredRegions: [],
    unknownRegions: [],
    ...lists,
    remediation: { action: "NONE" },
    advisories: [],
    regions: [],
    rules: [],
  };
  const description = {
    sentence: [],
    short: verdict,
    sections: [],
    change: null,
    advisories: [],
    missingPermissions: [],
  };
  await withTenant(ctx, async (db) => {
    const said = [{ evaluation, description }];
    await db.$executeRaw`
      INSERT INTO scans (tenant_id, id, number, account_id, trigger, status, requested_at, started_at, finished_at, month)
      VALUES (${ctx.tenantId}::uuid, ${scanId}::uuid, ${++scans}, ${accountId}::uuid, 'schedule', 'complete', ${at}, ${at}, ${at}, ${month}::date)`;
    await insertScanResults(db, ctx.tenantId, month, scanId, said);
    await recordEvaluations(db, {
      tenantId: ctx.tenantId,
      accountId,
      scanId,
      month,
      at: at.toISOString(),
      begunAt: at.toISOString(),
      facts: "{}",
      said,
    });
  });
}

/** Runs all work of a kind that is due, of one organization or of the installation, as a worker would. */
async function runAll(kind: string, ctx?: TenantContext): Promise<number> {
  for (let turns = 0; ; turns += 1) {
    const due = await database.sql<{ id: string }>(
      `UPDATE work_items SET hinted_at = now()
       WHERE kind = $1 AND tenant_id IS NOT DISTINCT FROM $2 AND state = 'queued' AND due_at <= business_now() RETURNING id`,
      [kind, ctx?.tenantId ?? null],
    );
    if (due.length === 0) return turns;
    for (const { id } of due) await runWork(worker, { v: 2, workId: id });
  }
}

async function take(ctx: TenantContext): Promise<void> {
  // Plans, and ends what waited for longer than a day while no worker came to it.
  await reconcileWork(queue, kinds);
  await runAll("snapshots.plan");
  // The plan is made once a day; a test that takes again on the same day owes the work itself.
  await database.sql(
    `INSERT INTO work_items (kind, tenant_id, subject_id, expires_at) VALUES ('snapshots.take', $1::uuid, $1::uuid, 'infinity') ON CONFLICT DO NOTHING`,
    [ctx.tenantId],
  );
  await runAll("snapshots.take", ctx);
  const left = await database.sql(
    "SELECT state, outcome, failures FROM work_items WHERE tenant_id = $1 AND (state <> 'done' OR outcome NOT IN ('finished', 'expired') OR failures > 0)",
    [ctx.tenantId],
  );
  expect(left).toEqual([]);
}

interface Stored {
  day: string;
  check_id: string;
  account_id: string;
  environment: string;
  every_minutes: number | null;
  regions: Uint8Array;
  [column: string]: unknown;
}

interface Shown {
  day: string;
  account_id: string;
  environment: string;
  every_minutes: number | null;
  regions: object;
  [column: string]: unknown;
}

async function snapshots(ctx: TenantContext, accountId?: string, checkId = coverage) {
  const rows = await database.sql<Stored>(
    `SELECT s.*, day::text AS day FROM snapshots s WHERE tenant_id = $1 AND ($2::uuid IS NULL OR account_id = $2) AND check_id = $3
     ORDER BY s.day, s.account_id`,
    [ctx.tenantId, accountId ?? null, checkId],
  );
  return rows.map((row): Shown => ({ ...row, regions: Object.fromEntries(unpackRegions(row.regions)) }));
}

const hours = (count: number) => count * 3600;

describe("the snapshots of a day", () => {
  let acme: TenantContext;
  let other: TenantContext;
  const account: Record<string, string> = {};
  let yesterday: Day;

  beforeAll(async () => {
    acme = await database.makeOrganization("Acme");
    other = await database.makeOrganization("Other");
    const begun = on(today, "08:00");
    for (const name of ["repaired", "unreadable", "disconnected", "clean"])
      account[name] = await connect(acme, begun);
    for (const name of ["repaired", "unreadable", "disconnected"]) {
      await say(acme, account[name] ?? "", on(today, "10:00"), "FAIL", {
        coveredRegions: ["a"],
        uncoveredRegions: ["b", "c"],
      });
    }
    await say(acme, account.clean ?? "", on(today, "10:00"), "PASS", { coveredRegions: ["a", "b"] });
    await say(acme, account.clean ?? "", on(today, "10:00"), "PASS", {}, rootMfa);
    await nextDay();
    yesterday = today;
    await say(acme, account.repaired ?? "", on(today, "12:00"), "PASS", { coveredRegions: ["a", "b", "c"] });
    await say(acme, account.unreadable ?? "", on(today, "09:00"), "NOT_EVALUATED", {});
    await say(acme, account.clean ?? "", on(today, "10:00"), "PASS", { coveredRegions: ["a", "b"] });
    await database.sql("UPDATE accounts SET status = 'disconnected', disconnected_at = $2 WHERE id = $1", [
      account.disconnected,
      on(today, "06:00"),
    ]);
    account.late = await connect(acme, on(today, "18:00"), { environment: "sandbox" });
    await say(acme, account.late, on(today, "19:00"), "PASS", { coveredRegions: ["a"] });
    await nextDay();
    // What happens today is not yet history.
    await say(acme, account.clean ?? "", on(today, "10:00"), "FAIL", { uncoveredRegions: ["a", "b"] });
    await take(acme);
    await take(other);
  });

  const of = async (name: string, day = yesterday) =>
    (await snapshots(acme, account[name])).find((row) => row.day === day);

  test("tell a repair in the middle of the day, by Region", async () => {
    const row = await of("repaired");
    expect(row).toMatchObject({
      observation: "passing",
      status: "awaiting_verification",
      severity: null,
      episode: 1,
      check_version: 3,
      environment: "production",
      every_minutes: 1440,
      unknown_because: null,
      owner_id: null,
      due_at: expect.any(Date),
      connected_seconds: hours(24),
      covered_seconds: hours(24 + 12 + 12),
      partial_seconds: 0,
      uncovered_seconds: hours(24),
      unknown_seconds: 0,
      covered_regions: 3,
      uncovered_regions: 0,
      decided_at: on(yesterday, "12:00"),
      regions: {
        a: { end: "covered", seconds: { covered: hours(24), partial: 0, uncovered: 0, unknown: 0 } },
        b: { end: "covered", seconds: { covered: hours(12), partial: 0, uncovered: hours(12), unknown: 0 } },
        c: { end: "covered", seconds: { covered: hours(12), partial: 0, uncovered: hours(12), unknown: 0 } },
      },
    });
    expect(await of("repaired", addDays(yesterday, -1))).toMatchObject({
      observation: "failing",
      severity: "HIGH",
    });
  });

  test("say that an account could not be read, and call none of that time covered", async () => {
    expect(await of("unreadable")).toMatchObject({
      observation: "unknown",
      status: "open",
      severity: "HIGH",
      unknown_because: "ROLE_NOT_ASSUMABLE",
      covered_seconds: hours(9),
      uncovered_seconds: hours(2 * 9),
      unknown_seconds: hours(3 * 15),
      unknown_regions: 3,
      decided_at: on(addDays(yesterday, -1), "10:00"),
    });
  });

  test("end with the connection", async () => {
    expect(await of("disconnected")).toMatchObject({
      connected_seconds: hours(6),
      covered_seconds: hours(6),
      uncovered_seconds: hours(12),
      covered_regions: 0,
      uncovered_regions: 0,
      unknown_regions: 0,
    });
    await nextDay();
    await take(acme);
    expect(await snapshots(acme, account.disconnected)).toHaveLength(2);
  });

  test("begin with the connection", async () => {
    expect(await of("late")).toMatchObject({
      connected_seconds: hours(6),
      covered_seconds: hours(5),
      unknown_seconds: hours(1),
      environment: "sandbox",
      observation: "passing",
    });
    expect(await of("late", addDays(yesterday, -1))).toBeUndefined();
  });

  test("tell of a finding that never failed, as it was then, and of a check without Regions", async () => {
    expect(await of("clean")).toMatchObject({
      status: "none",
      episode: 0,
      severity: null,
      covered_seconds: hours(48),
    });
    // It failed a day later.
    expect(await of("clean", addDays(yesterday, 1))).toMatchObject({
      status: "open",
      episode: 1,
      severity: "HIGH",
    });
    const [mfa] = await snapshots(acme, account.clean, rootMfa);
    expect(mfa).toMatchObject({ covered_regions: 1, covered_seconds: hours(14), unknown_seconds: hours(2) });
  });

  test("are there once, however often they are taken", async () => {
    const before = [
      await snapshots(acme),
      await database.sql("SELECT * FROM coverage_days ORDER BY 1, 3, 4, 5"),
    ];
    await take(acme);
    // From the beginning, as after a restore in which the progress was older than the rows.
    await database.sql(
      "UPDATE snapshot_progress SET next_day = $2, after_account = NULL WHERE tenant_id = $1",
      [acme.tenantId, day0],
    );
    await take(acme);
    expect([
      await snapshots(acme),
      await database.sql("SELECT * FROM coverage_days ORDER BY 1, 3, 4, 5"),
    ]).toEqual(before);
  });

  test("sum up to a day's coverage, in which unknown time is never covered", async () => {
    const over = await coverageOver(acme, { from: yesterday, to: yesterday });
    const rows = (await snapshots(acme)).filter(({ day }) => day === yesterday);
    const sum = (column: string) => rows.reduce((total, row) => total + Number(row[column]), 0);
    expect(over.days).toHaveLength(1);
    expect(over.total.seconds).toEqual({
      covered: sum("covered_seconds"),
      partial: 0,
      uncovered: sum("uncovered_seconds"),
      unknown: sum("unknown_seconds"),
    });
    const all = sum("covered_seconds") + sum("uncovered_seconds") + sum("unknown_seconds");
    expect(over.total.coveredShare).toBeCloseTo(sum("covered_seconds") / all, 10);
    expect(over.total.unknownShare).toBeCloseTo(sum("unknown_seconds") / all, 10);
    expect(over.days[0]).toMatchObject({ day: yesterday, accounts: 5, unknownAccounts: 1 });
    const sandbox = await coverageOver(acme, { from: yesterday, to: yesterday, environment: "sandbox" });
    expect(sandbox.days[0]).toMatchObject({ accounts: 1, seconds: { covered: hours(5), unknown: hours(1) } });
  });

  test("make a strip: the worst first, what is not known or not connected shown as such, page by page", async () => {
    const strip = await coverageStrip(acme, { days: 5 });
    expect(strip.takenThrough).toBe(addDays(today, -1));
    const shown = strip.rows.map(({ accountId, cells }) => [accountId, cells.map(({ state }) => state)]);
    // Before the first day; two days of the story; the day on which the clean one failed; today.
    expect(shown).toEqual([
      [account.clean, ["not_connected", "unknown", "covered", "uncovered", "uncovered"]],
      [account.unreadable, ["not_connected", "uncovered", "uncovered", "unknown", "unknown"]],
      [account.repaired, ["not_connected", "uncovered", "uncovered", "unknown", "unknown"]],
      [account.late, ["not_connected", "not_connected", "unknown", "unknown", "unknown"]],
    ]);
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await coverageStrip(acme, { days: 2, limit: 3, cursor });
      pages.push(...page.rows.map(({ accountId }) => accountId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(pages).toEqual(shown.map(([id]) => id));
  });

  test("are the organization's own", async () => {
    expect(await snapshots(other)).toEqual([]);
    expect((await coverageStrip(other)).rows).toEqual([]);
    const over = await coverageOver(other, { from: yesterday, to: yesterday });
    expect(over).toMatchObject({ days: [], total: { coveredShare: null, unknownShare: null } });
  });

  test("are refused for times and checks that do not exist", async () => {
    for (const query of [
      { from: "2026-11-31", to: "2026-12-01" },
      { from: "2026-12-02", to: "2026-12-01" },
      { from: "2020-01-01", to: "2026-01-01" },
      { from: "2026-12-01", to: "2026-12-01", checkId: "no.such_check" },
    ])
      await expect(coverageOver(acme, query)).rejects.toMatchObject({ code: "invalid_input" });
    for (const query of [{ days: 91 }, { cursor: "x" }, { checkId: "no.such_check" }])
      await expect(coverageStrip(acme, query)).rejects.toMatchObject({ code: "invalid_input" });
  });
});

test("a day's sum has what failed, what failed again, and how long failures had been known when they were claimed", async () => {
  const ctx = await database.makeOrganization("Sums");
  const begun = on(today, "01:00");
  const [twice, steady] = [await connect(ctx, begun), await connect(ctx, begun, { environment: "staging" })];
  const fail = { coveredRegions: ["a"], uncoveredRegions: ["b"] };
  const pass = { coveredRegions: ["a", "b"] };
  await say(ctx, twice, on(today, "02:00"), "FAIL", fail);
  await say(ctx, steady, on(today, "02:00"), "FAIL", fail);
  await say(ctx, twice, on(today, "03:00"), "FAIL", fail, rootMfa);
  await nextDay();
  const day = today;
  await say(ctx, twice, on(day, "02:00"), "PASS", pass);
  await say(ctx, twice, on(day, "03:00"), "FAIL", fail);
  await say(ctx, twice, on(day, "04:00"), "PASS", pass);
  await say(ctx, twice, on(day, "23:59"), "FAIL", fail);
  await say(ctx, steady, on(day, "02:00"), "FAIL", fail);
  const claim = (accountId: string, at: Date, ending: string | null) =>
    database.sql(
      `INSERT INTO claims (tenant_id, finding_id, episode, claimed_from, claimed_at, claimed_by, ended_at, ending)
       SELECT tenant_id, id, 1, 'open', $3, 'user:x', CASE WHEN $4::text IS NULL THEN NULL ELSE $3::timestamptz END, $4
       FROM findings WHERE tenant_id = $1 AND account_id = $2 AND check_id = '${coverage}'`,
      [ctx.tenantId, accountId, at, ending],
    );
  await claim(steady, on(day, "03:00"), "withdrawn");
  // The first claim of an episode counts; this one is of an hour later.
  await claim(steady, on(day, "04:00"), null);
  await claim(twice, on(addDays(day, 1), "00:00"), null);
  await nextDay();
  await take(ctx);
  const rows = await database.sql(
    `SELECT check_id, environment, failing_accounts, open_findings, came_back, claim_seconds FROM coverage_days
     WHERE tenant_id = $1 AND day = $2 ORDER BY check_id, environment`,
    [ctx.tenantId, day],
  );
  const none = { came_back: 0, claim_seconds: [] };
  expect(rows).toEqual([
    {
      ...none,
      check_id: coverage,
      environment: "production",
      failing_accounts: 1,
      open_findings: 1,
      came_back: 2,
    },
    {
      ...none,
      check_id: coverage,
      environment: "staging",
      failing_accounts: 1,
      open_findings: 1,
      claim_seconds: [hours(25)],
    },
    { ...none, check_id: rootMfa, environment: "production", failing_accounts: 1, open_findings: 1 },
  ]);
});

/** One account that is read hourly, one daily, one that stops being readable, one that comes and goes. */
async function story(ctx: TenantContext, ids: readonly string[], index: number): Promise<void> {
  const [hourly = "", daily = "", lost = "", guest = ""] = ids;
  const regions = index < 20 ? ["a", "b"] : ["a", "b", "c"];
  for (const hour of ["01:00", "09:00", "23:59"]) {
    if (index % 9 === 4)
      await say(ctx, hourly, on(today, hour), "FAIL", { coveredRegions: ["a"], partialRegions: ["b"] });
    else await say(ctx, hourly, on(today, hour), "PASS", { coveredRegions: regions });
  }
  if (index % 5 !== 3)
    await say(
      ctx,
      daily,
      on(today, "03:00"),
      index % 2 ? "FAIL" : "PASS",
      index % 2 ? { uncoveredRegions: regions } : { coveredRegions: regions },
    );
  if (index < 8) await say(ctx, lost, on(today, "04:00"), "FAIL", { uncoveredRegions: regions });
  else if (index < 30)
    await say(ctx, lost, on(today, "04:00"), "NOT_EVALUATED", index % 3 ? {} : { unknownRegions: regions });
  if (index === 15) {
    await updateAccount(ctx, { id: daily, environment: "staging" });
    await setSchedule(ctx, { id: daily, everyMinutes: 10_080 });
    await setSchedule(ctx, { id: guest, everyMinutes: 720 });
  }
  if (index === 10) await connect(ctx, on(today, "10:00"), { id: guest });
  if (index >= 10 && index < 25)
    await say(ctx, guest, on(today, "11:00"), "PASS", { coveredRegions: regions });
  if (index === 25) {
    await database.sql("UPDATE accounts SET status = 'disconnected', disconnected_at = $2 WHERE id = $1", [
      guest,
      on(today, "11:30"),
    ]);
    await database.sql("UPDATE scan_schedules SET enabled = false WHERE account_id = $1", [guest]);
  }
}

test("40 days taken at once from stored evaluations are what 40 daily rounds took", async () => {
  const organizations = [await database.makeOrganization("Daily"), await database.makeOrganization("Filled")];
  const names = organizations.map((): string[] => Array.from({ length: 4 }, () => randomUUID()));
  for (const [place, ctx] of organizations.entries()) {
    const [hourly, daily, lost] = names[place] ?? [];
    await connect(ctx, on(today, "00:30"), { id: hourly, everyMinutes: 60 });
    await connect(ctx, on(today, "00:30"), { id: daily });
    await connect(ctx, on(today, "00:30"), { id: lost, everyMinutes: 10_080 });
  }
  const [daily, filled] = organizations as [TenantContext, TenantContext];
  for (let index = 0; index < 40; index += 1) {
    for (const [place, ctx] of organizations.entries()) await story(ctx, names[place] ?? [], index);
    await nextDay();
    await take(daily);
  }
  await take(filled);
  const told = async (ctx: TenantContext) =>
    (await snapshots(ctx))
      // When it is due is what it is when the row is taken: see findingsAsTheyWere().
      .map(({ tenant_id: _, due_at: __, scan_id, account_id, ...row }) => ({
        ...row,
        account: names.flatMap((ids) => ids.indexOf(account_id)).find((place) => place >= 0),
        isDecided: scan_id !== null,
      }))
      .sort((a, b) => `${a.day} ${a.account}`.localeCompare(`${b.day} ${b.account}`));
  const [byDay, atOnce] = [await told(daily), await told(filled)];
  expect(byDay).toHaveLength(3 * 40 + 16);
  expect(atOnce).toEqual(byDay);
  // As it was set then, not as it is now.
  const settings = byDay.map(
    ({ account, environment, every_minutes }) => `${account} ${environment} ${every_minutes}`,
  );
  expect([...new Set(settings)].sort()).toEqual([
    "0 production 60",
    "1 production 1440",
    "1 staging 10080",
    "2 production 10080",
    "3 production 1440",
    "3 production 720",
  ]);
  const range = { from: addDays(today, -40), to: today };
  expect((await coverageOver(filled, range)).days).toEqual((await coverageOver(daily, range)).days);
}, 120_000);

test("goes on where a dead worker stopped, who writes nothing more, and parks for others in between", async () => {
  const acme = await database.makeOrganization("Large");
  const ids: string[] = [];
  for (let count = 0; count < 120; count += 1) ids.push(await connect(acme, on(today, "01:00")));
  for (const id of ids) await say(acme, id, on(today, "02:00"), "PASS", { coveredRegions: ["a"] });
  await nextDay();
  await database.sql(
    "INSERT INTO work_items (kind, tenant_id, subject_id, expires_at, hinted_at) VALUES ('snapshots.take', $1::uuid, $1::uuid, 'infinity', now())",
    [acme.tenantId],
  );
  const [item] = await database.sql<{ id: string }>("SELECT id FROM work_items WHERE tenant_id = $1", [
    acme.tenantId,
  ]);
  const dead = await claimWork(item?.id ?? "", "dead", 20);
  if (!dead) throw new Error("not claimed");
  expect(await takePage(acme, dead, { isLast: false })).toEqual({ snapshots: 50, ending: null });
  await database.sql("UPDATE work_items SET lease_until = now() - interval '1 second' WHERE id = $1", [
    item?.id,
  ]);
  await expect(takePage(acme, dead, { isLast: false })).rejects.toBeInstanceOf(FencedOut);
  expect(await snapshots(acme)).toHaveLength(50);
  await reconcileWork(queue, kinds);
  await database.sql("UPDATE work_items SET due_at = business_now(), hinted_at = now() WHERE id = $1", [
    item?.id,
  ]);
  const next = await claimWork(item?.id ?? "", "next", 20);
  if (!next) throw new Error("not claimed");
  expect(await takePage(acme, next, { isLast: true })).toEqual({ snapshots: 50, ending: "parked" });
  await expect(takePage(acme, dead, { isLast: false })).rejects.toBeInstanceOf(FencedOut);
  await runAll("snapshots.take", acme);
  expect((await snapshots(acme)).map(({ account_id }) => account_id)).toEqual(ids.toSorted());
  const [progress] = await database.sql(
    "SELECT next_day::text, after_account FROM snapshot_progress WHERE tenant_id = $1",
    [acme.tenantId],
  );
  expect(progress).toEqual({ next_day: today, after_account: null });
  expect((await coverageOver(acme, { from: addDays(today, -1), to: today })).days).toMatchObject([
    { accounts: 120 },
  ]);
});

test("a day is taken a quarter of an hour after it has ended, planned once for every organization", async () => {
  const acme = await database.makeOrganization("Punctual");
  const id = await connect(acme, on(today, "01:00"));
  await say(acme, id, on(today, "02:00"), "PASS", { coveredRegions: ["a"] });
  const at = (instant: Date) =>
    database.sql(
      "UPDATE installation_clock SET ahead_seconds = ceil(extract(epoch FROM $1::timestamptz - now()))",
      [instant],
    );
  const planned = async () => {
    await ensureDailyWork(planSnapshotsWork);
    await runAll("snapshots.plan");
    const items = await database.sql(
      "SELECT 1 FROM work_items WHERE tenant_id = $1 AND kind = 'snapshots.take'",
      [acme.tenantId],
    );
    await runAll("snapshots.take", acme);
    return [items.length, (await snapshots(acme)).length];
  };
  const midnight = startOf(addDays(today, 1));
  // Whatever was planned today has been planned.
  await ensureDailyWork(planSnapshotsWork);
  await runAll("snapshots.plan");
  await database.sql("DELETE FROM work_items WHERE tenant_id = $1", [acme.tenantId]);
  await at(new Date(midnight.getTime() + 14 * 60_000));
  expect(await planned()).toEqual([0, 0]);
  await at(new Date(midnight.getTime() + 15 * 60_000));
  expect(await planned()).toEqual([1, 1]);
  expect(await planned()).toEqual([1, 1]);
});

test("a scan that judged before midnight and was stored too late is what the next day begins with", async () => {
  const acme = await database.makeOrganization("Slow");
  // The clock stands after midnight here; a whole day begins.
  today = addDays(today, 1);
  const id = await connect(acme, on(today, "01:00"));
  await say(acme, id, on(today, "20:00"), "PASS", { coveredRegions: ["a"] });
  await database.sql("UPDATE installation_clock SET ahead_seconds = ahead_seconds + 86400");
  await take(acme);
  expect(await snapshots(acme)).toMatchObject([{ uncovered_seconds: 0, observation: "passing" }]);
  await say(acme, id, on(today, "23:50"), "FAIL", { uncoveredRegions: ["a"] });
  await nextDay();
  await take(acme);
  expect((await snapshots(acme)).at(-1)).toMatchObject({
    day: today,
    uncovered_seconds: hours(24),
    observation: "failing",
  });
});
