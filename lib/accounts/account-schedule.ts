import { setScheduleOf } from "@/lib/db/system/schedules";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { LockedAccount } from "./account-lock";

/** Kept for when a schedule that is off is switched on again. */
const dayMinutes = 24 * 60;

/**
 * Sets how often the locked account is scanned by itself, in the caller's transaction; null switches its schedule off.
 * Throws conflict for an account that is not connected.
 */
export async function setAccountSchedule(
  db: TenantDb,
  ctx: TenantContext,
  { id, status }: Pick<LockedAccount, "status"> & { readonly id: string },
  wanted: number | null,
): Promise<void> {
  if (status !== "connected" && status !== "unreachable") {
    throw new AppError("conflict", "Only a connected account has a schedule.");
  }
  const schedule = { everyMinutes: wanted ?? dayMinutes, enabled: wanted !== null };
  await setScheduleOf(db, ctx.tenantId, id, schedule);
  // A schedule is of the account for whoever edits it: without this one person's would silently replace another's.
  await db.account.update({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    data: { version: { increment: 1 } },
    select: { id: true },
  });
  await audit(db, ctx, "account.schedule_set", `account:${id}`, schedule);
}
