import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { getFinding } from "@/lib/findings/get-finding";
import { listFindings } from "@/lib/findings/list-findings";
import { lookAgain, stopLooking } from "@/lib/scans/looks/look-again";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { Sandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";
import { runWork, type WorkRunner } from "./run-work";
import { sandboxWith, workerEnvironment } from "./testing/bench";

const database = testDatabase();
const awsAccountId = "111111111111";
const worker: WorkRunner = { id: "worker", leaseSeconds: 20, stopping: new AbortController().signal };
const coverage = "cloudtrail.not_multi_region";
const validation = "cloudtrail.log_validation_disabled";
let sandbox: Sandbox;
let acme: TenantContext;
let accountId: string;

/** A multi-Region trail whose bucket refuses it. */
function brokenDelivery(): CaseSpec {
  const status = {
    isLogging: true,
    startLoggingTime: "-30d",
    latestDeliveryTime: "-3d",
    latestDeliveryError: "AccessDenied",
  };
  return {
    account: { id: awsAccountId },
    roles: [],
    trails: [{ name: "audit", homeRegion: "us-east-1", isMultiRegion: true, status }],
  };
}

beforeAll(async () => {
  sandbox = await sandboxWith([brokenDelivery()]);
  Object.assign(process.env, workerEnvironment(sandbox));
});
afterAll(() => sandbox?.close());

beforeEach(async () => {
  sandbox.control.reset();
  acme = await database.makeOrganization(`Acme ${randomUUID().slice(0, 8)}`);
  accountId = randomUUID();
  const externalId = `pst_${randomBytes(16).toString("hex")}`;
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
     VALUES ($1, $2, $3, 'aws', 'prod', $4, $5, 'connected', now())`,
    [
      acme.tenantId,
      accountId,
      awsAccountId,
      externalId,
      `arn:aws:iam::${awsAccountId}:role/PosturioReadOnly`,
    ],
  );
  const principals = ["arn:aws:iam::999999999999:role/posturio-scanner"];
  sandbox.control.putRole({
    account: awsAccountId,
    name: "PosturioReadOnly",
    principals,
    externalIds: [externalId],
  });
  await requestScan(acme, { accountId, trigger: "manual" });
  await runAll("scan");
});

/** Runs every item of the kind that is due, as a worker would when its hint arrives. */
async function runAll(kind: string): Promise<number> {
  const due = await database.sql<{ id: string }>(
    `UPDATE work_items SET hinted_at = now() WHERE tenant_id = $1 AND kind = $2 AND state = 'queued' AND due_at <= business_now()
     RETURNING id`,
    [acme.tenantId, kind],
  );
  for (const { id } of due) await runWork(worker, { v: 2, workId: id });
  return due.length;
}

/** Everything that happened is five minutes older, and what was due in five minutes is due. */
async function fiveMinutesPass(): Promise<void> {
  const older = "- interval '5 minutes'";
  await database.sql(`UPDATE work_items SET due_at = due_at ${older} WHERE tenant_id = $1`, [acme.tenantId]);
  await database.sql(`UPDATE scans SET started_at = started_at ${older} WHERE tenant_id = $1`, [
    acme.tenantId,
  ]);
  await database.sql(`UPDATE finding_looks SET requested_at = requested_at ${older} WHERE tenant_id = $1`, [
    acme.tenantId,
  ]);
}

async function keyOf(checkId: string): Promise<string> {
  const [row] = (await listFindings(acme, { checkId: [checkId] })).rows;
  return row?.key ?? "";
}

const looks = async (checkId = coverage) => (await getFinding(acme, await keyOf(checkId))).looks;
const scanCount = async () =>
  (
    await database.sql<{ n: number }>(
      "SELECT count(*)::int AS n FROM scans WHERE tenant_id = $1 AND trigger = 'look'",
      [acme.tenantId],
    )
  )[0]?.n;

/** The trail delivers again: CloudTrail retries within a second here. */
const repair = () => sandbox.control.setDelivery(awsAccountId, "audit", null);

async function look(): Promise<void> {
  await runAll("look_again");
  await runAll("scan");
}

test("looks at once, then every five minutes, and ends when the finding passes", async () => {
  const key = await keyOf(coverage);
  const begun = await lookAgain(acme, { key });
  expect(begun).toMatchObject({ done: 0, most: 12, everyMinutes: 5, ending: null });
  await look();
  const first = await looks();
  expect(first).toMatchObject({ done: 1, ending: null });
  const wait = Date.parse(first?.nextAt ?? "") - Date.now();
  expect(wait).toBeGreaterThan(4 * 60_000);
  expect(wait).toBeLessThan(6 * 60_000);
  expect(await runAll("look_again")).toBe(0);

  repair();
  let passes = false;
  for (let i = 0; i < 5 && !passes; i++) {
    await fiveMinutesPass();
    await look();
    // The page does not say that it still looks until the worker's next turn.
    passes = (await getFinding(acme, key)).observation === "passing";
    const { nextAt = null, ending = null } = (await looks()) ?? {};
    expect([nextAt === null, ending]).toEqual([passes, passes ? "passing" : null]);
  }
  await fiveMinutesPass();
  await look();
  expect(await getFinding(acme, key)).toMatchObject({ observation: "passing" });
  expect(await looks()).toMatchObject({ ending: "passing", nextAt: null });
  const scans = await scanCount();
  await fiveMinutesPass();
  expect(await runAll("look_again")).toBe(0);
  expect(await scanCount()).toBe(scans);
}, 120_000);

test("asking twice, also at the same moment, looks once", async () => {
  const key = await keyOf(coverage);
  const answers = await Promise.all([lookAgain(acme, { key }), lookAgain(acme, { key })]);
  expect(answers[0]?.requestedAt).toBe(answers[1]?.requestedAt);
  await look();
  expect((await lookAgain(acme, { key })).done).toBe(1);
  const items = await database.sql("SELECT id FROM work_items WHERE tenant_id = $1 AND kind = 'look_again'", [
    acme.tenantId,
  ]);
  expect(items).toHaveLength(1);
  const audited = await database.sql(
    "SELECT action FROM audit_log WHERE tenant_id = $1 AND action = 'finding.looks_requested'",
    [acme.tenantId],
  );
  expect(audited).toHaveLength(1);
});

test("ends after twelve looks when it still fails, and may be requested again", async () => {
  const key = await keyOf(coverage);
  await lookAgain(acme, { key });
  await look();
  await database.sql("UPDATE finding_looks SET done = 12 WHERE tenant_id = $1", [acme.tenantId]);
  await fiveMinutesPass();
  await look();
  expect(await looks()).toMatchObject({ ending: "spent", done: 12, nextAt: null });
  expect(await scanCount()).toBe(1);
  expect(await lookAgain(acme, { key })).toMatchObject({ done: 0, ending: null });
  await look();
  expect(await looks()).toMatchObject({ done: 1, ending: null });
});

test("a person stops it, and stopping again does nothing", async () => {
  const key = await keyOf(coverage);
  await lookAgain(acme, { key });
  await look();
  await stopLooking(acme, { key });
  await stopLooking(acme, { key });
  expect(await looks()).toMatchObject({ ending: "stopped", nextAt: null });
  await fiveMinutesPass();
  expect(await runAll("look_again")).toBe(0);
  expect(await scanCount()).toBe(1);
});

test("two findings of one account share their scans", async () => {
  await lookAgain(acme, { key: await keyOf(coverage) });
  await look();
  await lookAgain(acme, { key: await keyOf(validation) });
  await database.sql(
    "UPDATE finding_looks SET requested_at = requested_at - interval '1 minute' WHERE tenant_id = $1",
    [acme.tenantId],
  );
  await look();
  expect(await looks(validation)).toMatchObject({ done: 1 });
  expect(await scanCount()).toBe(1);
});

test("a disconnected account ends it with the reason in the item, and is not looked at", async () => {
  const key = await keyOf(coverage);
  await lookAgain(acme, { key });
  await database.sql("UPDATE accounts SET status = 'disconnected' WHERE tenant_id = $1", [acme.tenantId]);
  await look();
  expect(await looks()).toMatchObject({ ending: "failed", nextAt: null });
  await expect(lookAgain(acme, { key })).rejects.toMatchObject({ code: "conflict" });
  expect(await scanCount()).toBe(0);
});

describe("is refused", () => {
  test.each(["member", "auditor"] as const)("to a person who may not scan: %s", async (role) => {
    const other = await database.makeOrganization(`Other ${role}`, { role });
    await expect(lookAgain(other, { key: "PST-1" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(stopLooking(other, { key: "PST-1" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("for another organization's finding", async () => {
    const { id } = await getFinding(acme, await keyOf(coverage));
    const other = await database.makeOrganization("Other");
    await expect(lookAgain(other, { key: id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("for a finding that passes, and for the twenty-first at once", async () => {
    const root = (await listFindings(acme, { checkId: ["iam.root_mfa_disabled"] })).rows[0];
    await expect(lookAgain(acme, { key: root?.id ?? "" })).rejects.toMatchObject({ code: "conflict" });
    for (let i = 0; i < 20; i++) {
      const [row] = await database.sql<{ id: string }>(
        `INSERT INTO findings (tenant_id, account_id, check_id, observation_since) VALUES ($1, $2, $3, now()) RETURNING id`,
        [acme.tenantId, accountId, `test.check_${i}`],
      );
      await database.sql(
        "INSERT INTO finding_looks (tenant_id, finding_id, requested_by, requested_at) VALUES ($1, $2, 'x', now())",
        [acme.tenantId, row?.id],
      );
    }
    await expect(lookAgain(acme, { key: await keyOf(coverage) })).rejects.toThrow("20 findings");
  });
});
