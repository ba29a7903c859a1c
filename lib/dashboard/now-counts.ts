import type { TenantDb } from "@/lib/db/tenant-db";
import { placesOf } from "@/lib/findings/finding-place";
import { openStatuses } from "@/lib/findings/lifecycle/states";
import { coverageCheck } from "@/lib/snapshots/coverage-input";
import { type Day, startOf } from "@/lib/snapshots/day";
import { keptCounts } from "@/lib/tenancy/kept-counts";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

export interface NowCounts {
  readonly connected: number;
  readonly unreadable: number;
  readonly findings: number;
  readonly failing: number;
  readonly failing_production: number;
  readonly failing_since_today: number;
  readonly passing: number;
  readonly open: number;
  readonly urgent: number;
  readonly came_back: number;
  readonly overdue: number;
  readonly due_this_week: number;
  readonly awaiting_proof: number;
  readonly urgent_unassigned: number;
}

/** More new ones than this are "999+". */
const mostNew = 1_000;

/**
 * What the dashboard counts of now, in one statement over three indexes that hold all it needs; of a large organization
 * it is kept for two seconds, see keptCounts().
 */
export async function nowCounts(ctx: TenantContext, db: TenantDb, today: Day): Promise<NowCounts> {
  const { tenantId } = ctx;
  const places = [...placesOf({ observation: "failing" })];
  const passing = [...placesOf({ observation: "passing" })];
  const rows = await keptCounts(
    ctx,
    db,
    ["dashboard", today],
    () => db.$queryRaw<NowCounts[]>`
      WITH account AS (
        SELECT count(*) FILTER (WHERE standing <= 1)::int AS connected, count(*) FILTER (WHERE standing = 0)::int AS unreadable
        FROM accounts WHERE tenant_id = ${tenantId}::uuid AND standing <= 1
      ), finding AS (
        SELECT count(*)::int AS open,
          count(*) FILTER (WHERE f.priority <= 2)::int AS urgent,
          count(*) FILTER (WHERE f.comebacks > 0)::int AS came_back,
          count(*) FILTER (WHERE f.due_at < business_now())::int AS overdue,
          count(*) FILTER (WHERE f.due_at >= business_now() AND f.due_at < business_now() + interval '7 days')::int AS due_this_week,
          count(*) FILTER (WHERE f.status = 'awaiting_verification')::int AS awaiting_proof,
          count(*) FILTER (WHERE f.owner_id IS NULL AND f.priority <= 2)::int AS urgent_unassigned,
          count(*) FILTER (WHERE f.check_id = ${coverageCheck} AND f.place = ANY (${places}::smallint[]))::int AS failing,
          count(p.id) FILTER (WHERE f.check_id = ${coverageCheck} AND f.place = ANY (${places}::smallint[]))::int AS failing_production
        FROM findings f
          LEFT JOIN (SELECT id FROM accounts WHERE tenant_id = ${tenantId}::uuid AND environment = 'production') p
            ON p.id = f.account_id
        WHERE f.tenant_id = ${tenantId}::uuid AND f.status IN ('open', 'in_progress', 'awaiting_verification')
      )
      SELECT account.*, finding.*,
        (SELECT count(*)::int FROM findings f
           JOIN (SELECT id FROM accounts WHERE tenant_id = ${tenantId}::uuid AND standing <= 1) a ON a.id = f.account_id
         WHERE f.tenant_id = ${tenantId}::uuid AND f.check_id = ${coverageCheck} AND f.place = ANY (${passing}::smallint[])) AS passing,
        (SELECT count(*)::int FROM (
           SELECT 1 FROM findings
           WHERE tenant_id = ${tenantId}::uuid AND check_id = ${coverageCheck} AND place = ANY (${places}::smallint[])
             AND observation_since >= ${startOf(today)} AND status = ANY (${[...openStatuses]}::text[])
           LIMIT ${mostNew}) new) AS failing_since_today,
        (SELECT count(*)::int FROM (SELECT 1 FROM findings WHERE tenant_id = ${tenantId}::uuid LIMIT 1) one) AS findings
      FROM account, finding`,
    ([counts]) => (counts === undefined ? 0 : counts.connected + counts.open),
  );
  const [counts] = rows;
  if (!counts) throw new Error("The database did not count.");
  return counts;
}
