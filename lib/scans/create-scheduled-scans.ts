import { lockFreeAccounts } from "@/lib/accounts/account-lock";
import { sql } from "@/lib/db/sql";
import { takeDueScans } from "@/lib/db/system/schedules";
import type { TenantDb } from "@/lib/db/tenant-db";
import { isUnderWay } from "@/lib/runs/under-way";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { scanWork } from "./scan-work";

/**
 * Creates the scans of accounts whose schedule is due, in one transaction: scans, work items and audit entries, or
 * none. An account that is being scanned, or is no longer connected, only has its occurrence taken. Returns how many
 * were created.
 */
export async function createScheduledScans(
  ctx: TenantContext,
  accountIds: readonly string[],
): Promise<number> {
  return withTenant(ctx, async (db) => {
    // The accounts first and all at once, as everyone who creates scans does: the counter comes after them, and
    // no transaction that holds an account here waits for one that needs it.
    const lockable = await lockFreeAccounts(db, ctx.tenantId, accountIds);
    const due = await takeDueScans(db, ctx.tenantId, lockable);
    return due.length === 0 ? 0 : insertScans(db, ctx, due);
  });
}

async function insertScans(db: TenantDb, ctx: TenantContext, accountIds: readonly string[]): Promise<number> {
  const { tenantId } = ctx;
  return db.$executeRaw`
    WITH scannable AS (
      SELECT a.id, row_number() OVER (ORDER BY a.id) AS place FROM accounts a
      WHERE a.tenant_id = ${tenantId}::uuid AND a.id = ANY (${[...accountIds]}::uuid[])
        AND a.status IN ('connected', 'unreachable')
        AND NOT EXISTS (SELECT 1 FROM scans s WHERE s.tenant_id = a.tenant_id AND s.account_id = a.id
                          AND ${isUnderWay(sql`s.status`)})
    ), counter AS (
      INSERT INTO counters (tenant_id, name, value)
      SELECT ${tenantId}::uuid, 'scan', count(*) FROM scannable HAVING count(*) > 0
      ON CONFLICT (tenant_id, name) DO UPDATE SET value = counters.value + excluded.value
      RETURNING value
    ), scan AS (
      INSERT INTO scans (tenant_id, number, account_id, trigger)
      SELECT ${tenantId}::uuid, counter.value - (SELECT count(*) FROM scannable) + place, scannable.id, 'schedule'
      FROM scannable, counter
      RETURNING id, number, account_id
    ), work AS (
      INSERT INTO work_items (kind, tenant_id, subject_id, lane, priority, expires_at)
      SELECT ${scanWork.kind}, ${tenantId}::uuid, id, account_id, 1,
             business_now() + make_interval(secs => ${scanWork.expiresAfterSeconds})
      FROM scan
    )
    INSERT INTO audit_log (tenant_id, actor, action, object, request_id, data)
    SELECT ${tenantId}::uuid, 'system', 'scan.requested', 'scan:' || id, ${ctx.requestId},
           jsonb_build_object('number', number, 'trigger', 'schedule', 'accountId', account_id)
    FROM scan`;
}
