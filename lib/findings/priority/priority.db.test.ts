import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { disconnectAccount } from "@/lib/accounts/disconnect-account";
import { updateAccount } from "@/lib/accounts/edit-account";
import type { Evaluation, Severity, Verdict } from "@/lib/checks/evaluation";
import { claimWork } from "@/lib/db/system/work-items";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { getFinding } from "@/lib/findings/get-finding";
import { listFindings } from "@/lib/findings/list-findings";
import { recordEvaluations } from "@/lib/findings/record-evaluation";
import { insertScanResults } from "@/lib/findings/stored-evaluation";
import { editFinding } from "@/lib/findings/triage/edit-finding";
import { monthOf } from "@/lib/history/month";
import { takePage } from "@/lib/snapshots/take-page";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { moveFinding } from "@/lib/verification/move-finding";
import { renewScores } from "./renew-scores";

const database = testDatabase();
const checkId = "cloudtrail.not_multi_region";
const regions = Array.from({ length: 10 }, (_, index) => `region-${index}`);

let admin: TenantContext;
let accountId: string;
let scans = 0;

beforeEach(async () => {
  await database.sql("UPDATE installation_clock SET ahead_seconds = 0");
  admin = await database.makeOrganization("Acme");
  accountId = await connect(admin);
});

