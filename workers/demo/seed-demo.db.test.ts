import { afterAll, beforeAll, expect, test } from "vitest";
import { listAccounts } from "@/lib/accounts/list-accounts";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { checks } from "@/lib/checks/registry";
import { findUserByEmail } from "@/lib/db/system/identity";
import { testDatabase } from "@/lib/db/testing/database";
import { canonicalJson, sha256OfText } from "@/lib/evidence/canonical-json";
import { listFindings } from "@/lib/findings/list-findings";
import { storedEvaluations } from "@/lib/findings/stored-evaluation";
import { monthFrom } from "@/lib/history/month";
import { unpackJson } from "@/lib/history/packed-json";
import { readScanFacts } from "@/lib/history/scan-facts";
import { listScans } from "@/lib/scans/list-scans";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import { withTenant } from "@/lib/tenancy/with-tenant";
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
    const { rows: accounts } = await listAccounts(ctx);
    return accounts.length > 0 && accounts.every((account) => account.findings.length > 0);
  };
  await until(settled, 60_000);
  const { counts, rows } = await listFindings(ctx, { checkId: ["cloudtrail.not_multi_region"] });
  expect(counts.observation.failing).toBeGreaterThan(3);
  expect(counts.observation.passing).toBeGreaterThan(1);
  expect(counts.observation.unknown).toBeGreaterThan(0);
  expect(rows).toHaveLength(14);
  expect((await listAccounts(ctx)).rows.every((account) => account.status === "connected")).toBe(true);
}, 90_000);

test("root users are judged too: without MFA, without credentials, and where the role is too old to tell", async () => {
  const { rows } = await listFindings(await demo(), { checkId: ["iam.root_mfa_disabled"], limit: 50 });
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

test("every stored evaluation comes out the same, byte for byte, when its stored facts are judged again", async () => {
  const ctx = await demo();
  const scans = await withTenant(ctx, (db) => db.scan.findMany({ where: { tenantId: ctx.tenantId } }));
  let judged = 0;
  for (const { id, month } of scans) {
    if (month === null) continue;
    const { given, said, rows } = await withTenant(ctx, async (db) => ({
      given: await readScanFacts(db, ctx.tenantId, monthFrom(month), id),
      said: await storedEvaluations(db, ctx.tenantId, [{ id, month }], { withChange: true }),
      rows: await db.evaluation.findMany({ where: { tenantId: ctx.tenantId, month, scanId: id } }),
    }));
    const { facts, context } = given as { facts: Partial<Facts>; context: EvaluationContext };
    for (const check of checks) {
      const stored = said.find(({ evaluation }) => evaluation.checkId === check.id);
      const again = canonicalJson(check.evaluate(facts, context));
      expect(again).toBe(canonicalJson(stored?.evaluation));
      const words = canonicalJson(stored?.description);
      const sha256 = rows.find(({ checkId }) => checkId === check.id)?.sha256 ?? new Uint8Array();
      expect(Buffer.from(sha256).toString("hex")).toBe(
        sha256OfText(`{"description":${words},"evaluation":${again},"facts":${canonicalJson(given)}}`),
      );
      judged += 1;
    }
  }
  expect(judged).toBeGreaterThanOrEqual(14 * checks.length);
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
