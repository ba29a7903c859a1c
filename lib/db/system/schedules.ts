import { prisma } from "@/lib/db/client";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { WorkDb } from "./work-items";

// Schedules are global because one loop asks for all organizations what is due. Ids and times only.

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
            business_now() + make_interval(secs => ${schedule.everyMinutes} * 60 * (0.9 + 0.1 * random())), ${schedule.enabled})
    ON CONFLICT (tenant_id, account_id) DO UPDATE
    SET every_minutes = excluded.every_minutes, next_due_at = excluded.next_due_at, enabled = excluded.enabled`;
}

/** An organization's accounts that are due, oldest first. */
export interface DueAccounts {
  readonly tenantId: string;
  readonly accountIds: readonly string[];
}

/**
 * Whose scans, or trust probes, are due: a page of `limit` accounts, in which the first of each organization stands
 * before the second of any. An organization that already has `backlog` items of the kind waiting gets no more for now.
 */
export async function dueAccounts(
  of: "scan" | "trust",
  { limit, backlog }: { limit: number; backlog: number },
): Promise<DueAccounts[]> {
  const isScan = of === "scan";
  const rows = await prisma.$queryRaw<{ tenant_id: string; account_ids: string[] }[]>`
    WITH waiting AS (
      SELECT tenant_id FROM work_items
      WHERE state = 'queued' AND kind = ${isScan ? "scan" : "trust_probe"}
      GROUP BY tenant_id HAVING count(*) >= ${backlog}
    ), due AS (
      SELECT tenant_id, account_id, CASE WHEN ${isScan} THEN next_due_at ELSE trust_due_at END AS due_at
      FROM scan_schedules s
      WHERE enabled AND ((${isScan} AND next_due_at <= business_now()) OR (NOT ${isScan} AND trust_due_at <= business_now()))
        AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.tenant_id = s.tenant_id)
    ), page AS (
      SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY due_at, account_id) AS place
      FROM due ORDER BY place, due_at LIMIT ${limit}
    )
    SELECT tenant_id::text, array_agg(account_id::text ORDER BY place) AS account_ids FROM page
    GROUP BY tenant_id ORDER BY min(place), min(due_at)`;
  return rows.map((row) => ({ tenantId: row.tenant_id, accountIds: row.account_ids }));
}

/**
 * Takes one due occurrence of each account and returns those taken; what another process takes is left to it. The
 * phase is kept (next = due + period), and after an outage of more than a period one occurrence replaces all that
 * were missed.
 */
export async function takeDueScans(
  db: TenantDb,
  tenantId: string,
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ account_id: string }[]>`
    WITH due AS (
      SELECT tenant_id, account_id, next_due_at, make_interval(mins => every_minutes) AS period FROM scan_schedules
      WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY (${[...accountIds]}::uuid[]) AND enabled
        AND next_due_at <= business_now()
      FOR UPDATE SKIP LOCKED)
    UPDATE scan_schedules s
    SET next_due_at = CASE WHEN due.next_due_at + due.period > business_now() THEN due.next_due_at + due.period
                           ELSE business_now() + due.period * (0.9 + 0.1 * random()) END
    FROM due WHERE s.tenant_id = due.tenant_id AND s.account_id = due.account_id
    RETURNING s.account_id::text`;
  return rows.map((row) => row.account_id);
}

/** The same for the weekly probe of the external id. */
export async function takeDueTrustProbes(
  db: TenantDb,
  tenantId: string,
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ account_id: string }[]>`
    UPDATE scan_schedules s SET trust_due_at = business_now() + interval '7 days'
    WHERE s.tenant_id = ${tenantId}::uuid AND s.account_id IN (
      SELECT account_id FROM scan_schedules
      WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY (${[...accountIds]}::uuid[]) AND enabled
        AND trust_due_at <= business_now()
      FOR UPDATE SKIP LOCKED)
    RETURNING s.account_id::text`;
  return rows.map((row) => row.account_id);
}

/**
 * Adds one item of the kind for every organization that ever connected an account, unless one is open. The subject is
 * the organization. Returns how many were added.
 */
export async function oweToScheduled(
  db: WorkDb,
  work: { readonly kind: string; readonly expiresAfterSeconds: number },
): Promise<number> {
  return db.$executeRaw`
    INSERT INTO work_items (kind, tenant_id, subject_id, priority, expires_at)
    SELECT ${work.kind}, tenant_id, tenant_id, 1, business_now() + make_interval(secs => ${work.expiresAfterSeconds})
    FROM (SELECT DISTINCT tenant_id FROM scan_schedules) AS organizations
    ON CONFLICT DO NOTHING`;
}

/** When the next scheduled scan falls; null without a schedule. */
export async function nextScheduledScan(
  db: TenantDb,
  tenantId: string,
  accountId: string,
): Promise<{ inSeconds: number } | null> {
  const rows = await db.$queryRaw<{ in_seconds: number }[]>`
    SELECT extract(epoch FROM next_due_at - business_now())::float8 AS in_seconds FROM scan_schedules
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND enabled`;
  return rows[0] ? { inSeconds: rows[0].in_seconds } : null;
}
