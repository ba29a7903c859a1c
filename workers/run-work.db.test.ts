import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getAccount } from "@/lib/accounts/list-accounts";
import { checks } from "@/lib/checks/registry";
import { beginErasing } from "@/lib/db/system/erasing";
import { testDatabase } from "@/lib/db/testing/database";
import { sha256OfJson } from "@/lib/evidence/canonical-json";
import { listFindings } from "@/lib/findings/list-findings";
import { eraseOrganizationWork } from "@/lib/retention/erase-organization-work";
import { cancelScan } from "@/lib/scans/cancel-scan";
import { getScan, getScanCall } from "@/lib/scans/get-scan";
import { listScans } from "@/lib/scans/list-scans";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { Sandbox } from "@/sandbox/server";
import { runWork, type WorkRunner } from "./run-work";
import { failingAccount, sandboxWith, workerEnvironment } from "./testing/bench";

const database = testDatabase();
const awsAccountId = "111111111111";
const externalId = `pst_${randomBytes(16).toString("hex")}`;
const accountId = randomUUID();
const worker: WorkRunner = {
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

async function request(): Promise<{ id: string; number: number; run: () => Promise<void> }> {
  const scan = await requestScan(acme, { accountId, trigger: "manual" });
  const [item] = await database.sql<{ id: string }>(
    "UPDATE work_items SET hinted_at = now() WHERE subject_id = $1::uuid RETURNING id",
    [scan.id],
  );
  return { ...scan, run: () => runWork(worker, { v: 2, workId: item?.id }) };
}

async function scanned(): Promise<Awaited<ReturnType<typeof getScan>>> {
  const scan = await request();
  await scan.run();
  return getScan(acme, scan.number);
}

const checkId = "cloudtrail.not_multi_region";
const standing = async () => (await listFindings(acme, { checkId: [checkId] })).rows[0];

test("the same hint delivered ten times at once has one effect", async () => {
  const scan = await request();
  await Promise.all(Array.from({ length: 10 }, () => scan.run()));
  await scan.run();
  const [row] = await database.sql<{ runs: number; evaluations: number; facts: number; progress: number }>(
    `SELECT (SELECT count(*)::int FROM evaluations WHERE scan_id = $1::uuid) AS evaluations,
            (SELECT count(*)::int FROM runs WHERE subject_id = $1::uuid) AS runs,
            (SELECT count(*)::int FROM scan_facts WHERE scan_id = $1::uuid) AS facts,
            (SELECT count(*)::int FROM run_progress) AS progress`,
    [scan.id],
  );
  expect(row).toEqual({ evaluations: checks.length, runs: 1, facts: 1, progress: 0 });
  const stored = await getScan(acme, scan.number);
  expect(stored.calls).toHaveLength(stored.apiCalls ?? 0);
  for (const { id, sha256 } of stored.calls) {
    const { answer } = await getScanCall(acme, scan.number, Number(id));
    expect(answer === null).toBe(sha256 === null);
    if (answer !== null) expect(sha256OfJson(answer)).toBe(sha256);
  }
  const tampered = await database.sql(
    "UPDATE answers SET body = '\\x007b7d' WHERE tenant_id = $1 RETURNING encode(hash, 'hex') AS hash",
    [acme.tenantId],
  );
  expect(tampered.length).toBeGreaterThan(3);
  const ok = stored.calls.find(({ api }) => api === "cloudtrail:DescribeTrails");
  await expect(getScanCall(acme, scan.number, Number(ok?.id))).rejects.toThrow("not the one that was read");
  await database.sql("DELETE FROM answers");
  expect(await standing()).toMatchObject({
    key: "PST-1",
    observation: "failing",
    reason: "SINGLE_REGION_ONLY",
  });
});

test("a hint for a scan that is not due, or was cancelled, does nothing", async () => {
  const scan = await request();
  await database.sql(
    "UPDATE work_items SET due_at = now() + interval '1 minute' WHERE subject_id = $1::uuid",
    [scan.id],
  );
  await scan.run();
  expect((await getScan(acme, scan.number)).status).toBe("queued");
  await database.sql("UPDATE work_items SET due_at = now() WHERE subject_id = $1::uuid", [scan.id]);
  await cancelScan(acme, { number: scan.number });
  await scan.run();
  expect((await getScan(acme, scan.number)).status).toBe("cancelled");
});

test("failing again opens no second finding and no second episode", async () => {
  await scanned();
  const { rows } = await listFindings(acme, { checkId: [checkId] });
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

describe("a scan that could not read", () => {
  const pending = async () =>
    (await listScans(acme, { accountId })).rows.filter(({ status }) => status === "queued");
  const settle = async () => {
    for (const { number } of await pending()) await cancelScan(acme, { number });
  };

  test("for a reason that may pass is tried again after 2, 10 and 60 minutes, and no more", async () => {
    await settle();
    sandbox.control.addFaults([{ kind: "html", api: "cloudtrail:DescribeTrails" }]);
    await scanned();
    const minutes: number[] = [];
    for (let retry = 1; retry <= 3; retry += 1) {
      const [next] = await pending();
      expect(next).toMatchObject({ trigger: "retry", requestedBy: null });
      const [item] = await database.sql<{ id: string; minutes: number }>(
        `UPDATE work_items SET hinted_at = now(), due_at = now() WHERE subject_id = $1::uuid
         RETURNING id, (SELECT extract(epoch FROM due_at - now()) / 60 FROM work_items WHERE subject_id = $1::uuid)::float8 AS minutes`,
        [next?.id],
      );
      minutes.push(Math.round(item?.minutes ?? 0));
      await runWork(worker, { v: 2, workId: item?.id });
    }
    expect(minutes).toEqual([2, 10, 60]);
    expect(await pending()).toEqual([]);
  }, 60_000);

  test("because it is denied is not tried again", async () => {
    sandbox.control.addFaults([{ kind: "deny", api: "cloudtrail:DescribeTrails" }]);
    await scanned();
    expect(await pending()).toEqual([]);
  }, 20_000);
});

test("a table locked for minutes puts the scan back without spending a try", async () => {
  const scan = await request();
  const locker = new pg.Client({ connectionString: database.superuserUrl });
  await locker.connect();
  await locker.query("BEGIN; LOCK TABLE evaluations IN SHARE MODE");
  try {
    await scan.run();
  } finally {
    await locker.query("ROLLBACK");
    await locker.end();
  }
  const [item] = await database.sql(
    "SELECT state, failures, losses, due_at > now() + interval '2 seconds' AS waits FROM work_items WHERE subject_id = $1::uuid",
    [scan.id],
  );
  expect(item).toEqual({ state: "queued", failures: 0, losses: 0, waits: true });
  expect((await getScan(acme, scan.number)).status).toBe("queued");
  await cancelScan(acme, { number: scan.number });
}, 30_000);

test("without a partition for its month a scan waits, unspent, and runs once there is one", async () => {
  const scan = await request();
  const [month] = await database.sql<{ name: string }>("SELECT to_char(now(), 'YYYY_MM') AS name");
  const tables = ["runs", "scan_facts"].map((table) => [table, `${table}_${month?.name}`] as const);
  for (const [table, part] of tables) await database.sql(`ALTER TABLE ${table} DETACH PARTITION ${part}`);
  await scan.run();
  const item = () =>
    database.sql(
      "SELECT state, failures, due_at > now() + interval '50 seconds' AS waits FROM work_items WHERE subject_id = $1::uuid",
      [scan.id],
    );
  expect(await item()).toEqual([{ state: "queued", failures: 0, waits: true }]);
  for (const [table, part] of tables) {
    await database.sql(
      `ALTER TABLE ${table} ATTACH PARTITION ${part} FOR VALUES IN ('${month?.name.replace("_", "-")}-01')`,
    );
  }
  await database.sql("UPDATE work_items SET due_at = now(), hinted_at = now() WHERE subject_id = $1::uuid", [
    scan.id,
  ]);
  await scan.run();
  expect(await item()).toEqual([{ state: "done", failures: 0, waits: false }]);
  expect((await getScan(acme, scan.number)).status).toBe("complete");
}, 20_000);

test("an erased organization is closed at once and gone after the worker's work", async () => {
  const doomed = await database.makeOrganization("Doomed");
  await database.sql(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id) VALUES ($1, '999999999990', 'aws', 'prod', 'pst_d')`,
    [doomed.tenantId],
  );
  await beginErasing(doomed.tenantId, eraseOrganizationWork);
  const [item] = await database.sql<{ id: string }>(
    "UPDATE work_items SET hinted_at = now() WHERE subject_id = $1::uuid RETURNING id",
    [doomed.tenantId],
  );
  await runWork(worker, { v: 2, workId: item?.id });
  expect(await database.sql("SELECT outcome FROM work_items WHERE id = $1::uuid", [item?.id])).toEqual([
    { outcome: "finished" },
  ]);
  expect(await database.sql("SELECT 1 FROM organizations WHERE id = $1::uuid", [doomed.tenantId])).toEqual(
    [],
  );
  expect(await database.sql("SELECT 1 FROM accounts WHERE tenant_id = $1::uuid", [doomed.tenantId])).toEqual(
    [],
  );
});
