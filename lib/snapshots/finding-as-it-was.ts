import type { TenantDb } from "@/lib/db/tenant-db";
import { type FindingStatus, findingStatuses } from "@/lib/findings/lifecycle/states";

/** What people and the lifecycle made of a finding. */
export interface FindingAsItWas {
  readonly checkId: string;
  readonly status: FindingStatus;
  readonly episode: number;
  readonly ownerId: string | null;
  readonly dueAt: Date | null;
}

interface Row {
  readonly account_id: string;
  readonly check_id: string;
  readonly status: string;
  readonly episode: number;
  readonly owner_id: string | null;
  readonly due_at: Date | null;
}

/**
 * The findings of some accounts as they were at an instant, by account. This is the one place that fills what people
 * make of a finding into its snapshots. Episodes and moves are dated, so status and episode are exact for any instant;
 * owner and due date are those of now, minutes after the day has ended.
 */
export async function findingsAsTheyWere(
  db: TenantDb,
  tenantId: string,
  accountIds: readonly string[],
  at: Date,
): Promise<Map<string, FindingAsItWas[]>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT f.account_id::text, f.check_id, COALESCE(e.episode, 0) AS episode,
           CASE WHEN e.episode IS NULL THEN 'none' ELSE COALESCE(m.status, f.status) END AS status,
           f.owner_id::text, f.due_at
    FROM findings f
      LEFT JOIN LATERAL (SELECT max(e.number) AS episode FROM episodes e
                         WHERE e.tenant_id = f.tenant_id AND e.finding_id = f.id AND e.detected_at < ${at}) e ON true
      -- The last line of its history that moved it.
      LEFT JOIN LATERAL (SELECT CASE v.kind WHEN 'detected' THEN 'open' ELSE v.after ->> 'status' END AS status
                         FROM finding_events v
                         WHERE v.tenant_id = f.tenant_id AND v.finding_id = f.id AND v.at < ${at}
                           AND (v.kind = 'detected' OR v.after ? 'status')
                         ORDER BY v.at DESC LIMIT 1) m ON true
    WHERE f.tenant_id = ${tenantId}::uuid AND f.account_id = ANY (${[...accountIds]}::uuid[])
    ORDER BY f.account_id, f.check_id`;
  const found = new Map<string, FindingAsItWas[]>();
  for (const row of rows) {
    const list = found.get(row.account_id) ?? [];
    list.push({
      checkId: row.check_id,
      status: findingStatuses.parse(row.status),
      episode: row.episode,
      ownerId: row.owner_id,
      dueAt: row.due_at,
    });
    found.set(row.account_id, list);
  }
  return found;
}
