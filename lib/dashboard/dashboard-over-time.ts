import type { TenantDb } from "@/lib/db/tenant-db";
import { Kept } from "@/lib/kept";
import { coverageCheck } from "@/lib/snapshots/coverage-input";
import { sumOfSeconds } from "@/lib/snapshots/coverage-totals";
import { addDays, type Day, dayFrom, daysBetween, monthOfDay } from "@/lib/snapshots/day";
import { takenThrough } from "@/lib/snapshots/progress";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { DashboardOverTime } from "./dashboard-view";
import { type DaySum, trendsOf, weeks } from "./trends";

const coverageDays = 30;

/** Whole days do not change: what was made of those up to a day is that for as long as no further day is summed. */
const kept = new Kept<DashboardOverTime>(1_000);

/**
 * What has been true, from the sums of whole days: 84 days of at most seven environments and every check, whatever the
 * organization holds.
 */
export async function dashboardOverTime(ctx: TenantContext): Promise<DashboardOverTime> {
  authorize(ctx, "organization.view");
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const through = await takenThrough(db, tenantId);
    if (through === null) return overTimeOf(null, []);
    return kept.get(`${tenantId} ${through}`, async () =>
      overTimeOf(through, await daySums(db, tenantId, addDays(through, 1 - weeks * 7), through)),
    );
  });
}

/** The figures of a dashboard from the sums of its days, the oldest first. Pure. */
export function overTimeOf(through: Day | null, days: readonly DaySum[]): DashboardOverTime {
  const secondsOf = (from: Day, to: Day) =>
    sumOfSeconds(days.filter(({ day }) => day >= from && day <= to).map(({ seconds }) => seconds));
  const none = sumOfSeconds([]);
  if (through === null) {
    return {
      through,
      coverage: none,
      coverageBefore: none,
      openWeekAgo: null,
      lastGap: null,
      trends: trendsOf(null, []),
    };
  }
  const first = addDays(through, 1 - coverageDays);
  return {
    through,
    coverage: secondsOf(first, through),
    coverageBefore: secondsOf(addDays(first, -coverageDays), addDays(first, -1)),
    openWeekAgo: days.find(({ day }) => day === addDays(through, -7))?.open ?? null,
    lastGap: days.findLast(({ seconds }) => seconds.uncovered > 0)?.day ?? null,
    trends: trendsOf(through, days),
  };
}

interface Row {
  readonly day: Date;
  readonly covered: number;
  readonly partial: number;
  readonly uncovered: number;
  readonly unknown: number;
  readonly failing: number;
  readonly open: number;
  readonly came_back: number;
  readonly claims: readonly (readonly number[])[] | null;
}

/** Coverage and failing accounts are those of one check; the rest is of every check. */
async function daySums(db: TenantDb, tenantId: string, from: Day, to: Day): Promise<DaySum[]> {
  const months = [...new Set(daysBetween(from, to).map(monthOfDay))];
  const rows = await db.$queryRaw<Row[]>`
    SELECT d.day, sum(d.open_findings)::int AS open, sum(d.came_back)::int AS came_back,
           COALESCE(sum(d.covered_seconds) FILTER (WHERE d.check_id = ${coverageCheck}), 0)::float8 AS covered,
           COALESCE(sum(d.partial_seconds) FILTER (WHERE d.check_id = ${coverageCheck}), 0)::float8 AS partial,
           COALESCE(sum(d.uncovered_seconds) FILTER (WHERE d.check_id = ${coverageCheck}), 0)::float8 AS uncovered,
           COALESCE(sum(d.unknown_seconds) FILTER (WHERE d.check_id = ${coverageCheck}), 0)::float8 AS unknown,
           COALESCE(sum(d.failing_accounts) FILTER (WHERE d.check_id = ${coverageCheck}), 0)::int AS failing,
           json_agg(d.claim_seconds) FILTER (WHERE cardinality(d.claim_seconds) > 0) AS claims
    FROM coverage_days d
    WHERE d.tenant_id = ${tenantId}::uuid AND d.month = ANY (${months}::date[]) AND d.day BETWEEN ${from}::date AND ${to}::date
    GROUP BY d.day ORDER BY d.day`;
  return rows.map(({ day, covered, partial, uncovered, unknown, failing, open, came_back, claims }) => ({
    day: dayFrom(day),
    seconds: { covered, partial, uncovered, unknown },
    failing,
    open,
    cameBack: came_back,
    claims: (claims ?? []).flat(),
  }));
}
