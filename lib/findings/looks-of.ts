import type { TenantReader } from "@/lib/db/tenant-db";
import { lookEveryMinutes, looksEndings, mostLooks } from "./looks-states";
import type { LooksView } from "./looks-view";

interface Row {
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly done: number;
  readonly next_at: Date | null;
  readonly ending: string | null;
  readonly ended_at: Date | null;
  /** When a scan decided what the looks wait for; the worker ends them at its next turn. */
  readonly passed_at: Date | null;
}

/** The looks of a finding that a page still shows, or null. They are over as soon as a scan has settled it. */
export async function looksOf(
  db: TenantReader,
  tenantId: string,
  findingId: string,
): Promise<LooksView | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT l.requested_by, l.requested_at, l.done, l.next_at, l.ending, l.ended_at,
           CASE WHEN f.observation = 'passing' AND f.decided_at > l.requested_at
                  AND e.assurance IS DISTINCT FROM 'PENDING' THEN f.decided_at END AS passed_at
    FROM finding_looks l
      JOIN findings f ON f.tenant_id = l.tenant_id AND f.id = l.finding_id
      LEFT JOIN evaluations e ON e.tenant_id = f.tenant_id AND e.month = f.decided_month
        AND e.scan_id = f.decided_scan_id AND e.check_id = f.check_id
    WHERE l.tenant_id = ${tenantId}::uuid AND l.finding_id = ${findingId}::uuid
      AND (l.ended_at IS NULL OR l.ended_at > business_now() - interval '1 day')`;
  if (!row) return null;
  const ending = looksEndings.parseOrNull(row.ending) ?? (row.passed_at === null ? null : "passing");
  return {
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    everyMinutes: lookEveryMinutes,
    done: row.done,
    most: mostLooks,
    nextAt: ending === null ? (row.next_at?.toISOString() ?? null) : null,
    ending,
    endedAt: (row.ended_at ?? (ending === null ? null : row.passed_at))?.toISOString() ?? null,
  };
}

/**
 * Whether the finding passes and waits for nothing any more. A pass whose first delivery is outstanding is what the
 * looks are for.
 */
export async function isSettled(db: TenantReader, tenantId: string, findingId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ settled: boolean }[]>`
    SELECT f.observation = 'passing' AND e.assurance IS DISTINCT FROM 'PENDING' AS settled
    FROM findings f LEFT JOIN evaluations e
      ON e.tenant_id = f.tenant_id AND e.month = f.decided_month AND e.scan_id = f.decided_scan_id
        AND e.check_id = f.check_id
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = ${findingId}::uuid`;
  return row?.settled === true;
}
