import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Evaluation, Verdict } from "@/lib/checks/evaluation";
import type { TenantDb } from "@/lib/db/tenant-db";
import { testDatabase } from "@/lib/db/testing/database";
import { monthOf } from "@/lib/history/month";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { getFinding } from "./get-finding";
import { recordEvaluations } from "./record-evaluation";

const database = testDatabase();
const checkId = "cloudtrail.not_multi_region";
let acme: TenantContext;
let accountId: string;
let scans = 0;
let minutes = 0;

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
});

beforeEach(async () => {
  accountId = randomUUID();
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status)
     VALUES ($1, $2, '111122223333', 'aws', 'prod', $3, 'draft')`,
    [acme.tenantId, accountId, `pst_${accountId}`],
  );
});

async function scanId(): Promise<string> {
  const rows = await database.sql<{ id: string }>(
    `INSERT INTO scans (tenant_id, number, account_id, trigger, status)
     VALUES ($1, $2, $3, 'api', 'complete') RETURNING id::text`,
    [acme.tenantId, ++scans, accountId],
  );
  return rows[0]?.id ?? "";
}

function evaluation(verdict: Verdict, severity: Evaluation["severity"]): Evaluation {
  return {
    checkId,
    checkVersion: 1,
    verdict,
    reason: verdict === "FAIL" ? "SINGLE_REGION_ONLY" : "COVERED",
    severity,
    severityReason: null,
    assurance: verdict === "NOT_EVALUATED" ? null : "VERIFIED",
    disposition: verdict === "FAIL" ? "OPEN" : null,
    coveredRegions: verdict === "NOT_EVALUATED" ? [] : ["us-east-1"],
    partialRegions: [],
    uncoveredRegions: verdict === "FAIL" ? ["eu-west-1", "eu-west-3"] : [],
    unknownRegions: [],
    remediation: { action: "NONE" },
    advisories: [],
    regions: [],
    rules: [],
  };
}

/** One evaluation in the caller's transaction, each a minute later than the one before. */
async function record(
  db: TenantDb,
  scan: string,
  verdict: Verdict,
  severity: Evaluation["severity"] = null,
): Promise<string | null> {
  const at = new Date(Date.UTC(2026, 10, 1, 0, ++minutes)).toISOString();
  const description = {
    sentence: [],
    short: verdict,
    sections: [],
    change: null,
    advisories: [],
    missingPermissions: [],
  };
  const month = monthOf(new Date());
  const given = { tenantId: acme.tenantId, accountId, scanId: scan, month, at, begunAt: at, facts: "{}" };
  const said = [{ evaluation: evaluation(verdict, severity), description }];
  const [recorded] = await recordEvaluations(db, { ...given, said });
  return recorded?.key ?? null;
}

async function evaluate(verdict: Verdict, severity: Evaluation["severity"] = null) {
  const scan = await scanId();
  return withTenant(acme, (db) => record(db, scan, verdict, severity));
}

async function state() {
  const rows = await database.sql<{ id: string; number: number | null; version: number; episode: number }>(
    "SELECT id::text, number, version, episode FROM findings WHERE account_id = $1::uuid",
    [accountId],
  );
  return rows[0];
}

async function history(): Promise<string[]> {
  const finding = await getFinding(acme, (await state())?.id ?? "");
  return finding.history.map(({ kind, text }) => `${kind}: ${text}`).reverse();
}

/** Waits until another connection of this database waits for a lock. */
async function someoneWaits(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const rows = await database.sql(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("No session waits for a lock: the two writers did not meet.");
}

function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Two writers that meet: the second begins after the first has computed and written, before it commits. */
async function meet(first: (db: TenantDb) => Promise<unknown>, second: (db: TenantDb) => Promise<unknown>) {
  const written = gate();
  const mayCommit = gate();
  const one = withTenant(acme, async (db) => {
    await first(db);
    written.open();
    await mayCommit.passed;
  });
  await Promise.race([written.passed, one]);
  const two = withTenant(acme, second);
  // Whatever becomes of the second, the first is let go: neither may hang.
  await Promise.race([someoneWaits(), two.catch(() => undefined)]).finally(mayCommit.open);
  await Promise.all([one, two]);
}

describe("two evaluations of one finding at once", () => {
  test("are recorded one after the other: the second is computed from what the first wrote", async () => {
    await evaluate("FAIL", "MEDIUM");
    await evaluate("PASS");
    const [a, b] = [await scanId(), await scanId()];
    await meet(
      (db) => record(db, a, "FAIL", "MEDIUM"),
      (db) => record(db, b, "FAIL", "HIGH"),
    );
    expect(await history()).toEqual([
      "detected: Detected: FAIL.",
      expect.stringMatching(/^now_passing: /),
      "failing_again: Failing again: FAIL.",
      "due_changed: Due date set anew: it came back, with half of the days.",
      "severity_changed: Severity changed from Medium to High.",
      "due_changed: Due date set anew: its severity rose to High.",
    ]);
    // Created, opened, to be proven since it passes, due anew when it came back, due sooner when it got worse.
    expect(await state()).toMatchObject({ version: 5, episode: 1 });
  });

  test("open a new finding once, with one number", async () => {
    const [a, b] = [await scanId(), await scanId()];
    const keys: (string | null)[] = [];
    await meet(
      async (db) => keys.push(await record(db, a, "FAIL", "HIGH")),
      async (db) => keys.push(await record(db, b, "FAIL", "HIGH")),
    );
    expect(new Set(keys)).toEqual(new Set([`PST-${(await state())?.number}`]));
    expect(await history()).toEqual(["detected: Detected: FAIL.", "still_failing: Still failing."]);
    expect(await state()).toMatchObject({ version: 2, episode: 1 });
  });
});

test("what several checks said is recorded at once, each with its own finding, number and history", async () => {
  const description = {
    sentence: [],
    short: "As judged",
    sections: [],
    change: null,
    advisories: [],
    missingPermissions: [],
  };
  const ids = ["iam.root_mfa_disabled", checkId, "cloudtrail.log_validation_disabled"];
  const recordAll = async (verdicts: readonly Verdict[]) => {
    const scan = await scanId();
    const at = new Date(Date.UTC(2026, 10, 1, 0, ++minutes)).toISOString();
    const said = verdicts.map((verdict, index) => ({
      evaluation: {
        ...evaluation(verdict, verdict === "FAIL" ? "HIGH" : null),
        checkId: ids[index] ?? "",
      },
      description,
    }));
    const given = {
      tenantId: acme.tenantId,
      accountId,
      scanId: scan,
      month: monthOf(new Date()),
      at,
      begunAt: at,
      facts: "{}",
    };
    const recorded = await withTenant(acme, (db) => recordEvaluations(db, { ...given, said }));
    return recorded.map(({ key }) => key);
  };
  const first = await recordAll(["FAIL", "PASS", "FAIL"]);
  expect(first).toEqual([expect.stringMatching(/^PST-/), null, expect.stringMatching(/^PST-/)]);
  expect(first[0]).not.toBe(first[2]);
  const second = await recordAll(["FAIL", "FAIL", "NOT_EVALUATED"]);
  expect(second).toEqual([first[0], expect.stringMatching(/^PST-/), first[2]]);
  const rows = await database.sql(
    `SELECT f.check_id, f.observation, f.verdict, f.region_counts, f.unchanged_checks, f.version,
            (SELECT count(*)::int FROM episodes e WHERE e.finding_id = f.id) AS episodes,
            (SELECT count(*)::int FROM evaluations e WHERE e.finding_id = f.id) AS evaluations,
            (SELECT array_agg(e.kind ORDER BY e.at) FROM finding_events e WHERE e.finding_id = f.id) AS events
     FROM findings f WHERE f.account_id = $1::uuid ORDER BY f.check_id`,
    [accountId],
  );
  // What could not be evaluated leaves the counts of the verdict that stands.
  const both = { version: 2, episodes: 1, evaluations: 2, region_counts: [1, 0, 2, 0] };
  expect(rows).toEqual([
    {
      check_id: ids[2],
      observation: "unknown",
      verdict: "FAIL",
      unchanged_checks: 0,
      events: ["detected", "could_not_read"],
      ...both,
    },
    {
      check_id: checkId,
      observation: "failing",
      verdict: "FAIL",
      unchanged_checks: 0,
      events: ["first_passed", "detected"],
      ...both,
    },
    {
      check_id: ids[0],
      observation: "failing",
      verdict: "FAIL",
      unchanged_checks: 1,
      events: ["detected"],
      ...both,
    },
  ]);
});

test("cause and blind Regions are those of the verdict that stands", async () => {
  const stored = async () => {
    const rows = await database.sql(
      "SELECT cause, cause_rank, blind_regions FROM findings WHERE account_id = $1::uuid",
      [accountId],
    );
    return rows[0];
  };
  const failed = { cause: "single-region-trail", cause_rank: 50, blind_regions: ["eu-west-1", "eu-west-3"] };
  await evaluate("FAIL", "HIGH");
  expect(await stored()).toEqual(failed);
  await evaluate("NOT_EVALUATED");
  expect(await stored()).toEqual(failed);
  await evaluate("PASS");
  expect(await stored()).toEqual({ cause: null, cause_rank: 999, blind_regions: [] });
});

test("a comeback is counted, with the scans between which it happened, and a later FAIL leaves them", async () => {
  const told = async () => {
    const [row] = await database.sql<{ comebacks: number; back: string | null; passed: string | null }>(
      `SELECT comebacks, came_back_scan_id::text AS back, passed_scan_id::text AS passed
       FROM findings WHERE account_id = $1::uuid
         AND (came_back_month IS NULL) = (came_back_scan_id IS NULL)
         AND (passed_month IS NULL) = (passed_scan_id IS NULL)`,
      [accountId],
    );
    return row;
  };
  const scan = async (verdict: Verdict) => {
    const id = await scanId();
    await withTenant(acme, (db) => record(db, id, verdict, verdict === "FAIL" ? "HIGH" : null));
    return id;
  };
  await scan("PASS");
  await scan("FAIL");
  expect(await told()).toEqual({ comebacks: 0, back: null, passed: null });
  await scan("PASS");
  const passed = await scan("PASS");
  await scan("NOT_EVALUATED");
  const back = await scan("FAIL");
  await scan("FAIL");
  expect(await told()).toEqual({ comebacks: 1, back, passed });
  const passedAgain = await scan("PASS");
  expect(await told()).toEqual({ comebacks: 1, back, passed });
  const backAgain = await scan("FAIL");
  expect(await told()).toEqual({ comebacks: 2, back: backAgain, passed: passedAgain });
});

test("an evaluation computed from an older version is refused and leaves nothing", async () => {
  await evaluate("FAIL", "HIGH");
  const before = { state: await state(), history: await history() };
  const scan = await scanId();
  const attempt = withTenant(acme, async (db) => {
    // A writer that knows no lock: it changes the row between our read and our write.
    const careless = new Proxy(db, {
      get(target, name) {
        if (name !== "$queryRaw") return Reflect.get(target, name);
        return async (...query: Parameters<TenantDb["$queryRaw"]>) => {
          const rows = await target.$queryRaw(...query);
          await target.$executeRaw`UPDATE findings SET version = version + 1 WHERE account_id = ${accountId}::uuid`;
          return rows;
        };
      },
    });
    await record(careless, scan, "PASS");
  });
  await expect(attempt).rejects.toThrow("changed while an evaluation of it was recorded");
  expect({ state: await state(), history: await history() }).toEqual(before);
});

test("a stored status that this version does not know stops the evaluation, and is never read as “never failed”", async () => {
  await evaluate("FAIL", "HIGH");
  // A newer version's database, met during an upgrade.
  const [check] = await database.sql<{ definition: string }>(
    `SELECT 'CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE conname = 'findings_status_check'`,
  );
  await database.sql("ALTER TABLE findings DROP CONSTRAINT findings_status_check");
  try {
    await database.sql("UPDATE findings SET status = 'no_such_status' WHERE account_id = $1::uuid", [
      accountId,
    ]);
    const before = await state();
    const error = 'Unknown finding status "no_such_status": expected one of ';
    await expect(evaluate("FAIL", "HIGH")).rejects.toThrow(error);
    await expect(getFinding(acme, before?.id ?? "")).rejects.toThrow(error);
    expect(await state()).toEqual(before);
  } finally {
    await database.sql("UPDATE findings SET status = 'open' WHERE status = 'no_such_status'");
    await database.sql(`ALTER TABLE findings ADD ${check?.definition}`);
  }
});
