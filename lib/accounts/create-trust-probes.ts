import { takeDueTrustProbes } from "@/lib/db/system/schedules";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { addWork } from "@/lib/work-items/work-kind";
import { trustProbeWork } from "./trust-probe-work";

/** Adds the weekly probe of accounts for which it is due. Returns how many. */
export async function createTrustProbes(ctx: TenantContext, accountIds: readonly string[]): Promise<number> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const due = await takeDueTrustProbes(db, tenantId, accountIds);
    for (const accountId of due) {
      await addWork(db, trustProbeWork, { tenantId, subjectId: accountId, accountId, isAwaited: false });
    }
    return due.length;
  });
}
