import type { TenantDb } from "@/lib/db/tenant-db";
import { placesOf } from "@/lib/findings/finding-place";
import { openStatuses } from "@/lib/findings/lifecycle/states";
import { coverageCheck } from "@/lib/snapshots/coverage-input";
import { dayOf, startOf } from "@/lib/snapshots/day";
import { keptCounts } from "@/lib/tenancy/kept-counts";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

export interface NowCounts {
  readonly connected: number;
  readonly unreadable: number;
  readonly findings: number;
  readonly failing: number;
  readonly failing_production: number;
  readonly failing_since_today: number;
  readonly undecided: number | null;
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

/** Counting takes a tenth of a second where it is kept: it must not be every twentieth request that pays for it. */
const keptMs = 15_000;

/**
 * What the dashboard counts of now (with the seven days that begin with today in the organization's time zone), in one statement over three indexes that hold all it needs; of a large organization
 * it is kept for a quarter of a minute, but no longer than until somebody changes something: see keptCounts().
 */
export async function nowCounts(
  ctx: TenantContext,
  db: TenantDb,
  { now, week_from, week_to }: { readonly now: Date; readonly week_from: Date; readonly week_to: Date },
): Promise<NowCounts> {
  const { tenantId } = ctx;
  const today = dayOf(now);
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
          count(*) FILTER (WHERE f.due_at < ${now})::int AS overdue,
          count(*) FILTER (WHERE f.due_at >= ${week_from} AND f.due_at < ${week_to})::int AS due_this_week,
          count(*) FILTER (WHERE f.status = 'awaiting_verification')::int AS awaiting_proof,
          count(*) FILTER (WHERE f.owner_id IS NULL AND f.priority <= 2)::int AS urgent_unassigned,
          count(*) FILTER (WHERE f.check_id = ${coverageCheck} AND f.place = ANY (${places}::smallint[]))::int AS failing,
          count(p.id) FILTER (WHERE f.check_id = ${coverageCheck} AND f.place = ANY (${places}::smallint[]))::int AS failing_production
        FROM findings f
          LEFT JOIN (SELECT id FROM accounts WHERE tenant_id = ${tenantId}::uuid AND environment = 'production') p
            ON p.id = f.account_id
        WHERE f.tenant_id = ${tenantId}::uuid AND f.status IN ('open', 'in_progress', 'awaiting_verification', 'reopened')
      )
      SELECT account.*, finding.*,
        CASE WHEN finding.failing = 0 THEN account.connected - (
          SELECT count(*)::int FROM findings f
            JOIN (SELECT id FROM accounts WHERE tenant_id = ${tenantId}::uuid AND standing <= 1) a ON a.id = f.account_id
          WHERE f.tenant_id = ${tenantId}::uuid AND f.check_id = ${coverageCheck} AND f.place = ANY (${passing}::smallint[])) END AS undecided,
        (SELECT count(*)::int FROM (
           SELECT 1 FROM findings
           WHERE tenant_id = ${tenantId}::uuid AND check_id = ${coverageCheck} AND place = ANY (${places}::smallint[])
             AND observation_since >= ${startOf(today)} AND status = ANY (${[...openStatuses]}::text[])
           LIMIT ${mostNew}) new) AS failing_since_today,
        (SELECT count(*)::int FROM (SELECT 1 FROM findings WHERE tenant_id = ${tenantId}::uuid
                                    ORDER BY place, observation_since, id LIMIT 1) one) AS findings
      FROM account, finding`,
    ([counts]) => (counts === undefined ? 0 : counts.connected + counts.open),
    keptMs,
  );
  const [counts] = rows;
  if (!counts) throw new Error("The database did not count.");
  return counts;
}
