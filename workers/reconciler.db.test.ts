import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { disconnectAccount } from "@/lib/accounts/disconnect-account";
import { dueAccounts } from "@/lib/db/system/schedules";
import { claimWork } from "@/lib/db/system/work-items";
import { testDatabase } from "@/lib/db/testing/database";
import { getScan } from "@/lib/scans/get-scan";
import { listScans } from "@/lib/scans/list-scans";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { type HintQueue, openQueue } from "@/lib/work-items/backend";
import { kinds } from "./kinds";
import { reconcileWork } from "./reconciler";
import { startDueSchedules } from "./scheduler";

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

/** A scan whose worker holds it, after so many leases lost in a row. */
async function claimedScan(losses: number) {
  const scan = await requestScan(acme, { accountId: await connectedAccount(), trigger: "manual" });
  const [item] = await database.sql<{ id: string }>(
    "UPDATE work_items SET losses = $2, hinted_at = now() WHERE subject_id = $1::uuid RETURNING id",
    [scan.id, losses],
  );
  expect(await claimWork(item?.id ?? "", "dead-worker", 20)).not.toBeNull();
  return scan;
}
const reconcile = () => reconcileWork(queue, kinds);
const expireLeases = () =>
  database.sql("UPDATE work_items SET lease_until = now() - interval '1 second' WHERE state = 'running'");

test("a scan whose worker died is queued again, once, however many reconcile", async () => {
  const scan = await claimedScan(0);
  const item = () =>
    database.sql("SELECT state, fence, losses, failures FROM work_items WHERE subject_id = $1::uuid", [
      scan.id,
    ]);
  await reconcile();
  expect(await item()).toEqual([{ state: "running", fence: 1, losses: 0, failures: 0 }]);
  await expireLeases();
  await Promise.all([reconcile(), reconcile(), reconcile()]);
  expect(await item()).toEqual([{ state: "queued", fence: 1, losses: 1, failures: 0 }]);
  expect(await getScan(acme, scan.number)).toMatchObject({ status: "queued" });
});

test("a scan that killed its worker eight times in a row is given up, with a reason, and does not come back", async () => {
  const scan = await claimedScan(7);
  await expireLeases();
  await reconcile();
  const failed = await getScan(acme, scan.number);
  expect(failed).toMatchObject({ status: "failed", attempt: 1, verdicts: [] });
  expect(failed.errorText).toContain("8 times");
  await reconcile();
  expect((await getScan(acme, scan.number)).status).toBe("failed");
});

test("a scan that no worker started in time fails, with a reason", async () => {
  const scan = await requestScan(acme, { accountId: await connectedAccount(), trigger: "manual" });
  await database.sql(
    "UPDATE work_items SET expires_at = now() - interval '1 second' WHERE subject_id = $1::uuid",
    [scan.id],
  );
  await reconcile();
  expect(await getScan(acme, scan.number)).toMatchObject({ status: "failed" });
  expect((await getScan(acme, scan.number)).errorText).toContain("in time");
});

test("a due schedule creates one scan, however many look, and none while one is active", async () => {
  const accountId = await connectedAccount();
  await schedule(accountId, "-1 second");
  await Promise.all([startDueSchedules(), startDueSchedules(), startDueSchedules()]);
  const { rows } = await listScans(acme, { accountId });
  expect(rows).toMatchObject([{ trigger: "schedule", requestedBy: null, status: "queued" }]);
  await database.sql("UPDATE scan_schedules SET next_due_at = now() - interval '1 second'");
  await startDueSchedules();
  expect((await listScans(acme, { accountId })).rows).toHaveLength(1);
});

test("after an outage each account catches up once, and is next due within its period", async () => {
  const accounts = await Promise.all(Array.from({ length: 10 }, connectedAccount));
  for (const accountId of accounts) await schedule(accountId, "-3 days");
  await startDueSchedules();
  await startDueSchedules();
  for (const accountId of accounts) expect((await listScans(acme, { accountId })).rows).toHaveLength(1);
  const next = await database.sql<{ hours: number }>(
    "SELECT (extract(epoch FROM next_due_at - now()) / 3600)::float8 AS hours FROM scan_schedules WHERE account_id = ANY($1)",
    [accounts],
  );
  expect(next.every(({ hours }) => hours > 21.5 && hours <= 24)).toBe(true);
});

test("many schedules of one organization do not delay those of another", async () => {
  const many = await Promise.all(Array.from({ length: 30 }, connectedAccount));
  for (const accountId of many) await schedule(accountId, "-1 hour");
  const other = await database.makeOrganization("Other");
  const [account] = await database.sql<{ id: string }>(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, role_arn, status)
     VALUES ($1, '999988887777', 'aws', 'prod', 'pst_other', 'arn:aws:iam::999988887777:role/PosturioReadOnly', 'connected')
     RETURNING id`,
    [other.tenantId],
  );
  await database.sql(
    "INSERT INTO scan_schedules (tenant_id, account_id, next_due_at) VALUES ($1, $2, now() - interval '1 second')",
    [other.tenantId, account?.id],
  );
  const page = await dueAccounts("scan", { limit: 10, backlog: 200 });
  expect(page.find(({ tenantId }) => tenantId === other.tenantId)?.accountIds).toEqual([account?.id]);
  expect(page.find(({ tenantId }) => tenantId === acme.tenantId)?.accountIds).toHaveLength(9);
  const waiting = (await database.sql("SELECT 1 FROM work_items WHERE state = 'queued' AND kind = 'scan'"))
    .length;
  const short = await dueAccounts("scan", { limit: 10, backlog: waiting });
  expect(short.map(({ tenantId }) => tenantId)).toEqual([other.tenantId]);
});

test("the weekly probe of the external id is created once for each account that is due", async () => {
  const accountId = await connectedAccount();
  await schedule(accountId, "1 hour");
  await database.sql("UPDATE scan_schedules SET trust_due_at = now() - interval '1 second'");
  await startDueSchedules();
  await startDueSchedules();
  expect(
    await database.sql("SELECT kind, lane::text FROM work_items WHERE subject_id = $1::uuid", [accountId]),
  ).toEqual([{ kind: "trust_probe", lane: accountId }]);
});

test("a person who asks for an account that waits for its turn is served at once", async () => {
  const accountId = await connectedAccount();
  await schedule(accountId, "-3 days");
  await startDueSchedules();
  const [waiting] = (await listScans(acme, { accountId })).rows;
  const asked = await requestScan(acme, { accountId, trigger: "manual" });
  expect(asked.id).toBe(waiting?.id);
  const [row] = await database.sql<{ priority: number; due: boolean }>(
    "SELECT priority, due_at <= now() AS due FROM work_items WHERE subject_id = $1::uuid",
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
  await startDueSchedules();
  expect((await listScans(acme, { accountId })).rows).toMatchObject([{ id: scan.id, status: "cancelled" }]);
  await expect(requestScan(acme, { accountId, trigger: "manual" })).rejects.toMatchObject({
    code: "conflict",
  });
});
