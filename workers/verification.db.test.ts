import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getAccount } from "@/lib/accounts/list-accounts";
import { advanceClock } from "@/lib/db/system/clock";
import { testDatabase } from "@/lib/db/testing/database";
import { getFinding } from "@/lib/findings/get-finding";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { moveFinding } from "@/lib/verification/move-finding";
import type { Proof } from "@/lib/verification/proof";
import type { Sandbox } from "@/sandbox/server";
import {
  beginConnection,
  failingAccount,
  killWorkers,
  sandboxWith,
  spawnWorker,
  until,
  workerEnvironment,
} from "./testing/bench";

// Claims, proven or refuted by real workers against the sandbox, which delivers a second after a call.

const database = testDatabase();
const repaired = "111111111111";
const broken = "222222222222";
const stuck = "333333333333";
const strict = "444444444444";
const ids = new Map<string, string>();
let sandbox: Sandbox;
let acme: TenantContext;
let environment: Record<string, string>;

beforeAll(async () => {
  sandbox = await sandboxWith([repaired, broken, stuck, strict].map(failingAccount));
  environment = {
    ...workerEnvironment(sandbox),
    POSTURIO_VERIFICATION_LOOKS: "2,4,6,8,10,12",
    POSTURIO_VERIFICATION_GIVE_UP: "14",
  };
  Object.assign(process.env, environment);
  acme = await database.makeOrganization("Acme");
  await spawnWorker(environment);
  for (const id of [repaired, broken, stuck, strict]) ids.set(id, await beginConnection(sandbox, acme, id));
  for (const id of ids.values()) {
    await until(async () => (await getAccount(acme, id)).findings[0]?.observation === "failing", 60_000);
  }
}, 120_000);

afterAll(async () => {
  await killWorkers();
  await sandbox?.close();
});

interface Row {
  readonly id: string;
  readonly status: string;
  readonly claim_id: string | null;
  readonly looks: number;
  readonly retries: number;
  readonly reached_proof: string | null;
  readonly proof: Proof;
}

async function keyOf(account: string): Promise<string> {
  const found = (await getAccount(acme, ids.get(account) ?? "")).findings.find(
    ({ checkId }) => checkId === "cloudtrail.not_multi_region",
  );
  return found?.key ?? "";
}

const finding = async (account: string) => getFinding(acme, await keyOf(account));

async function claim(account: string) {
  const { key, triage } = await finding(account);
  await moveFinding(acme, { key: key ?? "", version: triage.version, to: "awaiting_verification" });
  return latest(account);
}

/** Verifications of the account's finding of this check, the latest first. */
async function verifications(account: string): Promise<Row[]> {
  return database.sql<Row & Record<string, unknown>>(
    `SELECT v.id::text, v.status, v.claim_id::text, v.looks, v.retries, v.reached_proof, v.proof FROM verifications v
     JOIN findings f ON f.tenant_id = v.tenant_id AND f.id = v.finding_id
     WHERE v.account_id = $1::uuid AND f.check_id = 'cloudtrail.not_multi_region' ORDER BY v.number DESC`,
    [ids.get(account) ?? ""],
  );
}

async function latest(account: string): Promise<Row> {
  const [row] = await verifications(account);
  if (!row) throw new Error("There is no verification.");
  return row;
}

async function status(account: string): Promise<string> {
  return (await finding(account)).status;
}

async function becomes(account: string, expected: string, timeoutMs = 60_000): Promise<void> {
  await until(
    async () => (await status(account)) === expected,
    timeoutMs,
    () => `${account} did not become ${expected}`,
  );
}

async function scan(account: string): Promise<void> {
  const { number } = await requestScan(acme, { accountId: ids.get(account) ?? "", trigger: "manual" });
  await until(async () => {
    const [row] = await database.sql<{ status: string }>(
      "SELECT status FROM scans WHERE tenant_id = $1::uuid AND number = $2",
      [acme.tenantId, number],
    );
    return !["queued", "running"].includes(row?.status ?? "");
  }, 30_000);
}

function fix(account: string): void {
  const trail = sandbox.control.trail(account, "audit");
  sandbox.control.world.materialize(trail);
  trail.isMultiRegion = true;
  trail.includeGlobalServiceEvents = true;
  sandbox.control.world.changed();
}

function revert(account: string): void {
  sandbox.control.deploy({ account, trail: "audit" });
}

async function pass(seconds: number): Promise<void> {
  sandbox.control.time({ advance: seconds });
  await advanceClock(seconds);
}

