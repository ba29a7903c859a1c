import { beforeAll, describe, expect, test } from "vitest";
import { overviewOf } from "@/lib/accounts/account-overview";
import { type Sql, sql } from "@/lib/db/sql";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { findingStatuses, observations } from "@/lib/findings/lifecycle/states";
import { conditionsOf, cut, listFindings } from "@/lib/findings/list-findings";
import { findingGroups, findingSorts } from "@/lib/findings/list-states";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { callsForWork, type FindingFilter } from "./conditions";
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
  // As after some time: rows that were inserted a moment ago may be younger than what another session still sees.
  await database.sql(
    "UPDATE pg_class SET relallvisible = relpages WHERE relname IN ('findings', 'accounts')",
  );
}, 120_000);

/** The plan of a page in the middle of the list, as the application's own role. */
async function planOf(filter: FindingFilter): Promise<string> {
  const order = orderOf(filter);
  const first = await listFindings(large, { ...filter, limit: 50 });
  const after = first.nextCursor === null ? null : order.after(order.decode(first.nextCursor));
  const page = cut(filter, [...conditionsOf(large, filter), after], order.orderBy, 51);
  return explained(sql`SELECT * FROM ${page}`);
}

/**
 * `withoutRows`: whatever it costs here, where rows are narrow and lie side by side, without fetching them if an index has
 * all there is to know.
 */
async function explained(statement: Sql, { withoutRows = false } = {}): Promise<string> {
  return withTenant(large, async (db) => {
    for (const way of withoutRows ? ["bitmapscan", "seqscan"] : [])
      await db.$queryRaw`SELECT set_config(${`enable_${way}`}, 'off', true)`;
    const rows = await db.$queryRaw<{ "QUERY PLAN": string }[]>(sql`EXPLAIN ${statement}`);
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
    const plan = await explained(cellsOf(large, { group }), { withoutRows: true });
    expect(plan).toContain(`Index Only Scan using ${index}`);
  },
);

describe("what a filter holds back is not fetched", () => {
  const late = { severity: ["HIGH" as const], environment: ["production" as const], due: "overdue" };

  test("by the page", async () => {
    for (const filter of [late, { environment: ["production" as const] }, { status: ["open" as const] }]) {
      expect(await planOf(withDefaultView(filter))).toContain(
        "Index Only Scan using findings_by_urgency_idx on findings f_1",
      );
    }
  });

  test("by the counts", async () => {
    const counted = (filter: FindingFilter) =>
      explained(cellsOf(large, withDefaultView(filter)), { withoutRows: true });
    expect(await counted(late)).toContain("Index Only Scan using findings_open_idx");
    const wide = await counted({ environment: ["production", "staging"], priority: ["P1"] });
    expect(wide).toContain("Index Only Scan using findings_by_urgency_idx");
    expect(wide).toContain("Index Only Scan using accounts_by_environment_idx");
  });

  test("and the clock is read once, not for each row", async () => {
    expect(await planOf(withDefaultView(late))).not.toContain("business_now");
    expect(await explained(cellsOf(large, withDefaultView(late)))).not.toContain("business_now");
  });
});

test("what calls for work is what the database says it is, whatever the status", async () => {
  const ctx = await database.makeOrganization("Statuses");
  const pairs = findingStatuses.values.flatMap((status) =>
    observations.values.map((observation) => [status, observation] as const),
  );
  const [accountId] = (
    await database.sql(
      `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id)
       VALUES ($1, '600000000000', 'aws', 'one', 'pst_statuses') RETURNING id`,
      [ctx.tenantId],
    )
  ).map((row) => row["id"]);
  for (const [index, [status, observation]] of pairs.entries()) {
    await database.sql(
      `INSERT INTO findings (tenant_id, account_id, check_id, status, observation, severity, observation_since)
       VALUES ($1, $2, $3, $4, $5, 'HIGH', now())`,
      [ctx.tenantId, accountId, `check.${index}`, status, observation],
    );
  }
  const rows = await withTenant(ctx, (db) =>
    db.$queryRaw<{ status: string; observation: string; stored: boolean; said: boolean }[]>(
      sql`SELECT f.status, f.observation, f.needs_work AS stored, ${callsForWork} AS said FROM findings f`,
    ),
  );
  expect(rows).toHaveLength(pairs.length);
  expect(rows.filter(({ stored, said }) => stored !== said)).toEqual([]);
});

test("what pages say of all accounts is read by indexes", async () => {
  expect(await explained(overviewOf(large.tenantId))).not.toContain("Seq Scan");
});
