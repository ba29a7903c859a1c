import { sql } from "@/lib/db/sql";
import { authorize } from "@/lib/tenancy/authorize";
import { selectTenant } from "@/lib/tenancy/read-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { placesOf, unreadFailingPlaces } from "./finding-place";

/** Beyond this the navigation says "999+": every page shows the number, and none is worth reading them all. */
export const mostCounted = 999;

export interface FailingCount {
  /** Findings that fail now, and those that failed when they were last read; at most one more than `mostCounted`. */
  readonly total: number;
  /** Those of them that the last scan could not read: losing access makes nobody's findings go away. */
  readonly unread: number;
  /** Findings that the person who asks owns and has to fix; at most one more than `mostCounted`. */
  readonly mine: number;
  /** How far the clock of a demo was moved ahead, which each of its pages says. Always 0 elsewhere. */
  readonly aheadSeconds: number;
}

interface FailingRow {
  readonly failing: number;
  readonly unread: number;
  readonly mine: number;
  readonly ahead: number;
}

/**
 * How many findings call for work, the organization's and the person's own, for the navigation; and what else every
 * page says, because it is one statement.
 */
export async function countFailing(ctx: TenantContext): Promise<FailingCount> {
  authorize(ctx, "organization.view");
  const failing = [...placesOf({ observation: "failing" })];
  const unread = [...unreadFailingPlaces];
  const { principal } = ctx;
  const self = principal.type === "user" ? principal.userId : null;
  const [row] = await selectTenant<FailingRow[]>(
    ctx,
    sql`
      SELECT (SELECT count(*)::int FROM (
                SELECT 1 FROM findings
                WHERE tenant_id = ${ctx.tenantId}::uuid AND place = ANY (${failing}::smallint[])
                LIMIT ${mostCounted + 1}) f) AS failing,
             (SELECT count(*)::int FROM (
                SELECT 1 FROM findings
                WHERE tenant_id = ${ctx.tenantId}::uuid AND place = ANY (${unread}::smallint[])
                LIMIT ${mostCounted + 1}) u) AS unread,
             (SELECT count(*)::int FROM (
                SELECT 1 FROM findings
                WHERE tenant_id = ${ctx.tenantId}::uuid AND owner_id = ${self}::uuid
                  AND status IN ('open', 'in_progress', 'reopened')
                LIMIT ${mostCounted + 1}) m) AS mine,
             (SELECT ahead_seconds FROM installation_clock) AS ahead`,
  );
  const { failing: read, unread: stale, mine, ahead } = row ?? { failing: 0, unread: 0, mine: 0, ahead: 0 };
  return { total: Math.min(read + stale, mostCounted + 1), unread: stale, mine, aheadSeconds: ahead };
}
