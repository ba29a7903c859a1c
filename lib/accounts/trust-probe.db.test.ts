import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimWork, type Held } from "@/lib/db/system/work-items";
import { admitDue } from "@/lib/db/system/work-queue";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import { createTrustProbes } from "./create-trust-probes";
import { getAccount } from "./list-accounts";
import { runTrustProbe } from "./run-trust-probe";

const database = testDatabase();
const awsAccountId = "111111111111";
const scanner = "arn:aws:iam::999999999999:role/posturio-scanner";
const externalId = `pst_${randomBytes(16).toString("hex")}`;
const accountId = randomUUID();
let sandbox: Sandbox;
let acme: TenantContext;

beforeAll(async () => {
  sandbox = await startSandbox({
    world: { accounts: [{ account: { id: awsAccountId }, roles: [], trails: [] }] },
  });
  Object.assign(process.env, {
    POSTURIO_PRINCIPAL_ARN_AWS: scanner,
    AWS_ACCESS_KEY_ID: "AKIA999999999999SCAN",
    AWS_SECRET_ACCESS_KEY: "sandbox-does-not-check-signatures-000000",
    AWS_REGION: "us-east-1",
  });
  acme = await database.makeOrganization("Acme");
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, role_arn, status)
     VALUES ($1, $2, $3, 'aws', 'prod', $4, $5, 'connected')`,
    [
      acme.tenantId,
      accountId,
      awsAccountId,
      externalId,
      `arn:aws:iam::${awsAccountId}:role/PosturioReadOnly`,
    ],
  );
  await database.sql(
    "INSERT INTO scan_schedules (tenant_id, account_id, next_due_at) VALUES ($1, $2, now() + interval '1 day')",
    [acme.tenantId, accountId],
  );
});
afterAll(() => sandbox?.close());

/** Without external ids the trust policy has no condition. */
function trust(externalIds?: string[]): void {
  sandbox.control.putRole({
    account: awsAccountId,
    name: "PosturioReadOnly",
    principals: [scanner],
    ...(externalIds ? { externalIds } : {}),
  });
}

async function probe() {
  await database.sql("UPDATE scan_schedules SET trust_due_at = now() - interval '1 second'");
  expect(await createTrustProbes(acme, [accountId])).toBe(1);
  const [item] = await admitDue({
    perWorker: 5,
    perTenant: 5,
    kinds: [{ kind: "trust_probe", budget: "upkeep", share: 1 }],
  });
  const held = (await claimWork(item?.workId ?? "", "worker", 60)) as Held;
  const signal = new AbortController().signal;
  return runTrustProbe({
    ctx: acme,
    held,
    accountId,
    signal,
    endpoint: sandbox.url,
    retry: { openMs: 0, refusedMs: 0 },
  });
}

const account = () => getAccount(acme, accountId);
const audited = () =>
  database.sql("SELECT action FROM audit_log WHERE action LIKE 'account.trust%' ORDER BY at");

test("a role that asks for its external id is proven shut; one that does not is reported, until it is closed", async () => {
  trust([externalId]);
  expect(await probe()).toBe("shut");
  expect(await account()).toMatchObject({ trustProblem: null });
  expect((await account()).trustCheckedAt).not.toBeNull();

  trust();
  expect(await probe()).toBe("open");
  expect((await account()).trustProblem).toContain("without the external id");
  expect((await account()).trustProblem).toContain(externalId);

  sandbox.control.addFaults([{ kind: "throttle", api: "sts:AssumeRole" }]);
  expect(await probe()).toBe("undecided");
  expect((await account()).trustProblem).toContain("without the external id");
  sandbox.control.removeFaults();

  trust([externalId]);
  expect(await probe()).toBe("shut");
  expect((await account()).trustProblem).toBeNull();
  expect(await audited()).toEqual([{ action: "account.trust_open" }, { action: "account.trust_closed" }]);
}, 60_000);
