import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { findCheck } from "@/lib/checks/registry";
import { accountCase, multiRegionTrail, ownAccount } from "@/lib/checks/testing/cases";
import { type CaseTrail, scenario } from "@/lib/checks/testing/truth-table";
import { testDatabase } from "@/lib/db/testing/database";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import { monthOf } from "@/lib/history/month";
import { insertScanFacts } from "@/lib/history/scan-facts";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { getFinding } from "./get-finding";
import { recordEvaluations } from "./record-evaluation";
import { insertScanResults } from "./stored-evaluation";

const database = testDatabase();
const check = findCheck("cloudtrail.not_multi_region");
const good = multiRegionTrail({ logFileValidationEnabled: true });
const setBack: CaseTrail = { ...good, isMultiRegion: false, existsInRegions: [good.homeRegion] };
let acme: TenantContext;
let accountId: string;
let scans = 0;

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
});

beforeEach(async () => {
  accountId = randomUUID();
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status)
     VALUES ($1, $2, $3, 'aws', 'prod', $4, 'draft')`,
    [acme.tenantId, accountId, ownAccount, `pst_${accountId}`],
  );
});

/** A scan of an account with this trail, as the worker stores it. Answers its number. */
async function scan(trail: CaseTrail): Promise<number> {
  if (!check) throw new Error("The check is gone.");
  const number = ++scans;
  const now = new Date(Date.UTC(2026, 10, 22, 12, number)).toISOString();
  const { facts, context } = scenario(accountCase({ trails: [trail] }), now);
  const evaluation = check.evaluate(facts, context);
  const description = check.describe(evaluation, facts, { ...context, accountName: "prod" });
  const month = monthOf(new Date());
  const [row] = await database.sql<{ id: string }>(
    `INSERT INTO scans (tenant_id, number, account_id, trigger, status, month)
     VALUES ($1, $2, $3, 'api', 'complete', $4) RETURNING id::text`,
    [acme.tenantId, number, accountId, month],
  );
  const scanId = row?.id ?? "";
  const text = canonicalJson({ facts, context });
  const said = [{ evaluation, description }];
  await withTenant(acme, async (db) => {
    await insertScanFacts(db, acme.tenantId, month, scanId, text);
    await insertScanResults(db, acme.tenantId, month, scanId, said);
    await recordEvaluations(db, {
      tenantId: acme.tenantId,
      accountId,
      scanId,
      month,
      at: now,
      begunAt: now,
      facts: text,
      said,
    });
  });
  return number;
}

async function finding() {
  const [row] = await database.sql<{ id: string }>(
    "SELECT id::text FROM findings WHERE account_id = $1::uuid",
    [accountId],
  );
  return getFinding(acme, row?.id ?? "");
}

test("a finding that came back says what differs between the last pass and the first fail, and no later scan changes that", async () => {
  await scan(setBack);
  expect(await finding()).toMatchObject({ comebacks: 0, back: null });
  await scan(good);
  const passed = await scan(good);
  expect(await finding()).toMatchObject({ comebacks: 0, back: null });
  const failed = await scan(setBack);
  await scan({ ...setBack, logFileValidationEnabled: false });
  const { comebacks, back, lastScan } = await finding();
  expect(comebacks).toBe(1);
  expect(lastScan?.number).toBe(scans);
  expect(back).toMatchObject({ passed: { scanNumber: passed }, failed: { scanNumber: failed } });
  expect(back?.differences).toEqual([
    { of: "main", attribute: "Multi-Region", before: "Yes", after: "No" },
    { of: null, attribute: "Regions logged", before: "4 of 4", after: "1 of 4" },
  ]);
  expect(back?.same).toBeGreaterThan(8);
  await scan(good);
  expect(await finding()).toMatchObject({ comebacks: 1, back: null });
});

test("without the facts, which are kept for less long, it still says what it came to", async () => {
  for (const trail of [setBack, good, setBack]) await scan(trail);
  await database.sql("DELETE FROM scan_facts WHERE tenant_id = $1", [acme.tenantId]);
  expect((await finding()).back?.differences).toEqual([
    { of: null, attribute: "Regions logged", before: "4 of 4", after: "1 of 4" },
  ]);
});
