import { type Sql, sql } from "@/lib/db/sql";
import { underWayStatuses } from "./run-states";

/** For Prisma: the run has not ended. */
export const underWay = { in: [...underWayStatuses] };

/**
 * For SQL: the run has not ended. The words are in the text and not in a parameter, because only then can the
 * partial index of active scans serve; under-way.test.ts holds them to the list.
 */
export function isUnderWay(status: Sql = sql`status`): Sql {
  return sql`${status} IN ('queued', 'running')`;
}