describe("a claim", () => {
  test("without a fix comes back, is counted, and shows the Regions that fail", async () => {
    const { id, claim_id } = await claim(broken);
    expect(claim_id).not.toBeNull();
    await becomes(broken, "open");
    const ended = await latest(broken);
    expect(ended).toMatchObject({ id, status: "failed", reached_proof: null, proof: { a: "failed" } });
    expect(ended.proof.regions.filter(({ a }) => a.state === "failed")).toHaveLength(16);
    expect((await finding(broken)).triage.failedClaims).toBe(1);
  }, 90_000);

  test("with the fix is proven by a delivery after our call in every Region, though its worker is killed", async () => {
    fix(repaired);
    const { id } = await claim(repaired);
    await until(async () => (await latest(repaired)).proof.a === "passed", 30_000);
    await killWorkers();
    await spawnWorker(environment);
    await becomes(repaired, "resolved");
    const proven = await latest(repaired);
    expect(proven).toMatchObject({ id, status: "passed", reached_proof: "delivered" });
    expect(proven.proof).toMatchObject({ a: "passed", b: "passed", inheritance: "passed", byDelivery: true });
    expect(proven.proof.regions).toHaveLength(17);
    for (const { a, b } of proven.proof.regions) {
      expect([a.state, b.state, b.evidence?.level]).toEqual(["passed", "passed", "delivered"]);
      expect(Date.parse(b.evidence?.latestDeliveryTime ?? "")).toBeGreaterThan(
        Date.parse(b.evidence?.sentAt ?? ""),
      );
    }
    const { triage, history } = await finding(repaired);
    expect(triage.dueAt).toBeNull();
    expect(history[0]).toMatchObject({ kind: "verified", actor: "system" });
    expect(
      await database.sql(
        `SELECT c.ending, e.verified_at IS NOT NULL AS verified FROM claims c
         JOIN findings f ON f.id = c.finding_id JOIN episodes e ON e.finding_id = f.id AND e.number = c.episode
         JOIN verifications v ON v.claim_id = c.id WHERE v.id = $1::uuid`,
        [id],
      ),
    ).toEqual([{ ending: "verified", verified: true }]);
  }, 120_000);

  test("that was proven is reopened by a second reading that fails, as the next episode, and not by the first", async () => {
    revert(repaired);
    await scan(repaired);
    expect(await finding(repaired)).toMatchObject({ observation: "failing", status: "resolved" });
    const [waiting] = await database.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM scans WHERE account_id = $1::uuid AND trigger = 'confirmation' AND status = 'queued'`,
      [ids.get(repaired) ?? ""],
    );
    expect(waiting?.n).toBe(1);
    await pass(301);
    await becomes(repaired, "reopened");
    expect(await finding(repaired)).toMatchObject({ episode: 2, observation: "failing" });
    expect((await finding(repaired)).history[0]).toMatchObject({ kind: "reopened" });
  }, 90_000);

  test("is not decided while nothing is delivered, is tried again by itself, and is proven then", async () => {
    fix(stuck);
    const silent = { kind: "deny", api: "cloudtrail:GetTrailStatus", region: "eu-west-1" } as const;
    await claim(stuck);
    await until(async () => (await latest(stuck)).proof.a === "passed", 30_000);
    sandbox.control.addFaults([silent]);
    await until(async () => (await latest(stuck)).status === "inconclusive", 60_000);
    const given = await latest(stuck);
    expect(given.proof.regions.filter(({ b }) => b.state !== "passed")).toMatchObject([
      { region: "eu-west-1", b: { state: "inconclusive", reason: "status_unreadable" } },
    ]);
    expect(await status(stuck)).toBe("awaiting_verification");
    sandbox.control.removeFaults();
    await pass(15 * 60 + 1);
    await becomes(stuck, "resolved");
    expect(await latest(stuck)).toMatchObject({ id: given.id, status: "passed", retries: 1 });
  }, 150_000);
});

describe("a pass that nobody claimed", () => {
  test("awaits verification and is proven, and withdrawing that is final until it fails again", async () => {
    fix(broken);
    await scan(broken);
    await becomes(broken, "awaiting_verification");
    const { triage, key } = await finding(broken);
    expect(await latest(broken)).toMatchObject({ status: "running" });
    await moveFinding(acme, { key: key ?? "", version: triage.version, to: "in_progress" });
    expect(await latest(broken)).toMatchObject({ status: "cancelled" });
    await scan(broken);
    expect(await status(broken)).toBe("in_progress");
    expect((await finding(broken)).triage.failedClaims).toBe(1);
  }, 90_000);
});

describe("what nobody can decide", () => {
  test("goes back to whoever works on it after three days, and is not tried by every scan", async () => {
    await claim(broken);
    await until(async () => (await latest(broken)).proof.a === "passed", 30_000);
    sandbox.control.addFaults([{ kind: "deny", api: "cloudtrail:GetTrailStatus", region: "eu-west-1" }]);
    await until(async () => (await latest(broken)).status === "inconclusive", 60_000);
    // The scans of three days see the same.
    await pass(73 * 3_600);
    await becomes(broken, "in_progress");
    sandbox.control.removeFaults();
    const [claimOfIt] = await database.sql<{ ending: string }>(
      "SELECT c.ending FROM claims c JOIN verifications v ON v.claim_id = c.id WHERE v.id = $1::uuid",
      [(await latest(broken)).id],
    );
    expect(claimOfIt?.ending).toBe("timed_out");
    expect((await finding(broken)).history[0]).toMatchObject({ kind: "claim_timed_out" });
    await scan(broken);
    expect(await status(broken)).toBe("in_progress");
  }, 120_000);
});

describe("an organization that demands our own call in a log file", () => {
  test("gets it from the bucket, Region by Region, with key and hash", async () => {
    await database.sql(
      "INSERT INTO triage_settings (tenant_id, required_proof) VALUES ($1::uuid, 'content')",
      [acme.tenantId],
    );
    fix(strict);
    await claim(strict);
    await becomes(strict, "resolved");
    const { proof, reached_proof } = await latest(strict);
    expect(reached_proof).toBe("content");
    for (const { region, b } of proof.regions) {
      expect(b).toMatchObject({
        state: "passed",
        evidence: { level: "content", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
      expect(b.evidence?.objectKey).toContain(`AWSLogs/${strict}/CloudTrail/${region}/`);
    }
  }, 90_000);
});
