import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { disconnectAccount } from "@/lib/accounts/disconnect-account";
import { claimDispatch } from "@/lib/db/system/dispatch";
import { testDatabase } from "@/lib/db/testing/database";
import { type HintQueue, openQueue } from "@/lib/jobs/backend";
import { getScan } from "@/lib/scans/get-scan";
import { listScans } from "@/lib/scans/list-scans";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { reconcileObligations } from "./reconciler";

const database = testDatabase();
let queue: HintQueue;
let acme: TenantContext;

beforeAll(async () => {
  queue = openQueue(() => {});
  acme = await database.makeOrganization("Acme");
});
afterAll(() => queue.close());
beforeEach(async () => {
  await database.sql("DELETE FROM scan_schedules");
});

async function connectedAccount(): Promise<string> {
  const id = randomUUID();
  const awsAccountId = `${Math.floor(Math.random() * 9e11 + 1e11)}`;
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
     VALUES ($1, $2, $3, 'aws', 'prod', $4, $5, 'connected', now())`,
    [
      acme.tenantId,
      id,
      awsAccountId,
      `pst_${randomBytes(16).toString("hex")}`,
      `arn:aws:iam::${awsAccountId}:role/PosturioReadOnly`,
    ],
  );
  return id;
}

async function schedule(accountId: string, due: string): Promise<void> {
  await database.sql(
    "INSERT INTO scan_schedules (tenant_id, account_id, every_minutes, next_due_at) VALUES ($1, $2, 1440, now() + $3::interval)",
    [acme.tenantId, accountId, due],
  );
}

async function claimedScan(attempt: number) {
  const scan = await requestScan(acme, { accountId: await connectedAccount(), trigger: "manual" });
  await database.sql("UPDATE dispatch SET attempt = $2 WHERE subject_id = $1::uuid", [scan.id, attempt]);
  await claimDispatch(
    { tenantId: acme.tenantId, kind: "scan", subjectId: scan.id, attempt },
    "dead-worker",
    20,
  );
  return scan;
}
const expireLeases = () =>
  database.sql("UPDATE dispatch SET lease_until = now() - interval '1 second' WHERE state = 'running'");

test("a scan whose worker died is queued again as its next attempt, once, however many reconcile", async () => {
  const scan = await claimedScan(1);
  await reconcileObligations(queue);
  expect((await getScan(acme, scan.number)).attempt).toBe(1);
  await expireLeases();
  await Promise.all([reconcileObligations(queue), reconcileObligations(queue), reconcileObligations(queue)]);
  expect(await getScan(acme, scan.number)).toMatchObject({ status: "queued", attempt: 2 });
});

test("a scan that killed its worker five times is given up, with a reason, and does not come back", async () => {
  const scan = await claimedScan(5);
  await expireLeases();
  await reconcileObligations(queue);
  const failed = await getScan(acme, scan.number);
  expect(failed).toMatchObject({ status: "failed", attempt: 1, verdicts: [] });
  expect(failed.errorText).toContain("5 times");
  await reconcileObligations(queue);
  expect((await getScan(acme, scan.number)).status).toBe("failed");
});

test("a scan that nobody started in time is given up, with a reason", async () => {
  const scan = await requestScan(acme, { accountId: await connectedAccount(), trigger: "manual" });
  await database.sql(
    "UPDATE dispatch SET deadline_at = now() - interval '1 second' WHERE subject_id = $1::uuid",
    [scan.id],
  );
  await reconcileObligations(queue);
  expect(await getScan(acme, scan.number)).toMatchObject({ status: "failed" });
  expect((await getScan(acme, scan.number)).errorText).toContain("in time");
});

test("a due schedule makes one scan, however many reconcile, and none while one is active", async () => {
  const accountId = await connectedAccount();
  await schedule(accountId, "-1 second");
  await Promise.all([reconcileObligations(queue), reconcileObligations(queue), reconcileObligations(queue)]);
  const { rows } = await listScans(acme, { accountId });
  expect(rows).toMatchObject([{ trigger: "schedule", requestedBy: null, status: "queued" }]);
  await database.sql("UPDATE scan_schedules SET next_due_at = now() - interval '1 second'");
  await reconcileObligations(queue);
  expect((await listScans(acme, { accountId })).rows).toHaveLength(1);
});

test("after an outage each account catches up once, spread over ten minutes", async () => {
  const accounts = await Promise.all(Array.from({ length: 10 }, connectedAccount));
  for (const accountId of accounts) await schedule(accountId, "-3 days");
  await reconcileObligations(queue);
  await reconcileObligations(queue);
  for (const accountId of accounts) expect((await listScans(acme, { accountId })).rows).toHaveLength(1);
  const delays = await database.sql<{ seconds: number }>(
    "SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM dispatch WHERE account_id = ANY($1)",
    [accounts],
  );
  const seconds = delays.map((row) => row.seconds);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(600);
  expect(Math.max(...seconds) - Math.min(...seconds)).toBeGreaterThan(60);
});

test("a person who asks for an account that waits for its turn is served at once", async () => {
  const accountId = await connectedAccount();
  await schedule(accountId, "-3 days");
  await reconcileObligations(queue);
  const [waiting] = (await listScans(acme, { accountId })).rows;
  const asked = await requestScan(acme, { accountId, trigger: "manual" });
  expect(asked.id).toBe(waiting?.id);
  const [row] = await database.sql<{ priority: number; due: boolean }>(
    "SELECT priority, due_at <= now() AS due FROM dispatch WHERE subject_id = $1::uuid",
    [asked.id],
  );
  expect(row).toEqual({ priority: 0, due: true });
});

test("a disconnected account is not scanned any more, its pending scan is cancelled, its history kept", async () => {
  const accountId = await connectedAccount();
  await schedule(accountId, "1 hour");
  const scan = await requestScan(acme, { accountId, trigger: "manual" });
  await disconnectAccount(acme, { id: accountId, confirmName: "prod" });
  await database.sql("UPDATE scan_schedules SET next_due_at = now() - interval '1 second'");
  await reconcileObligations(queue);
  expect((await listScans(acme, { accountId })).rows).toMatchObject([{ id: scan.id, status: "cancelled" }]);
  await expect(requestScan(acme, { accountId, trigger: "manual" })).rejects.toMatchObject({
    code: "conflict",
  });
});
