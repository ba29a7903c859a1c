import type { TenantDb } from "@/lib/db/tenant-db";
import { findingKey } from "@/lib/findings/finding-key";
import { placesOf } from "@/lib/findings/finding-place";
import { openStatuses } from "@/lib/findings/lifecycle/states";
import { isStale } from "@/lib/findings/staleness";
import { coverageCheck } from "@/lib/snapshots/coverage-input";
import { dayOf, startOf } from "@/lib/snapshots/day";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { DashboardNow, NewestFailing, Oldest } from "./dashboard-view";
import { decisionsOf } from "./decisions";
import { nowCounts } from "./now-counts";

/** What a security lead must know of this moment. Reads a few rows by index, and counts that are kept where they are many. */
export async function dashboardNow(ctx: TenantContext): Promise<DashboardNow> {
  authorize(ctx, "organization.view");
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const state = await stateOf(db, tenantId);
    const counts = await nowCounts(ctx, db, state);
    const decisions = await decisionsOf(db, tenantId, counts);
    const found = counts.open === 0 ? [] : await extremes(db, tenantId);
    return {
      asOf: state.now.toISOString(),
      checkId: coverageCheck,
      accounts: {
        total: counts.connected,
        unreadable: counts.unreadable,
        failing: counts.failing,
        failingProduction: counts.failing_production,
        failingSinceToday: counts.failing_since_today,
        undecided: counts.undecided,
      },
      newestFailing: newestOf(found, state.now),
      open: {
        total: counts.open,
        urgent: counts.urgent,
        cameBack: counts.came_back,
        overdue: counts.overdue,
        dueThisWeek: counts.due_this_week,
        awaitingProof: counts.awaiting_proof,
        urgentUnassigned: counts.urgent_unassigned,
      },
      mostOverdue: oldestOf(found, "overdue"),
      oldestClaim: oldestOf(found, "claim"),
      decisions: decisions.rows,
      decisionsTotal: decisions.total,
      firstScan: counts.findings > 0 ? null : await scanUnderWay(db, tenantId),
      lastScan:
        state.number === null || state.finished_at === null
          ? null
          : {
              number: state.number,
              finishedAt: state.finished_at.toISOString(),
              isStale: isStale(state.finished_at, state.every_minutes, state.now),
              everyMinutes: state.every_minutes,
            },
    };
  });
}

interface State {
  readonly now: Date;
  /** Seven days, of which today is the first, in the organization's time zone. */
  readonly week_from: Date;
  readonly week_to: Date;
  readonly number: number | null;
  readonly finished_at: Date | null;
  readonly every_minutes: number | null;
}

/** The time, and the newest scan that read something: among the last ones, for those that wait have read nothing yet. */
async function stateOf(db: TenantDb, tenantId: string): Promise<State> {
  const [row] = await db.$queryRaw<State[]>`
    SELECT now.at AS now, (now.at AT TIME ZONE zone.name)::date::timestamp AT TIME ZONE zone.name AS week_from,
           ((now.at AT TIME ZONE zone.name)::date + 7)::timestamp AT TIME ZONE zone.name AS week_to, s.number, s.finished_at, CASE WHEN d.enabled THEN d.every_minutes END AS every_minutes
    FROM (SELECT business_now() AS at) now
      CROSS JOIN (SELECT COALESCE(max(time_zone), 'UTC') AS name FROM triage_settings WHERE tenant_id = ${tenantId}::uuid) zone
      LEFT JOIN LATERAL (
        SELECT * FROM (SELECT number, account_id, status, finished_at FROM scans
                       WHERE tenant_id = ${tenantId}::uuid ORDER BY number DESC LIMIT 200) last
        WHERE status IN ('complete', 'partial') ORDER BY number DESC LIMIT 1) s ON true
      LEFT JOIN scan_schedules d ON d.tenant_id = ${tenantId}::uuid AND d.account_id = s.account_id`;
  if (!row) throw new Error("The database did not say what time it is.");
  return row;
}

async function scanUnderWay(db: TenantDb, tenantId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ number: number }[]>`
    SELECT number FROM (SELECT number, status FROM scans
                        WHERE tenant_id = ${tenantId}::uuid ORDER BY number DESC LIMIT 200) last
    WHERE status IN ('queued', 'running') ORDER BY number LIMIT 1`;
  return row?.number ?? null;
}

interface ExtremeRow {
  readonly kind: "overdue" | "claim" | "newest";
  readonly at: Date;
  readonly account_name: string;
  readonly number: number | null;
  readonly comebacks: number;
}

/** What has been late the longest, what was claimed first, and the newest failure of each severity; each by an index. */
function extremes(db: TenantDb, tenantId: string): Promise<ExtremeRow[]> {
  const places = [...placesOf({ observation: "failing" })];
  return db.$queryRaw<ExtremeRow[]>`
    SELECT e.kind, e.at, a.name AS account_name, e.number, e.comebacks
    FROM (
      (SELECT 'overdue' AS kind, due_at AS at, number, comebacks, account_id FROM findings
       WHERE tenant_id = ${tenantId}::uuid AND status IN ('open', 'in_progress', 'awaiting_verification', 'reopened')
         AND due_at < business_now()
       ORDER BY due_at LIMIT 1)
      UNION ALL
      SELECT 'claim', c.claimed_at, f.number, f.comebacks, f.account_id
      FROM (SELECT finding_id, claimed_at FROM claims
            WHERE tenant_id = ${tenantId}::uuid AND ended_at IS NULL ORDER BY claimed_at LIMIT 1) c
        JOIN findings f ON f.tenant_id = ${tenantId}::uuid AND f.id = c.finding_id
      UNION ALL
      SELECT 'newest', f.observation_since, f.number, f.comebacks, f.account_id
      FROM unnest(${places}::smallint[]) AS p(place)
        CROSS JOIN LATERAL (
          SELECT observation_since, number, comebacks, account_id FROM findings
          WHERE tenant_id = ${tenantId}::uuid AND check_id = ${coverageCheck} AND place = p.place
            AND status = ANY (${[...openStatuses]}::text[])
          ORDER BY observation_since DESC LIMIT 1) f
    ) e JOIN accounts a ON a.tenant_id = ${tenantId}::uuid AND a.id = e.account_id
    ORDER BY e.at DESC`;
}

function oldestOf(rows: readonly ExtremeRow[], kind: ExtremeRow["kind"]): Oldest | null {
  const row = rows.find((one) => one.kind === kind);
  if (!row) return null;
  return { at: row.at.toISOString(), accountName: row.account_name, findingKey: findingKey(row.number) };
}

/** The newest of all severities is the first of the rows. */
function newestOf(rows: readonly ExtremeRow[], now: Date): NewestFailing | null {
  const row = rows.find(({ kind }) => kind === "newest");
  if (!row) return null;
  return {
    accountName: row.account_name,
    findingKey: findingKey(row.number),
    since: row.at.toISOString(),
    isToday: row.at >= startOf(dayOf(now)),
    isComeback: row.comebacks > 0,
  };
}
