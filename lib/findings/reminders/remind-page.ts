import { businessNow } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { type InboxNews, notify } from "@/lib/inbox/notify";

/** Findings of one transaction. */
const pageSize = 500;

/** Where a page ended: in the order of due dates, to the microsecond, then of ids. */
export interface DuePlace {
  readonly dueAt: string;
  readonly id: string;
}

/** So many days before its day an owner is reminded of a finding; once it is over at once, then every week. */
const remindBefore: readonly number[] = [7, 2, 0];
const remindEvery = 7;

interface Due {
  readonly id: string;
  readonly owner_id: string | null;
  readonly status: string;
  readonly exactly: string;
  /** The day at whose end it is due, and how many days that is from today, both in the organization's time zone. */
  readonly day: string;
  readonly days_left: number;
}

/**
 * Reminds the owners of the next findings that are due within a week or overdue, by the index of due dates. What is
 * claimed fixed asks nothing of its owner. `last` is where to go on; null at the end.
 */
export async function remindPage(
  db: TenantDb,
  tenantId: string,
  after: DuePlace | null,
): Promise<{ told: number; last: DuePlace | null }> {
  const rows = await db.$queryRaw<Due[]>`
    SELECT f.id::text, f.owner_id::text, f.status,
           to_char(f.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS exactly,
           to_char(f.due_at AT TIME ZONE z.name, 'YYYY-MM-DD') AS day,
           (f.due_at AT TIME ZONE z.name)::date - (${businessNow} AT TIME ZONE z.name)::date AS days_left
    FROM findings f CROSS JOIN (
      SELECT COALESCE((SELECT time_zone FROM triage_settings WHERE tenant_id = ${tenantId}::uuid), 'UTC') AS name) z
    WHERE f.tenant_id = ${tenantId}::uuid AND f.due_at < ${businessNow} + interval '9 days'
      AND (f.due_at, f.id) > (COALESCE(${after?.dueAt ?? null}::timestamptz, '-infinity'),
                              COALESCE(${after?.id ?? null}::uuid, '00000000-0000-0000-0000-000000000000'))
    ORDER BY f.due_at, f.id LIMIT ${pageSize}`;
  const told = await notify(db, { tenantId, actor: "system" }, rows.flatMap(reminderOf));
  const last = rows.at(-1);
  return { told, last: rows.length === pageSize && last ? { dueAt: last.exactly, id: last.id } : null };
}

function reminderOf({ id, owner_id, status, day, days_left }: Due): InboxNews[] {
  if (owner_id === null || (status !== "open" && status !== "in_progress")) return [];
  const shared = { userId: owner_id, because: "owner", findingId: id } as const;
  if (days_left < 0) {
    const week = Math.floor((-days_left - 1) / remindEvery);
    const cause = `overdue:${id}:${day}:${week}`;
    return [{ ...shared, kind: "overdue", cause, detail: { days: -days_left } }];
  }
  if (!remindBefore.includes(days_left)) return [];
  return [{ ...shared, kind: "due", cause: `due:${id}:${day}:${days_left}`, detail: { days: days_left } }];
}
