import { prisma } from "@/lib/db/client";
import type { TenantDb } from "@/lib/db/tenant-db";

// Schedules are global because one loop asks for all organizations what is due. Ids and times only.

export interface Schedule {
  readonly everyMinutes: number;
  readonly nextDueAt: Date;
  readonly enabled: boolean;
}

/** The schedules of one organization by account id. */
export async function schedulesOf(db: TenantDb, tenantId: string): Promise<Map<string, Schedule>> {
  const rows = await db.scanSchedule.findMany({ where: { tenantId } });
  return new Map(rows.map((row) => [row.accountId, row]));
}

/**
 * Sets an account's schedule. The next scan falls in the last tenth of the period from now: accounts connected
 * together do not stay together, and none waits longer than its period.
 */
export async function setScheduleOf(
  db: TenantDb,
  tenantId: string,
  accountId: string,
  schedule: { everyMinutes: number; enabled: boolean },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO scan_schedules (tenant_id, account_id, every_minutes, next_due_at, enabled)
    VALUES (${tenantId}::uuid, ${accountId}::uuid, ${schedule.everyMinutes},
            now() + make_interval(secs => ${schedule.everyMinutes} * 60 * (0.9 + 0.1 * random())), ${schedule.enabled})
    ON CONFLICT (tenant_id, account_id) DO UPDATE
    SET every_minutes = excluded.every_minutes, next_due_at = excluded.next_due_at, enabled = excluded.enabled`;
}

export async function dueSchedules(limit: number): Promise<{ tenantId: string; accountId: string }[]> {
  const rows = await prisma.$queryRaw<{ tenant_id: string; account_id: string }[]>`
    SELECT tenant_id::text, account_id::text FROM scan_schedules
    WHERE enabled AND next_due_at <= now() ORDER BY next_due_at LIMIT ${limit}`;
  return rows.map((row) => ({ tenantId: row.tenant_id, accountId: row.account_id }));
}

/**
 * Takes one due occurrence; null when another process has. The phase is kept (next = due + period), and after
 * an outage of more than a period one occurrence stands for all that were missed. `lateSeconds` says how long
 * it was due.
 */
export async function takeDueSchedule(
  db: TenantDb,
  tenantId: string,
  accountId: string,
): Promise<{ lateSeconds: number } | null> {
  const rows = await db.$queryRaw<{ late: number }[]>`
    WITH due AS (
      SELECT tenant_id, account_id, next_due_at, make_interval(mins => every_minutes) AS period FROM scan_schedules
      WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND enabled AND next_due_at <= now()
      FOR UPDATE SKIP LOCKED)
    UPDATE scan_schedules s
    SET next_due_at = CASE WHEN due.next_due_at + due.period > now() THEN due.next_due_at + due.period
                           ELSE now() + due.period * (0.9 + 0.1 * random()) END
    FROM due WHERE s.tenant_id = due.tenant_id AND s.account_id = due.account_id
    RETURNING extract(epoch FROM now() - due.next_due_at)::float8 AS late`;
  const row = rows[0];
  return row ? { lateSeconds: row.late } : null;
}
