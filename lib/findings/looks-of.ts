import type { TenantDb } from "@/lib/db/tenant-db";
import { lookEveryMinutes, looksEndings, mostLooks } from "./looks-states";
import type { LooksView } from "./looks-view";

/** The looks of a finding that a page still shows, or null. */
export async function looksOf(db: TenantDb, tenantId: string, findingId: string): Promise<LooksView | null> {
  const [row] = await db.$queryRaw<
    {
      requested_by: string;
      requested_at: Date;
      done: number;
      next_at: Date | null;
      ending: string | null;
      ended_at: Date | null;
    }[]
  >`
    SELECT requested_by, requested_at, done, next_at, ending, ended_at FROM finding_looks
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid
      AND (ended_at IS NULL OR ended_at > business_now() - interval '1 day')`;
  if (!row) return null;
  return {
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    everyMinutes: lookEveryMinutes,
    done: row.done,
    most: mostLooks,
    nextAt: row.ending === null ? (row.next_at?.toISOString() ?? null) : null,
    ending: looksEndings.parseOrNull(row.ending),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

/**
 * Whether the finding passes and waits for nothing any more. A pass whose first delivery is outstanding is what the
 * looks are for.
 */
export async function isSettled(db: TenantDb, tenantId: string, findingId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ settled: boolean }[]>`
    SELECT f.observation = 'passing' AND e.assurance IS DISTINCT FROM 'PENDING' AS settled
    FROM findings f LEFT JOIN evaluations e
      ON e.tenant_id = f.tenant_id AND e.month = f.decided_month AND e.scan_id = f.decided_scan_id
        AND e.check_id = f.check_id
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = ${findingId}::uuid`;
  return row?.settled === true;
}
