import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getAccount } from "@/lib/accounts/list-accounts";
import { checks } from "@/lib/checks/registry";
import { testDatabase } from "@/lib/db/testing/database";
import { getFinding } from "@/lib/findings/get-finding";
import { cancelScan } from "@/lib/scans/cancel-scan";
import { getScan } from "@/lib/scans/get-scan";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { openQueue } from "@/lib/work-items/backend";
import { hasRedis, startRedis } from "@/lib/work-items/testing/redis";
import type { Sandbox } from "@/sandbox/server";
import {
  beginConnection,
  failingAccount,
  killWorkers,
  sandboxWith,
  spawnWorker,
  until,
  type WorkerProcess,
  workerEnvironment,
} from "./testing/bench";

// Real worker processes, stopped, paused and killed in mid-scan.

const database = testDatabase();
const ids = ["111111111111", "222222222222", "333333333333", "444444444444"];
let sandbox: Sandbox;
let environment: Record<string, string>;
let acme: TenantContext;
let other: TenantContext;
const accounts: string[] = [];

beforeAll(async () => {
  sandbox = await sandboxWith(ids.map(failingAccount));
  environment = workerEnvironment(sandbox);
  Object.assign(process.env, environment);
  acme = await database.makeOrganization("Acme");
  other = await database.makeOrganization("Other");
  await spawnWorker(environment);
  for (const id of ids) accounts.push(await beginConnection(sandbox, acme, id));
  for (const id of accounts) {
    await until(async () => (await getAccount(acme, id)).findings[0]?.observation === "failing", 40_000);
  }
  await killWorkers();
}, 90_000);

/** A scan that lasts a while: every Region's trails take their time. */
beforeEach(() => {
  sandbox.control.addFaults([{ kind: "latency", api: "cloudtrail:DescribeTrails", latencyMs: 2_500 }]);
});
afterEach(async () => {
  await killWorkers();
  sandbox.control.removeFaults();
});
afterAll(() => sandbox?.close());

const scanOf = (index: number) => requestScan(acme, { accountId: accounts[index] ?? "", trigger: "manual" });
const status = async (number: number) => (await getScan(acme, number)).status;
const isReading = async (number: number) => (await getScan(acme, number)).progress.regions.length > 0;
const ended = async (number: number) => !["queued", "running"].includes(await status(number));

/** One effect: one evaluation of each check, each finding counted as unchanged, the work item done. */
async function expectOneEffect(scan: { id: string }): Promise<void> {
  const rows = await database.sql<{ evaluations: number; unchanged: number; outcome: string }>(
    `SELECT (SELECT count(*)::int FROM evaluations WHERE scan_id = $1::uuid) AS evaluations,
            (SELECT count(*)::int FROM findings WHERE last_scan_id = $1::uuid AND unchanged_checks > 0) AS unchanged,
            (SELECT outcome FROM work_items WHERE subject_id = $1::uuid) AS outcome`,
    [scan.id],
  );
  expect(rows).toEqual([{ evaluations: checks.length, unchanged: checks.length, outcome: "finished" }]);
}

const writesOf = (scan: { id: string }, attempt: number) =>
  database.sql(
    `SELECT md5(calls) AS calls FROM run_progress WHERE subject_id = $1::uuid AND fence = $2
     UNION ALL SELECT md5(calls) FROM runs WHERE subject_id = $1::uuid AND fence = $2`,
    [scan.id, attempt],
  );

