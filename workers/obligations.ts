import { assertLease, type Lease, lockHopeless, requeueDispatch } from "@/lib/db/system/dispatch";
import type { Hint } from "@/lib/db/system/dispatch-queue";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { JobHandler } from "./handlers/handler";
import { backoffSeconds } from "./retry";

export interface Failure {
  readonly errorCode: string;
  /** For the page. */
  readonly errorText: string;
}

/** The holder of the lease gives the obligation back; it is due again after `delaySeconds`. */
export async function giveBack(
  ctx: TenantContext,
  lease: Lease,
  handler: JobHandler,
  delaySeconds: number = backoffSeconds(lease.attempt),
): Promise<void> {
  await withTenant(ctx, async (db) => {
    const next = await requeueDispatch(db, lease, delaySeconds);
    if (next) await handler.requeued(db, { ...lease, attempt: next.attempt });
  });
}

/** The holder of the lease gives the obligation up. */
export async function giveUp(
  ctx: TenantContext,
  lease: Lease,
  handler: JobHandler,
  failure: Failure,
): Promise<void> {
  await withTenant(ctx, async (db) => {
    await assertLease(db, lease);
    await handler.failed(db, { ...lease, ...failure });
  });
}

/** Takes an obligation whose lease has expired back to the queue; false when somebody else was faster. */
export async function takeBack(ctx: TenantContext, hint: Hint, handler: JobHandler): Promise<boolean> {
  const { tenantId, subjectId, attempt } = hint;
  return withTenant(ctx, async (db) => {
    const next = await requeueDispatch(db, { tenantId, subjectId, attempt }, backoffSeconds(attempt));
    if (next) await handler.requeued(db, { tenantId, subjectId, attempt: next.attempt });
    return next !== null;
  });
}

/** Gives up an obligation that nobody holds; false when somebody else was faster. */
export async function abandon(
  ctx: TenantContext,
  hint: Hint,
  handler: JobHandler,
  failure: Failure,
): Promise<boolean> {
  return withTenant(ctx, async (db) => {
    if (!(await lockHopeless(db, hint))) return false;
    await handler.failed(db, { ...hint, ...failure });
    return true;
  });
}
