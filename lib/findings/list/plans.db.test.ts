import { beforeAll, describe, expect, test } from "vitest";
import { sql } from "@/lib/db/sql";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { conditionsOf, cut, listFindings } from "@/lib/findings/list-findings";
import { findingGroups, findingSorts } from "@/lib/findings/list-states";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { FindingFilter } from "./conditions";
import { cellsOf } from "./counts";
import { withDefaultView } from "./default-view";
import { isOrdered } from "./finding-query";
import { orderOf } from "./orders";

const database = testDatabase();
let large: TenantContext;

/** Many rows of one organization, among those of others, so that the planner has a choice. */
const accounts = 20_000;

beforeAll(async () => {
  large = await database.makeOrganization("Large");
  for (const ctx of [large, await database.makeOrganization("Beside")]) {
    await database.sql(
      `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status, environment)
       SELECT $1::uuid, (500000000000 + i)::text, 'aws', 'n' || i, 'pst_' || $1::text || i, 'connected',
              CASE i % 10 WHEN 0 THEN 'staging' ELSE 'production' END
       FROM generate_series(1, ${accounts}) i`,
      [ctx.tenantId],
    );
    await database.sql(
      `INSERT INTO findings (tenant_id, account_id, check_id, status, observation, severity, score, priority, cause,
                             cause_rank, owner_id, due_at, due_set_by, observation_since)
       SELECT $1::uuid, a.id, 'cloudtrail.not_multi_region', CASE WHEN r.n < 0.4 THEN 'open' ELSE 'none' END,
              CASE WHEN r.n < 0.4 THEN 'failing' WHEN r.n < 0.42 THEN 'unknown' ELSE 'passing' END,
              CASE WHEN r.n < 0.4 THEN 'HIGH' END, CASE WHEN r.n < 0.4 THEN (r.n * 200)::int END,
              CASE WHEN r.n < 0.4 THEN 1 + floor(r.n * 9)::int END, CASE WHEN r.n < 0.4 THEN 'no-trail' END,
              CASE WHEN r.n < 0.2 THEN 10 WHEN r.n < 0.4 THEN 50 ELSE 999 END,
              CASE WHEN r.n < 0.1 THEN $2::uuid END,
              CASE WHEN r.n < 0.4 THEN now() + r.n * interval '90 days' END, CASE WHEN r.n < 0.4 THEN 'policy' END,
              now() - r.n * interval '300 days'
       FROM accounts a, LATERAL (SELECT random() AS n WHERE a.id IS NOT NULL) r WHERE a.tenant_id = $1::uuid`,
      [ctx.tenantId, userIdOf(ctx)],
    );
  }
  await database.sql("VACUUM ANALYZE findings");
  await database.sql("VACUUM ANALYZE accounts");
}, 120_000);

/** The plan of a page in the middle of the list, as the application's own role. */
async function planOf(filter: FindingFilter): Promise<string> {
  const order = orderOf(filter);
  const first = await listFindings(large, { ...filter, limit: 50 });
  const after = first.nextCursor === null ? null : order.after(order.decode(first.nextCursor));
  const page = cut(filter, [...conditionsOf(large, filter), after], order.orderBy, 51);
  return withTenant(large, async (db) => {
    const rows = await db.$queryRaw<{ "QUERY PLAN": string }[]>(sql`EXPLAIN SELECT * FROM ${page} f`);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
}

const combinations = [undefined, ...findingGroups.values].flatMap((group) =>
  findingSorts.values.map((sort) => ({ group, sort })).filter(isOrdered),
);

describe("a page of a large organization is read without reading a table from end to end", () => {
  test.each(combinations)("group $group, sort $sort", async (order) => {
    for (const filter of [withDefaultView(order), { ...order, observation: ["failing" as const] }]) {
      expect(await planOf(filter)).not.toContain("Seq Scan");
    }
  });

  test.each<[string, FindingFilter]>([
    ["findings_by_urgency_idx", withDefaultView({})],
    ["findings_by_urgency_idx", withDefaultView({ environment: ["staging"] })],
    ["findings_by_cause_idx", withDefaultView({ group: "cause" })],
    ["findings_by_owner_idx", withDefaultView({ group: "owner" })],
    ["findings_by_due_idx", withDefaultView({ sort: "due" })],
    ["findings_by_due_idx", withDefaultView({ group: "dueWeek" })],
    ["findings_by_since_idx", withDefaultView({ sort: "observationSince" })],
    ["accounts_by_name_idx", withDefaultView({ sort: "account" })],
    ["accounts_by_name_idx", withDefaultView({ group: "account" })],
  ])("by %s: %j", async (index, filter) => {
    const plan = await planOf(filter);
    expect(plan).toContain(index);
    // The page begins where the last one ended: nothing before it is read.
    expect(plan).toMatch(/Index Cond: .*(>|<)/);
  });

  test.each<[string, FindingFilter]>([
    ["owner", { owner: ["me"] }],
    ["due", { due: "overdue", sort: "due" }],
    ["region", { region: ["eu-west-1"] }],
    ["cause", { cause: ["no-trail"] }],
    ["claim", { claim: ["open"] }],
  ])("filter by %s", async (_name, filter) => {
    expect(await planOf(withDefaultView(filter))).not.toMatch(/Seq Scan on (findings|accounts)/);
  });
});

test.each([
  [undefined, "findings_counted_idx"],
  ["cause", "findings_counted_idx"],
] as const)(
  "groups by %s are counted by an index that has all they are counted from",
  async (group, index) => {
    const rows = await withTenant(large, async (db) => {
      // Rows of this test are narrow and lie side by side, so reading them costs less here than it does in a real table.
      await db.$queryRaw`SELECT set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`;
      return db.$queryRaw<{ "QUERY PLAN": string }[]>(sql`EXPLAIN ${cellsOf(large, { group })}`);
    });
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain(`Index Only Scan using ${index}`);
  },
);
