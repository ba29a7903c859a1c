import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Evaluation, RegionOutcome } from "@/lib/checks/evaluation";
import { testDatabase } from "@/lib/db/testing/database";
import { monthOf } from "@/lib/history/month";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { checkMatrix } from "./check-matrix";
import { recordEvaluations } from "./record-evaluation";
import { insertScanResults } from "./stored-evaluation";

const database = testDatabase();
const checkId = "cloudtrail.not_multi_region";
let acme: TenantContext;
let other: TenantContext;
let scans = 0;

type States = Readonly<Record<string, RegionOutcome["detail"]>>;

const listed = (states: States, ...details: RegionOutcome["detail"][]) =>
  Object.entries(states).flatMap(([name, detail]) => (details.includes(detail) ? [name] : []));

/** What a scan of a new or known account stores. */
async function say(
  accountId: string,
  verdict: Evaluation["verdict"],
  states: States,
  at = new Date(),
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
    coveredRegions: listed(states, "logged"),
    partialRegions: listed(states, "partly_logged", "delivery_failing"),
    uncoveredRegions: listed(states, "not_logged"),
    unknownRegions: listed(states, "could_not_read"),
    remediation: { action: "NONE" },
    advisories: [],
    regions: Object.entries(states).map(([name, detail]) => ({
      name,
      detail,
      state: "covered",
      why: "",
      trailArns: [],
    })),
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
  await withTenant(acme, async (db) => {
    await db.$executeRaw`
      INSERT INTO scans (tenant_id, id, number, account_id, trigger, status, requested_at, started_at, finished_at, month)
      VALUES (${acme.tenantId}::uuid, ${scanId}::uuid, ${++scans}, ${accountId}::uuid, 'schedule', 'complete', ${at}, ${at}, ${at}, ${month}::date)`;
    await insertScanResults(db, acme.tenantId, month, scanId, said);
    const [iso, facts] = [at.toISOString(), "{}"];
    await recordEvaluations(db, {
      tenantId: acme.tenantId,
      accountId,
      scanId,
      month,
      at: iso,
      begunAt: iso,
      facts,
      said,
    });
  });
}

async function account(name: string, status = "connected"): Promise<string> {
  const id = randomUUID();
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status, environment)
     VALUES ($1, $2::uuid, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', $3, $2::uuid::text, $4, 'production')`,
    [acme.tenantId, id, name, status],
  );
  return id;
}

const logged: States = { "us-east-1": "logged", "eu-west-1": "logged", "me-south-1": "not_enabled" };
const one: States = { ...logged, "eu-west-1": "not_logged" };
const two: States = { ...one, "us-east-1": "not_logged" };

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
  other = await database.makeOrganization("Other");
  await say(await account("clean"), "PASS", logged);
  await say(await account("part"), "FAIL", { ...logged, "eu-west-1": "delivery_failing" });
  await say(await account("one"), "FAIL", one);
  await say(await account("two"), "FAIL", two);
  const dark = await account("dark", "unreachable");
  await say(dark, "PASS", logged, new Date(Date.now() - 3_600_000));
  await say(dark, "NOT_EVALUATED", {});
  await say(await account("old"), "PASS", logged, new Date(Date.now() - 30 * 3_600_000));
  await say(await account("gone", "disconnected"), "FAIL", two);
  await account("new");
});

const letters = (regions: readonly { name: string; detail: string }[]) =>
  regions.map(({ name, detail }) => `${name} ${detail}`);

test("has the accounts with the most blind Regions first, each with the state of its Regions", async () => {
  const { rows, accounts, nextCursor } = await checkMatrix(acme, { checkId });
  expect(rows.map(({ accountName }) => accountName)).toEqual(["two", "one", "part", "dark", "old", "clean"]);
  expect(accounts).toEqual({ total: 7, failing: 3, unknown: 1, passing: 2 });
  expect(nextCursor).toBeNull();
  expect(letters(rows[1]?.regions ?? [])).toEqual([
    "us-east-1 logged",
    "eu-west-1 not_logged",
    "me-south-1 not_enabled",
  ]);
  expect(rows[1]).toMatchObject({
    counts: { covered: 1, partial: 0, uncovered: 1, unread: 0 },
    severity: "HIGH",
    environment: "production",
  });
  expect(rows[1]?.cause).toBeTruthy();
  // Read once more from what was kept.
  expect(await checkMatrix(acme, { checkId })).toMatchObject({ rows });
});

test("shows nothing as logged of an account that could not be read, or not in time", async () => {
  const { rows } = await checkMatrix(acme, { checkId });
  for (const name of ["dark", "old"]) {
    const row = rows.find(({ accountName }) => accountName === name);
    expect(row).toMatchObject({ observation: "unknown", counts: { covered: 0, unread: 2 } });
    expect(letters(row?.regions ?? [])).toEqual([
      "us-east-1 could_not_read",
      "eu-west-1 could_not_read",
      "me-south-1 not_enabled",
    ]);
  }
});

test("is the organization's own, and there for a check that never ran", async () => {
  expect(await checkMatrix(other, { checkId })).toMatchObject({ rows: [], accounts: { total: 0 } });
  expect(await checkMatrix(acme, { checkId: "iam.root_mfa_disabled" })).toMatchObject({
    rows: [],
    accounts: { total: 7, failing: 0, unknown: 0, passing: 0 },
  });
});
