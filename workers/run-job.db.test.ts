import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { getAccount } from "@/lib/accounts/list-accounts";
import { checks } from "@/lib/checks/registry";
import { testDatabase } from "@/lib/db/testing/database";
import { listFindings } from "@/lib/findings/list-findings";
import { cancelScan } from "@/lib/scans/cancel-scan";
import { getScan } from "@/lib/scans/get-scan";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { Sandbox } from "@/sandbox/server";
import { type JobWorker, runJob } from "./run-job";
import { failingAccount, sandboxWith, workerEnvironment } from "./testing/bench";

const database = testDatabase();
const awsAccountId = "111111111111";
const externalId = `pst_${randomBytes(16).toString("hex")}`;
const accountId = randomUUID();
const worker: JobWorker = {
  id: "worker-under-test",
  leaseSeconds: 20,
  stopping: new AbortController().signal,
};
let sandbox: Sandbox;
let acme: TenantContext;

beforeAll(async () => {
  sandbox = await sandboxWith([failingAccount(awsAccountId)]);
  Object.assign(process.env, workerEnvironment(sandbox), { POSTURIO_SCAN_DEADLINE_SECONDS: "10" });
  acme = await database.makeOrganization("Acme");
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
});
beforeEach(() => void sandbox.control.removeFaults());
afterAll(() => sandbox?.close());

async function request(): Promise<{ id: string; number: number; run: (attempt?: number) => Promise<void> }> {
  const scan = await requestScan(acme, { accountId, trigger: "manual" });
  const payload = { v: 1, tenantId: acme.tenantId, scanId: scan.id };
  return { ...scan, run: (attempt = 1) => runJob(worker, "scan", `${scan.id}-${attempt}`, payload) };
}

async function scanned(): Promise<Awaited<ReturnType<typeof getScan>>> {
  const scan = await request();
  await scan.run();
  return getScan(acme, scan.number);
}

const checkId = "cloudtrail.not_multi_region";
const standing = async () => (await listFindings(acme, { checkId })).rows[0];

test("the same hint delivered ten times at once has one effect", async () => {
  const scan = await request();
  await Promise.all(Array.from({ length: 10 }, () => scan.run()));
  await scan.run();
  const [row] = await database.sql<{ calls: number; evaluations: number }>(
    `SELECT (SELECT count(*)::int FROM evaluations WHERE scan_id = $1::uuid) AS evaluations,
            (SELECT api_calls - (SELECT count(*) FROM readings WHERE scan_id = $1::uuid) FROM scans WHERE id = $1::uuid)::int AS calls`,
    [scan.id],
  );
  expect(row).toEqual({ evaluations: checks.length, calls: 0 });
  expect(await standing()).toMatchObject({
    key: "PST-1",
    observation: "failing",
    reason: "SINGLE_REGION_ONLY",
  });
});

test("a hint of an earlier or later attempt does nothing", async () => {
  const scan = await request();
  await scan.run(2);
  expect((await getScan(acme, scan.number)).status).toBe("queued");
  await cancelScan(acme, { number: scan.number });
  await scan.run();
  expect((await getScan(acme, scan.number)).status).toBe("cancelled");
});

test("failing again opens no second finding and no second episode", async () => {
  await scanned();
  const { rows } = await listFindings(acme, { checkId });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ key: "PST-1", episode: 1 });
  const [counts] = await database.sql(
    "SELECT count(*)::int AS episodes FROM episodes WHERE finding_id = $1::uuid",
    [rows[0]?.id],
  );
  expect(counts).toEqual({ episodes: 1 });
});

test.each([
  ["a role that AWS refuses", { kind: "deny", api: "sts:AssumeRole" }, "failed"],
  ["a service control policy on every Region", { kind: "scp", api: "cloudtrail:DescribeTrails" }, "failed"],
  ["HTML instead of JSON", { kind: "html", api: "cloudtrail:DescribeTrails" }, "failed"],
  ["a denied permission", { kind: "deny", api: "cloudtrail:DescribeTrails" }, "failed"],
] as const)("%s keeps the verdict that stood, says why, and loses nothing", async (_, fault, status) => {
  const before = await standing();
  sandbox.control.addFaults([fault]);
  const scan = await scanned();
  expect(scan.status).toBe(status);
  expect(scan.errorText).toBeTruthy();
  expect(scan.failures[0]?.text).toBeTruthy();
  // What one service refuses is no matter to the checks of another; without a session there is none for any.
  const isConcerned = (service: string) => [service, "sts"].includes(fault.api.split(":")[0] ?? "");
  expect(scan.verdicts.map(({ verdict }) => verdict)).toEqual(
    checks.map(({ service }) => (isConcerned(service) ? "NOT_EVALUATED" : "PASS")),
  );
  const after = await standing();
  expect(after).toMatchObject({
    status: "open",
    observation: "unknown",
    severity: before?.severity,
    short: before?.short,
  });
  expect(after?.decidedAt).toBe(before?.decidedAt);
  sandbox.control.removeFaults();
  await scanned();
  expect(await standing()).toMatchObject({ observation: "failing", key: "PST-1" });
  expect((await getAccount(acme, accountId)).status).toBe("connected");
});

test("a Region that hangs ends with the scan's deadline, as a partial scan that says so", async () => {
  sandbox.control.addFaults([{ kind: "hang", api: "cloudtrail:DescribeTrails", region: "eu-west-1" }]);
  const startedAt = performance.now();
  const scan = await scanned();
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  expect(scan.status).toBe("partial");
  expect(scan.progress.regions.find((region) => region.name === "eu-west-1")?.state).toBe("failed");
  expect(scan.failures.map((failure) => failure.regions)).toContainEqual(["eu-west-1"]);
  expect(await standing()).toMatchObject({ observation: "failing" });
}, 40_000);

test("a scan whose account was disconnected is given up in words, not repeated", async () => {
  const scan = await request();
  await database.sql("UPDATE accounts SET status = 'disconnected' WHERE id = $1::uuid", [accountId]);
  await scan.run();
  expect(await getScan(acme, scan.number)).toMatchObject({
    status: "failed",
    errorText: "The account is not connected.",
  });
  await database.sql("UPDATE accounts SET status = 'connected' WHERE id = $1::uuid", [accountId]);
});
