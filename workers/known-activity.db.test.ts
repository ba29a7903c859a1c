import { afterAll, beforeAll, expect, test } from "vitest";
import { getAccount } from "@/lib/accounts/list-accounts";
import { advanceClock } from "@/lib/db/system/clock";
import { testDatabase } from "@/lib/db/testing/database";
import { getScan } from "@/lib/scans/get-scan";
import { listScans } from "@/lib/scans/list-scans";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";
import { beginConnection, until, workerEnvironment } from "./testing/bench";
import { type RunningWorker, startWorker } from "./worker";

const database = testDatabase();
let sandbox: Sandbox;
let worker: RunningWorker;
let acme: TenantContext;

/** Nothing happens in the account but our own calls, and its trail has delivered nothing for days. */
function quietAccount(id: string, silentRegions: readonly string[] = []): CaseSpec {
  const status = { isLogging: true, startLoggingTime: "-300d", latestDeliveryTime: "-3d" };
  const trails = [{ name: "audit", homeRegion: "eu-west-1", isMultiRegion: true, status, silentRegions }];
  return { account: { id }, roles: [], quiet: true, trails };
}

const delivers = "111111111111";
const silent = "222222222222";
const silentInOne = "333333333333";

beforeAll(async () => {
  const accounts = [
    quietAccount(delivers),
    quietAccount(silent, ["*"]),
    quietAccount(silentInOne, ["us-west-2"]),
  ];
  sandbox = await startSandbox({ world: { accounts, settings: { deliveryDelaySeconds: 300 } } });
  Object.assign(process.env, workerEnvironment(sandbox));
  worker = await startWorker();
  acme = await database.makeOrganization("Acme");
});

afterAll(async () => {
  await worker?.stop();
  await sandbox?.close();
});

/** What the check said in a scan, once it is done. */
async function said(number: number): Promise<{ verdict: string; short: string | null }> {
  await until(async () => !["queued", "running"].includes((await getScan(acme, number)).status), 30_000);
  const { verdicts } = await getScan(acme, number);
  const found = verdicts.find(({ checkId }) => checkId === "cloudtrail.not_multi_region");
  return { verdict: found?.verdict ?? "", short: found?.short ?? null };
}

test("each daily scan proves the delivery of the one before, Region by Region", async () => {
  const ids = new Map<string, string>();
  for (const account of [delivers, silent, silentInOne]) {
    const id = await beginConnection(sandbox, acme, account);
    await until(async () => (await getAccount(acme, id)).status === "connected", 30_000);
    ids.set(account, id);
  }
  const id = (account: string) => ids.get(account) ?? "";
  const first = async (account: string) => {
    const numbers = async () => (await listScans(acme, { accountId: id(account) })).rows;
    await until(async () => (await numbers()).length > 0, 10_000);
    return said((await numbers()).at(-1)?.number ?? 0);
  };
  const unproven = { verdict: "PASS", short: "No recent delivery to prove it" };
  for (const account of ids.keys()) expect(await first(account)).toEqual(unproven);

  sandbox.control.time({ advance: "25h" });
  await advanceClock(25 * 3_600);
  const again = async (account: string) =>
    said((await requestScan(acme, { accountId: id(account), trigger: "manual" })).number);
  expect(await again(delivers)).toEqual({ verdict: "PASS", short: "17 of 17 logged" });
  expect(await again(silent)).toEqual({ verdict: "FAIL", short: "Delivery gone quiet, 17 of 17" });
  expect(await again(silentInOne)).toEqual({ verdict: "FAIL", short: "Delivery gone quiet, 1 of 17" });
}, 120_000);