async function connect(ctx: TenantContext, environment = "production"): Promise<string> {
  const [account] = await database.sql<{ id: string }>(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status, role_arn, connected_at, environment)
     VALUES ($1, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', 'prod', $2, 'connected',
             'arn:aws:iam::111111111111:role/PosturioReadOnly', business_now(), $3)
     RETURNING id::text`,
    [ctx.tenantId, randomUUID(), environment],
  );
  return account?.id ?? "";
}

interface Scan {
  readonly ctx?: TenantContext;
  readonly of?: string;
  readonly check?: string;
  readonly severity?: Severity;
  readonly blind?: number;
  readonly reason?: string;
}

/** What a scan writes when it is over, now. */
async function evaluate(verdict: Verdict, scan: Scan = {}): Promise<void> {
  const { ctx = admin, of = accountId, check = checkId, severity = "MEDIUM", blind = 6, reason } = scan;
  const [stored] = await database.sql<{ id: string; at: Date }>(
    `INSERT INTO scans (tenant_id, number, account_id, trigger, status, attempt, month)
     VALUES ($1, $2, $3, 'schedule', 'complete', 1, date_trunc('month', business_now())::date)
     RETURNING id::text, business_now() AS at`,
    [ctx.tenantId, 1000 + scans++, of],
  );
  if (!stored) throw new Error("The scan was not stored.");
  const isFail = verdict === "FAIL";
  const evaluation: Evaluation = {
    checkId: check,
    checkVersion: 1,
    verdict,
    reason: reason ?? (isFail ? "SINGLE_REGION_ONLY" : verdict === "PASS" ? "COVERED" : "ROLE_NOT_ASSUMABLE"),
    severity: isFail ? severity : null,
    severityReason: null,
    assurance: verdict === "PASS" ? "VERIFIED" : null,
    disposition: null,
    coveredRegions: isFail ? regions.slice(blind) : verdict === "PASS" ? regions : [],
    partialRegions: isFail ? regions.slice(0, 1) : [],
    uncoveredRegions: isFail ? regions.slice(1, blind) : [],
    unknownRegions: [],
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
  const said = [{ evaluation, description }];
  const [at, month] = [stored.at.toISOString(), monthOf(stored.at)];
  await withTenant(ctx, async (db) => {
    await insertScanResults(db, ctx.tenantId, month, stored.id, said);
    const given = { tenantId: ctx.tenantId, accountId: of, scanId: stored.id, month, at, begunAt: at };
    await recordEvaluations(db, { ...given, facts: "{}", said });
  });
}

async function days(count: number): Promise<void> {
  await database.sql("UPDATE installation_clock SET ahead_seconds = ahead_seconds + $1::int * 86400", [
    count,
  ]);
}

const renew = (ctx = admin, accountIds = [accountId]) =>
  withTenant(ctx, (db) => renewScores(db, ctx.tenantId, { accountIds }));

interface Stored {
  priority: number | null;
  score: number | null;
  version: number;
  row: string;
  lines: number;
  receipt: { lines: { id: string; points: number; from?: string }[] } | null;
}

async function stored(ctx = admin, check = checkId): Promise<Stored> {
  const [row] = await database.sql<Stored>(
    `SELECT priority, score, version, receipt, xmin::text AS row,
            (SELECT count(*)::int FROM finding_events e WHERE e.tenant_id = f.tenant_id AND e.finding_id = f.id) AS lines
     FROM findings f WHERE tenant_id = $1 AND account_id = $2 AND check_id = $3`,
    [ctx.tenantId, accountId, check],
  );
  if (!row) throw new Error("The finding is not there.");
  return row;
}

const points = ({ receipt }: Stored) =>
  Object.fromEntries((receipt?.lines ?? []).map(({ id, points: own }) => [id, own]));

async function edit(change: Omit<Parameters<typeof editFinding>[1], "key" | "version">) {
  const { triage } = await getFinding(admin, "PST-1");
  return editFinding(admin, { key: "PST-1", version: triage.version, ...change });
}

describe("an evaluation stores the score with what it says", () => {
  test("of a FAIL, with its receipt, for page, list and API", async () => {
    await evaluate("FAIL");
    expect(points(await stored())).toEqual({
      severity: 20,
      blind: 15,
      environment: 10,
      sla: 0,
      recurrence: 0,
      silent: 0,
    });
    const finding = await getFinding(admin, "PST-1");
    expect(finding).toMatchObject({ priority: "P3", score: 45, receipt: { version: 1, score: 45, band: 3 } });
    expect(finding.receipt?.lines.map(({ text }) => text)).toContain("6 of 10 Regions blind");
    expect((await listFindings(admin)).rows[0]).toMatchObject({ priority: "P3", score: 45 });
  });

  test("or takes it back with what it follows from, both or neither", async () => {
    await evaluate("FAIL");
    const before = await stored();
    await expect(
      withTenant(admin, async (db) => {
        await db.$executeRaw`UPDATE accounts SET environment = 'sandbox' WHERE id = ${accountId}::uuid`;
        expect(await renewScores(db, admin.tenantId, { accountIds: [accountId] })).toBe(1);
        throw new Error("The lease is gone.");
      }),
    ).rejects.toThrow("The lease is gone.");
    expect(await stored()).toEqual(before);
  });

  test("of a worse FAIL, and none of a PASS", async () => {
    await evaluate("FAIL");
    await evaluate("FAIL", { severity: "CRITICAL", blind: 10 });
    expect(await stored()).toMatchObject({ score: 75, priority: 1 });
    await evaluate("PASS");
    expect(await stored()).toMatchObject({ score: null, priority: null, receipt: null });
    expect(await getFinding(admin, "PST-1")).toMatchObject({ priority: null, score: null, receipt: null });
  });

  test("of a comeback, whose time begins anew", async () => {
    await evaluate("FAIL");
    await days(10);
    await evaluate("FAIL");
    expect(points(await stored())).toMatchObject({ sla: 3, recurrence: 0 });
    await evaluate("PASS");
    await days(1);
    await evaluate("FAIL");
    expect(points(await stored())).toMatchObject({ sla: 0, recurrence: 4 });
  });

  test("and leaves it standing when nothing could be read, with its beginning", async () => {
    await evaluate("FAIL", { reason: "MULTI_REGION_DELIVERY_FAILING" });
    await days(3);
    await evaluate("NOT_EVALUATED");
    expect(points(await stored())).toMatchObject({ sla: 1, silent: 5 });
    await days(3);
    // After the gap the finding vouches for less: since when it fails moves, what is left of its time does not.
    await evaluate("FAIL", { reason: "MULTI_REGION_DELIVERY_FAILING" });
    expect(points(await stored())).toMatchObject({ sla: 2, silent: 5 });
    await evaluate("FAIL");
    expect(points(await stored())).toMatchObject({ silent: 0 });
  });

  test("without lines that say nothing of a check of the whole account", async () => {
    await evaluate("FAIL", { check: "iam.root_mfa_disabled", severity: "CRITICAL" });
    expect(points(await stored(admin, "iam.root_mfa_disabled"))).toEqual({
      severity: 40,
      environment: 10,
      sla: 0,
      recurrence: 0,
    });
  });

  test("and is the same again when nothing changed: the row is written once", async () => {
    await evaluate("FAIL");
    const before = await stored();
    expect(await renew()).toBe(0);
    expect((await stored()).row).toBe(before.row);
  });
});

describe("what people change", () => {
  beforeEach(() => evaluate("FAIL"));

  test("a due date changes the score with it", async () => {
    await days(6);
    const dueAt = new Date(Date.now() + 12 * 86_400_000).toISOString();
    const finding = await edit({ dueAt, dueReason: "Sooner" });
    expect(finding.receipt?.lines.find(({ id }) => id === "sla")).toMatchObject({
      points: 5,
      text: "day 6 of 12",
    });
    const without = await edit({ dueAt: null, dueReason: "Never" });
    expect(without.receipt?.lines.find(({ id }) => id === "sla")).toMatchObject({ points: 0 });
  });

  test("an environment changes the scores of its account, not their versions", async () => {
    const before = await stored();
    await updateAccount(admin, { id: accountId, environment: "management" });
    expect(await stored()).toMatchObject({
      score: 50,
      priority: 2,
      version: before.version,
      lines: before.lines,
    });
    await updateAccount(admin, { id: accountId, environment: "sandbox" });
    expect(await stored()).toMatchObject({ score: 35, priority: 3, version: before.version });
  });

  test("owner, ticket, move and claim change nothing of it", async () => {
    const before = await stored();
    await edit({ ownerId: userIdOf(admin), ticketUrl: "https://tickets.example/1" });
    for (const to of ["in_progress", "awaiting_verification"] as const) {
      const { triage } = await getFinding(admin, "PST-1");
      await moveFinding(admin, {
        key: "PST-1",
        version: triage.version,
        to,
        note: "Done.",
        ownerId: userIdOf(admin),
      });
      await renew();
    }
    const { status } = await getFinding(admin, "PST-1");
    expect(status).toBe("awaiting_verification");
    const { score, priority, receipt } = before;
    expect(await stored()).toMatchObject({ score, priority, receipt });
  });

  test("a disconnected account has nothing urgent", async () => {
    await disconnectAccount(admin, { id: accountId, confirmName: "prod" });
    expect(await stored()).toMatchObject({ score: null, priority: null, receipt: null });
    expect(await renew()).toBe(0);
  });

  test("between reading and writing is not overwritten: the score is computed again", async () => {
    await days(12);
    const [written, ended] = [signal(), signal()];
    const other = withTenant(admin, async (db) => {
      await db.$executeRaw`
        UPDATE findings SET comebacks = 3 WHERE tenant_id = ${admin.tenantId}::uuid AND account_id = ${accountId}::uuid`;
      written.give();
      await ended.given;
    });
    await written.given;
    // Reads what was, then waits for the other transaction.
    const renewed = renew();
    await waitForLock().finally(ended.give);
    await other;
    expect(await renewed).toBe(1);
    expect(points(await stored())).toMatchObject({ sla: 4, recurrence: 12 });
  });
});

function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

async function waitForLock(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [row] = await database.sql<{ waiting: number }>(
      "SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted",
    );
    if (row && row.waiting > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("Nobody waits.");
}

describe("time", () => {
  test("raises the score day by day, and neither version nor history", async () => {
    await evaluate("FAIL", { severity: "CRITICAL" });
    const before = await stored();
    await days(1);
    expect(await renew()).toBe(1);
    expect(await stored()).toMatchObject({ score: 66, version: before.version, lines: before.lines });
    // The eighth day is the first on which it is overdue.
    await days(7);
    expect(await renew()).toBe(1);
    const after = await stored();
    expect(after).toMatchObject({ score: 80, priority: 1, version: before.version, lines: before.lines });
    const finding = await getFinding(admin, "PST-1");
    expect(finding.receipt?.lines.find(({ id }) => id === "sla")?.text).toBe("1 day overdue");
    // Older than that it gets no worse, so nothing is written, and what is printed counts on.
    await days(30);
    expect(await renew()).toBe(0);
    expect((await stored()).row).toBe(after.row);
  });

  test("fills in what was stored before there were scores, from the stored evaluation", async () => {
    await evaluate("FAIL", { reason: "MULTI_REGION_NEVER_DELIVERED" });
    const before = await stored();
    await database.sql("UPDATE findings SET priority = NULL, score = NULL, receipt = NULL");
    expect(await getFinding(admin, "PST-1")).toMatchObject({ receipt: null, priority: null });
    expect(await renew()).toBe(1);
    const { row: _row, ...same } = before;
    expect(await stored()).toMatchObject(same);
  });

  test("of another organization is its own", async () => {
    const other = await database.makeOrganization("Other");
    await evaluate("FAIL");
    await days(12);
    expect(await renew(other, [accountId])).toBe(0);
    expect(points(await stored())).toMatchObject({ sla: 0 });
  });
});

test("every day each page of snapshots renews the scores of its accounts", async () => {
  const acme = await database.makeOrganization("Large");
  const ids: string[] = [];
  for (let count = 0; count < 60; count += 1) ids.push(await connect(acme));
  const [well = "", ...failing] = ids.toSorted();
  await evaluate("PASS", { ctx: acme, of: well });
  for (const of of failing) await evaluate("FAIL", { ctx: acme, of, severity: "CRITICAL" });
  const scores = () =>
    database.sql<{ score: number | null; version: number; row: string }>(
      "SELECT score, version, xmin::text AS row FROM findings WHERE tenant_id = $1 ORDER BY account_id",
      [acme.tenantId],
    );
  const lines = () =>
    database.sql("SELECT count(*)::int FROM finding_events WHERE tenant_id = $1", [acme.tenantId]);
  const [before, linesBefore] = [await scores(), await lines()];
  await days(1);
  const [work] = await database.sql<{ id: string }>(
    "INSERT INTO work_items (kind, tenant_id, subject_id, expires_at, hinted_at) VALUES ('snapshots.take', $1::uuid, $1::uuid, 'infinity', now()) RETURNING id",
    [acme.tenantId],
  );
  const held = await claimWork(work?.id ?? "", "worker", 60);
  if (!held) throw new Error("The work was not claimed.");
  const page = () => takePage(acme, held, { isLast: false });
  // A page is a transaction of 50 accounts: those after it wait.
  await page();
  expect((await scores()).map(({ score }) => score)).toEqual([
    null,
    ...failing.map((_id, index) => (index < 49 ? 66 : 65)),
  ]);
  await page();
  expect((await page()).ending).toBe("finished");
  const after = await scores();
  expect(after.map(({ score }) => score)).toEqual([null, ...failing.map(() => 66)]);
  expect(after.map(({ version }) => version)).toEqual(before.map(({ version }) => version));
  expect(after[0]).toEqual(before[0]);
  expect(await lines()).toEqual(linesBefore);
  // On the same day nothing ages, so nothing is written.
  expect(await renew(acme, ids)).toBe(0);
  expect(await scores()).toEqual(after);
}, 60_000);
