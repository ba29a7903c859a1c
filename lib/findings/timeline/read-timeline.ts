import { knownFinding } from "@/lib/findings/known-finding";
import { readNames } from "@/lib/findings/names";
import type { TimelineFilter } from "@/lib/findings/timeline-states";
import type { TimelinePage } from "@/lib/findings/timeline-view";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { peopleIn, timelineLines } from "./timeline-lines";
import { timelineRows } from "./timeline-page";

/** Rows that are read at once when someone asks for older ones. */
const pageRows = 50;

/**
 * A part of what happened to a finding and what people said about it, newest first, narrowed down by `filter`. Auditors
 * get no comments. Throws not_found, and invalid_input for a cursor that this list did not hand out.
 */
export async function readTimeline(
  ctx: TenantContext,
  { key, filter, cursor }: { key: string; filter: TimelineFilter; cursor?: string },
): Promise<TimelinePage> {
  authorize(ctx, "organization.view");
  const { rows, hasMore } = await withTenant(ctx, async (db) => {
    const { id } = await knownFinding(db, ctx.tenantId, key);
    return timelineRows(db, ctx, { findingId: id, filter, withComments: true, cursor, limit: pageRows });
  });
  const names = await readNames(ctx.tenantId, peopleIn(rows));
  return { lines: timelineLines(rows, names), nextCursor: hasMore ? (rows.at(-1)?.cursor ?? null) : null };
}
