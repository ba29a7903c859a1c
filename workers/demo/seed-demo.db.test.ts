import { afterAll, beforeAll, expect, test } from "vitest";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { findUserByEmail } from "@/lib/db/system/identity";
import { testDatabase } from "@/lib/db/testing/database";
import { listFindings } from "@/lib/findings/list-findings";
import { unpackJson } from "@/lib/history/packed-json";
import { listScans } from "@/lib/scans/list-scans";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import { demoWorld } from "@/sandbox/worlds/demo";
import { until, workerEnvironment } from "@/workers/testing/bench";
import { type RunningWorker, startWorker } from "@/workers/worker";
import { seedDemo } from "./seed-demo";

const database = testDatabase();
let sandbox: Sandbox;
let worker: RunningWorker | undefined;

const input = {
  email: "demo@acme.example",
  password: "demo-Fg7hK2mQ9x-Lw",
  apiToken: `pst_live_${"a".repeat(43)}`,
  organization: { slug: "acme", name: "Acme" },
};
const demo = async () => {
  const user = await findUserByEmail(input.email);
  return tenantForUser(user?.id ?? "", "acme", "organization.view");
};

beforeAll(async () => {
  sandbox = await startSandbox({ world: demoWorld() });
  Object.assign(process.env, workerEnvironment(sandbox), { POSTURIO_DEMO: "1" });
});

afterAll(async () => {
  await worker?.stop();
  await sandbox?.close();
});

test("the demo organization connects, is scanned, and shows every kind of verdict", async () => {
  await seedDemo(input);
  worker = await startWorker();
  const ctx = await demo();
  const settled = async () => {
    const accounts = await listAccounts(ctx);
    return accounts.length > 0 && accounts.every((account) => account.findings.length > 0);
  };
  await until(settled, 60_000);
  const { counts, rows } = await listFindings(ctx, { checkId: "cloudtrail.not_multi_region" });
  expect(counts.observation.failing).toBeGreaterThan(3);
  expect(counts.observation.passing).toBeGreaterThan(1);
  expect(counts.observation.unknown).toBeGreaterThan(0);
  expect(rows).toHaveLength(14);
  expect((await listAccounts(ctx)).every((account) => account.status === "connected")).toBe(true);
}, 90_000);

test("root users are judged too: without MFA, without credentials, and where the role is too old to tell", async () => {
  const { rows } = await listFindings(await demo(), { checkId: "iam.root_mfa_disabled", limit: 50 });
  const reasonOf = (name: string) => rows.find((row) => row.accountName === name);
  expect(rows).toHaveLength(14);
  expect(
    rows
      .filter(({ observation }) => observation === "failing")
      .map((row) => row.accountName)
      .sort(),
  ).toEqual(["acme-legacy-billing", "acme-sandbox"]);
  expect(reasonOf("acme-security")?.reason).toBe("ROOT_HAS_NO_CREDENTIALS");
  expect(reasonOf("acme-prod")?.reason).toBe("ROOT_MFA_ENABLED");
  expect(rows.filter(({ observation }) => observation === "unknown").map((row) => row.accountName)).toEqual([
    "acme-analytics",
  ]);
});

test("members are judged with what the management account shows of the organization's trail", async () => {
  const scans = await database.sql<{ account: string; facts: Uint8Array }>(
    `SELECT a.name AS account, f.facts FROM scan_facts f JOIN scans s ON s.id = f.scan_id
     JOIN accounts a ON a.id = s.account_id`,
  );
  const judged = scans
    .filter(({ facts }) => {
      const { account: _, ...context } = (unpackJson(facts) as { context: Record<string, unknown> }).context;
      return JSON.stringify(context).includes('"accountId":"210987654321"');
    })
    .map(({ account }) => account);
  expect(judged).toContain("acme-marketing");
  expect(judged).not.toContain("acme-management");
});

test("a second start with a fresh sandbox changes nothing, and the roles still let us in", async () => {
  const ctx = await demo();
  const accounts = await listAccounts(ctx);
  const scans = await listScans(ctx);
  sandbox.control.reset();
  await seedDemo(input);
  expect(await listAccounts(ctx)).toEqual(accounts);
  expect(await listScans(ctx)).toEqual(scans);
  const trusted = sandbox.control.world.accounts.get("111122223333")?.roles.get("PosturioReadOnly")?.trust;
  expect(JSON.stringify(trusted)).toContain("pst_");
});