describe("a worker in mid-scan", () => {
  test("killed with SIGKILL: with the default lease the scan runs again within 30 s and has one effect", async () => {
    const defaults = { ...environment, POSTURIO_LEASE_SECONDS: "20", POSTURIO_RECONCILE_SECONDS: "5" };
    const victim = await spawnWorker(defaults);
    const scan = await scanOf(0);
    await until(() => isReading(scan.number), 10_000);
    victim.signal("SIGKILL");
    await victim.exited;
    await spawnWorker(defaults);
    const waited = await until(
      async () => (await getScan(acme, scan.number)).attempt === 2 && (await isReading(scan.number)),
      30_000,
    );
    expect(waited).toBeLessThan(30_000);
    await until(() => ended(scan.number), 20_000);
    expect(await getScan(acme, scan.number)).toMatchObject({ status: "complete", attempt: 2 });
    await expectOneEffect(scan);
  }, 90_000);

  test("paused past its lease and resumed: another finishes, and the first writes nothing", async () => {
    const sleeper = await spawnWorker(environment);
    const scan = await scanOf(1);
    await until(() => isReading(scan.number), 10_000);
    sleeper.signal("SIGSTOP");
    const written = await writesOf(scan, 1);
    await spawnWorker(environment);
    await until(() => ended(scan.number), 40_000);
    const finished = await getFinding(acme, (await getScan(acme, scan.number)).verdicts[0]?.findingKey ?? "");
    sleeper.signal("SIGCONT");
    await until(
      () => sleeper.log().includes("fenced out"),
      15_000,
      () => sleeper.log(),
    );
    expect(await writesOf(scan, 1)).toEqual(written);
    expect(await getFinding(acme, finished.key ?? "")).toEqual(finished);
    await expectOneEffect(scan);
  }, 90_000);

  test("stopped with SIGTERM: it puts the scan back, ends in time, and another goes on at once", async () => {
    sandbox.control.addFaults([{ kind: "latency", api: "cloudtrail:GetTrailStatus", latencyMs: 8_000 }]);
    const leaver = await spawnWorker(environment);
    const scan = await scanOf(2);
    await until(() => isReading(scan.number), 10_000);
    const stoppedAt = performance.now();
    leaver.signal("SIGTERM");
    expect(await leaver.exited).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(10_000);
    expect(leaver.log()).toContain("put back: the worker is stopping");
    expect(await getScan(acme, scan.number)).toMatchObject({ status: "queued", attempt: 1 });
    sandbox.control.removeFaults();
    await spawnWorker(environment);
    await until(() => ended(scan.number), 10_000);
    expect(await status(scan.number)).toBe("complete");
    await expectOneEffect(scan);
  }, 60_000);

  test("whose scan is cancelled writes nothing more", async () => {
    const worker = await spawnWorker(environment);
    const scan = await scanOf(3);
    await until(() => isReading(scan.number), 10_000);
    await cancelScan(acme, { number: scan.number });
    const written = await writesOf(scan, 1);
    await until(() => worker.log().includes("fenced out"), 15_000);
    expect(await writesOf(scan, 1)).toEqual(written);
    expect(await getScan(acme, scan.number)).toMatchObject({ status: "cancelled", verdicts: [] });
  }, 60_000);
});

describe("a hint that we did not write", () => {
  test("is refused and logged as a security event, and touches nothing", async () => {
    const queue = openQueue(() => {});
    const scan = await scanOf(0);
    const [item] = await database.sql<{ id: string }>(
      "UPDATE work_items SET due_at = now() + interval '1 hour' WHERE subject_id = $1::uuid RETURNING id",
      [scan.id],
    );
    const worker = await spawnWorker(environment);
    await queue.add({ v: 2, workId: scan.id }, "no-work-item");
    await queue.add({ v: 2, workId: item?.id, tenantId: other.tenantId }, "with-a-tenant");
    await queue.add({ v: 1, tenantId: other.tenantId, scanId: scan.id }, "of-an-older-version");
    // Ours in form, but not due: it names the item and gets nothing.
    await queue.add({ v: 2, workId: item?.id }, "too-early");
    await until(
      () => worker.log().includes("hint dropped"),
      10_000,
      () => worker.log(),
    );
    const refusals = () => worker.log().match(/"security":"work\.(unknown|refused)"/g)?.length;
    await until(
      () => refusals() === 3,
      10_000,
      () => worker.log(),
    );
    expect(await getScan(acme, scan.number)).toMatchObject({ status: "queued", attempt: 1, calls: [] });
    await queue.close();
    await cancelScan(acme, { number: scan.number });
  }, 60_000);
});

describe.runIf(hasRedis)("on Redis", () => {
  test("FLUSHALL in mid-run: every work item is back and done within 60 s", async () => {
    const redis = await startRedis();
    try {
      const workers: WorkerProcess[] = [];
      const onRedis = { ...environment, REDIS_URL: redis.url, POSTURIO_WORKER_CONCURRENCY: "1" };
      workers.push(await spawnWorker(onRedis));
      const scans = [await scanOf(0), await scanOf(1), await scanOf(2), await scanOf(3)];
      await until(
        async () => (await Promise.all(scans.map((scan) => status(scan.number)))).includes("running"),
        10_000,
      );
      await redis.client.flushall();
      const flushedAt = performance.now();
      for (const scan of scans)
        await until(
          () => ended(scan.number),
          60_000,
          () => workers[0]?.log() ?? "",
        );
      expect(performance.now() - flushedAt).toBeLessThan(60_000);
      for (const scan of scans) {
        expect(await status(scan.number)).toBe("complete");
        await expectOneEffect(scan);
      }
    } finally {
      await killWorkers();
      await redis.stop();
    }
  }, 120_000);
});
