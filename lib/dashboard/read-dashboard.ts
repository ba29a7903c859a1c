import { coverageStrip } from "@/lib/snapshots/coverage-strip";
import type { CoverageStrip } from "@/lib/snapshots/coverage-view";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { dashboardNow } from "./dashboard-now";
import { dashboardOverTime } from "./dashboard-over-time";
import { stripLength } from "./dashboard-states";
import type { DashboardNow, DashboardOverTime } from "./dashboard-view";

/** The parts of a dashboard, each of which may fail alone. */
export interface DashboardParts {
  readonly now: Promise<DashboardNow>;
  readonly overTime: Promise<DashboardOverTime>;
  readonly coverage: Promise<CoverageStrip>;
}

/** Begins to read the dashboard: what page and API show alike. */
export function dashboardParts(ctx: TenantContext): DashboardParts {
  return {
    now: dashboardNow(ctx),
    overTime: dashboardOverTime(ctx),
    coverage: coverageStrip(ctx, { limit: stripLength }),
  };
}

/** The whole dashboard, or the error of its first part that could not be read. */
export async function readDashboard(ctx: TenantContext) {
  const parts = dashboardParts(ctx);
  const [now, overTime, coverage] = await Promise.all([parts.now, parts.overTime, parts.coverage]);
  return { now, overTime, coverage };
}
