import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getConnect } from "@/lib/accounts/get-connect";
import { getAccount } from "@/lib/accounts/list-accounts";
import { testDatabase } from "@/lib/db/testing/database";
import { getFinding } from "@/lib/findings/get-finding";
import { listFindings } from "@/lib/findings/list-findings";
import { getScan } from "@/lib/scans/get-scan";
import { listScans } from "@/lib/scans/list-scans";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { Sandbox } from "@/sandbox/server";
import { beginConnection, failingAccount, sandboxWith, until, workerEnvironment } from "./testing/bench";
import { type RunningWorker, startWorker } from "./worker";

const database = testDatabase();
let sandbox: Sandbox;
let worker: RunningWorker;
let acme: TenantContext;
const folder = mkdtempSync(join(tmpdir(), "posturio-worker-"));
const aliveFile = join(folder, "alive");

beforeAll(async () => {
  sandbox = await sandboxWith([
    failingAccount("111111111111"),
    failingAccount("222222222222"),
    failingAccount("333333333333"),
  ]);
  Object.assign(process.env, workerEnvironment(sandbox), { POSTURIO_ALIVE_FILE: aliveFile });
  worker = await startWorker();
  acme = await database.makeOrganization("Acme");
});

afterAll(async () => {
  await worker?.stop();
  await sandbox?.close();
  rmSync(folder, { recursive: true });
});

const settled = async (ctx: TenantContext, number: number) =>
  until(async () => !["queued", "running"].includes((await getScan(ctx, number)).status), 20_000);

test("a worker touches its file again and again", async () => {
  await until(() => existsSync(aliveFile), 10_000);
  rmSync(aliveFile);
  await until(() => existsSync(aliveFile), 10_000);
});

describe("connecting an account", () => {
  test("ticks every step, connects, schedules, scans, and opens the finding", async () => {
    const id = await beginConnection(sandbox, acme, "111111111111");
    await until(async () => (await getAccount(acme, id)).status === "connected", 20_000);
    const connect = await getConnect(acme, id);
    expect(connect.test?.steps.map((step) => [step.id, step.state])).toEqual([
      ["role_assumed", "passed"],
      ["refused_without_external_id", "passed"],
      ["refused_with_wrong_external_id", "passed"],
      ["account_confirmed", "passed"],
      ["regions_readable", "passed"],
      ["trails_readable", "passed"],
    ]);
    const first = connect.firstScanNumber ?? 0;
    await settled(acme, first);
    const scan = await getScan(acme, first);
    expect(scan).toMatchObject({ status: "complete", trigger: "connect", attempt: 1, errorText: null });
    expect(scan.regionsRead).toBe(scan.regionsTotal);
    expect(scan.progress.regions.every((region) => region.state !== "waiting")).toBe(true);
    expect(scan.calls.length).toBe(scan.apiCalls);
    const account = await getAccount(acme, id);
    expect(account.nextScanAt).not.toBeNull();
    expect(account.findings[0]).toMatchObject({
      checkId: "cloudtrail.not_multi_region",
      key: "PST-1",
      observation: "failing",
    });
    const finding = await getFinding(acme, "PST-1");
    expect(finding).toMatchObject({ status: "open", observation: "failing", episode: 1, isStale: false });
    expect(finding.decided?.evaluation).toMatchObject({ verdict: "FAIL", reason: "SINGLE_REGION_ONLY" });
    expect(finding.history.map((event) => event.kind)).toEqual(["detected"]);
  });

  test("a fix seen by the next scan turns the observation, and the finding awaits verification", async () => {
    const accountId = (await listFindings(acme)).rows[0]?.accountId ?? "";
    const trail = sandbox.control.trail("111111111111", "audit");
    trail.isMultiRegion = true;
    sandbox.control.world.changed();
    sandbox.control.time({ advance: "20m" });
    const { number } = await requestScan(acme, { accountId, trigger: "manual" });
    await settled(acme, number);
    const finding = await getFinding(acme, "PST-1");
    expect(finding.observation).not.toBe("failing");
    expect(finding.status).toBe("awaiting_verification");
    expect(finding.history.length).toBe(2);
  });

  test("a deleted role makes the account unreachable and leaves verdict and finding as they were", async () => {
    const before = await getFinding(acme, "PST-1");
    sandbox.control.removeRole("111111111111", "PosturioReadOnly");
    const { number } = await requestScan(acme, { accountId: before.accountId, trigger: "manual" });
    await settled(acme, number);
    expect(await getScan(acme, number)).toMatchObject({ status: "failed" });
    const account = await getAccount(acme, before.accountId);
    expect(account.status).toBe("unreachable");
    expect(account.statusText).toMatch(/role/);
    const after = await getFinding(acme, "PST-1");
    expect(after.decided).toEqual(before.decided);
    expect(after).toMatchObject({ status: before.status, observation: "unknown", severity: before.severity });
    expect(after.latest?.evaluation.reason).toBe("ROLE_NOT_ASSUMABLE");
  });

  test("a role created for another external id is refused and not stored", async () => {
    const id = await beginConnection(sandbox, acme, "222222222222", {
      externalIds: ["pst_of-someone-else"],
    });
    await until(
      async () => ["passed", "failed"].includes((await getConnect(acme, id)).test?.status ?? ""),
      25_000,
    );
    const { account, test: result } = await getConnect(acme, id);
    expect(result?.status).toBe("failed");
    expect(account).toMatchObject({ status: "draft", roleArn: null });
    expect(result?.steps.find((step) => step.state === "failed")?.error?.text).toBeTruthy();
    expect((await listScans(acme, { accountId: id })).rows).toEqual([]);
  }, 60_000);

  test("what one organization has, another does not see", async () => {
    const other = await database.makeOrganization("Other");
    const mine = (await listFindings(acme)).rows[0];
    expect((await listFindings(other)).rows).toEqual([]);
    expect((await listScans(other)).rows).toEqual([]);
    await expect(getFinding(other, "PST-1")).rejects.toMatchObject({ code: "not_found" });
    await expect(getFinding(other, mine?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    await expect(getAccount(other, mine?.accountId ?? "")).rejects.toMatchObject({ code: "not_found" });
    await expect(
      requestScan(other, { accountId: mine?.accountId ?? "", trigger: "manual" }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
