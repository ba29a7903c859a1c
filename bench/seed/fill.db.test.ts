import { beforeAll, expect, test } from "vitest";
import { catalogViolations } from "@/lib/db/catalog";
import { testDatabase } from "@/lib/db/testing/database";
import { getFinding } from "@/lib/findings/get-finding";
import { listFindings } from "@/lib/findings/list-findings";
import { renewScores } from "@/lib/findings/priority/renew-scores";
import { coverageOver } from "@/lib/snapshots/coverage-over";
import { coverageStrip } from "@/lib/snapshots/coverage-strip";
import { addDays } from "@/lib/snapshots/day";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { fill } from "./fill";
import { sizesOf } from "./load-sizes";

const database = testDatabase();
const sizes = sizesOf({ organizations: 3, accounts: 300, largeAccounts: 200, largeFindings: 599, days: 4 });
const today = new Date().toISOString().slice(0, 10);
const quiet = () => {};
let tenantId = "";

const count = async (table: string, where = "true") =>
  (await database.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`))[0]?.n;

beforeAll(async () => {
  const stopped = (text: string) => {
    if (text.startsWith("load-0001 of")) throw new Error("Interrupted.");
  };
  await expect(fill(database.superuserUrl, sizes, stopped, 50)).rejects.toThrow("Interrupted.");
  expect(await count("organizations")).toBe(1);
  await fill(database.superuserUrl, sizes, quiet, 50);
  tenantId =
    (await database.sql<{ id: string }>("SELECT id::text FROM organizations WHERE slug = 'load-0001'"))[0]
      ?.id ?? "";
}, 120_000);

test("as much is there as was asked for", async () => {
  expect(await count("organizations")).toBe(3);
  expect(await count("accounts")).toBe(300);
  expect(await count("accounts", `tenant_id = '${tenantId}'`)).toBe(200);
  expect(await count("findings")).toBe(sizes.findings);
  expect(await count("findings", `tenant_id = '${tenantId}'`)).toBe(599);
  expect(await count("evaluations")).toBe(sizes.findings);
  expect(await count("scans")).toBe(600);
  expect(await count("snapshots")).toBe(4 * 599);
});

test("findings are mixed: whatever lists are filtered by is there", async () => {
  for (const column of [
    "observation",
    "status",
    "severity",
    "priority",
    "cause",
    "comebacks",
    "due_set_by",
  ]) {
    const rows = await database.sql(`SELECT DISTINCT ${column} FROM findings WHERE ${column} IS NOT NULL`);
    expect(rows.length, column).toBeGreaterThan(1);
  }
  for (const where of [
    "owner_id IS NOT NULL",
    "owner_id IS NULL AND status = 'open'",
    "due_at < now()",
    "due_at > now()",
    "blind_regions <> '{}'",
    "ticket_url IS NOT NULL",
  ]) {
    expect(await count("findings", where), where).toBeGreaterThan(0);
  }
  for (const table of [
    "claims",
    "episodes",
    "finding_events",
    "scan_facts",
    "scan_results",
    "suggested_changes",
    "scan_schedules",
  ]) {
    expect(await count(table), table).toBeGreaterThan(0);
  }
});

test("numbers are gapless, and every reference holds", async () => {
  expect(
    await database.sql(
      `SELECT o.slug FROM organizations o JOIN counters c ON c.tenant_id = o.id AND c.name = 'finding'
       WHERE c.value <> (SELECT count(number) FROM findings f WHERE f.tenant_id = o.id)
          OR c.value <> (SELECT max(number) FROM findings f WHERE f.tenant_id = o.id)`,
    ),
  ).toEqual([]);
  const broken = {
    "a last evaluation": `SELECT 1 FROM findings f WHERE NOT EXISTS (
      SELECT 1 FROM evaluations e WHERE e.tenant_id = f.tenant_id AND e.month = f.last_month AND e.scan_id = f.last_scan_id AND e.check_id = f.check_id)`,
    "a deciding scan": `SELECT 1 FROM findings f WHERE decided_scan_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM scans s WHERE s.tenant_id = f.tenant_id AND s.id = f.decided_scan_id AND s.month = f.decided_month)`,
    "a claim that stands": `SELECT 1 FROM findings f WHERE (status = 'awaiting_verification') <> EXISTS (
      SELECT 1 FROM claims c WHERE c.tenant_id = f.tenant_id AND c.finding_id = f.id AND c.ended_at IS NULL)`,
    "an episode": `SELECT 1 FROM findings f WHERE (episode > 0) <> (number IS NOT NULL) OR episode <> (
      SELECT count(*) FROM episodes e WHERE e.tenant_id = f.tenant_id AND e.finding_id = f.id)`,
    "a cause and a severity": `SELECT 1 FROM findings WHERE (verdict IS NOT DISTINCT FROM 'FAIL') <> (cause IS NOT NULL)
      OR (cause IS NULL) <> (severity IS NULL) OR (priority IS NULL) <> (score IS NULL)`,
    "a verdict that fits": `SELECT 1 FROM findings WHERE (observation = 'failing' AND verdict <> 'FAIL') OR (observation = 'passing' AND verdict <> 'PASS')`,
    "a time in order":
      "SELECT 1 FROM findings WHERE observation_since > last_checked_at OR last_checked_at > now()",
  };
  for (const [what, query] of Object.entries(broken)) expect(await database.sql(query), what).toEqual([]);
  // The product starts on it: partitions that were made for older months are the keeper's and closed.
  expect(await catalogViolations(database.appUrl)).toEqual([]);
  // Every constraint is a validated one.
  expect(await database.sql("SELECT conname FROM pg_constraint WHERE NOT convalidated")).toEqual([]);
});

test("the product reads it", async () => {
  const ctx = await tenantFromJob({ tenantId });
  const { rows, total } = await listFindings(ctx, { observation: ["failing"], group: "cause" });
  expect(rows).toHaveLength(50);
  expect(total).toBeGreaterThan(100);
  const [first] = await database.sql<{ number: number }>(
    `SELECT f.number FROM findings f JOIN scan_results r ON r.tenant_id = f.tenant_id AND r.scan_id = f.decided_scan_id
     WHERE f.tenant_id = $1 AND f.status = 'open' AND f.check_id = 'cloudtrail.not_multi_region' AND f.observation = 'failing' LIMIT 1`,
    [tenantId],
  );
  const finding = await getFinding(ctx, `PST-${first?.number}`);
  expect(finding.decided?.evaluation.verdict).toBe("FAIL");
  expect(finding.history.length).toBeGreaterThan(0);
  const strip = await coverageStrip(ctx, { limit: 50, days: 5 });
  expect(strip.rows[0]?.cells).toHaveLength(5);
  const over = await coverageOver(ctx, { from: addDays(today, -4), to: addDays(today, -1) });
  expect(over.days).toHaveLength(4);
  expect(over.takenThrough).toBe(addDays(today, -1));
  expect(over.total.coveredShare).toBeGreaterThan(0.3);
  expect(over.total.coveredShare).toBeLessThan(1);
});

test("scores are those that the product computes", async () => {
  const ctx = await tenantFromJob({ tenantId });
  // Of the accounts whose results are stored: whether something is silent is read from them.
  const rows = await database.sql<{ id: string }>(
    "SELECT DISTINCT s.account_id::text AS id FROM scans s JOIN scan_results r ON r.tenant_id = s.tenant_id AND r.scan_id = s.id WHERE s.tenant_id = $1",
    [tenantId],
  );
  expect(rows.length).toBeGreaterThan(10);
  const accountIds = rows.map(({ id }) => id);
  expect(await withTenant(ctx, (db) => renewScores(db, tenantId, { accountIds }))).toBe(0);
});

test("what was interrupted goes on, and anything else is refused in one sentence", async () => {
  const before = await count("findings");
  await database.sql(`DELETE FROM snapshot_progress; DELETE FROM coverage_days WHERE day > current_date - 3`);
  await fill(database.superuserUrl, sizes, quiet);
  expect(await count("findings")).toBe(before);
  expect(await count("snapshot_progress")).toBe(1);
  expect(await count("coverage_days", "day = current_date - 1")).toBeGreaterThan(0);
  const refused = /already holds the organization load-0001, which a seed of these sizes does not make/;
  await expect(fill(database.superuserUrl, sizesOf({ ...sizes, seed: "another" }), quiet)).rejects.toThrow(
    refused,
  );
  await expect(
    fill(database.superuserUrl, sizesOf({ organizations: 3, accounts: 30 }), quiet),
  ).rejects.toThrow(refused);
  await database.makeOrganization("Acme");
  await expect(fill(database.superuserUrl, sizes, quiet)).rejects.toThrow(
    /already holds the organization acme-/,
  );
}, 60_000);
