import { setScheduleOf } from "@/lib/db/system/schedules";
import { cancelWorkOfLane } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { closeFindingsOf } from "@/lib/findings/triage/close-findings";
import { parse } from "@/lib/input/parse";
import { isUnderWay } from "@/lib/runs/under-way";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { disconnection } from "./account-input";
import { lockAccount } from "./account-lock";

/**
 * Stops reading an account: its role is no longer assumed, its schedule off, its pending scans cancelled; a running one
 * writes nothing more. What is open is out of scope from then on; findings, scans, history and the role's ARN are kept. The account's name must be
 * typed. Throws invalid_input, not_found, conflict when it is not connected.
 */
export async function disconnectAccount(
  ctx: TenantContext,
  input: { id: string; confirmName: string },
): Promise<void> {
  authorize(ctx, "account.disconnect");
  const { id, confirmName } = parse(disconnection, input);
  const { tenantId } = ctx;
  await withTenant(ctx, async (db) => {
    const account = await lockAccount(db, tenantId, id);
    if (account.status === "draft")
      throw new AppError("conflict", "This account was never connected. Delete the connection instead.");
    if (confirmName.trim() !== account.name) {
      const text = `Type the account's name, “${account.name}”, to confirm.`;
      throw new AppError("invalid_input", text, { fields: { confirmName: text } });
    }
    await disconnectLocked(db, ctx, id, account);
  });
}

/** The same for an account that is locked, and whose caller may do it. */
export async function disconnectLocked(
  db: TenantDb,
  ctx: TenantContext,
  id: string,
  account: { readonly name: string; readonly status: string },
): Promise<void> {
  const { tenantId } = ctx;
  if (account.status === "disconnected")
    throw new AppError("conflict", "This account is already disconnected.");
  await endPending(db, tenantId, id);
  await db.$executeRaw`
    UPDATE accounts SET status = 'disconnected', status_reason = NULL, disconnected_at = business_now()
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  await closeFindingsOf(db, ctx, id);
  await setScheduleOf(db, tenantId, id, { everyMinutes: 24 * 60, enabled: false });
  await audit(db, ctx, "account.disconnected", `account:${id}`, { name: account.name });
}

/** Work items first: a worker that holds one notices at its next write. */
async function endPending(db: TenantDb, tenantId: string, accountId: string): Promise<void> {
  await cancelWorkOfLane(db, tenantId, accountId);
  await db.$executeRaw`
    UPDATE scans SET status = 'cancelled', finished_at = business_now()
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND ${isUnderWay()}`;
  await db.$executeRaw`
    UPDATE connection_tests SET status = 'failed', error_code = 'disconnected', finished_at = business_now()
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND ${isUnderWay()}`;
}
