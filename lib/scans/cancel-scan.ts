import { cancelWork } from "@/lib/db/system/work-items";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { endScan } from "./end-scan";
import { scanWork } from "./scan-work";

/**
 * Ends a queued or running scan without a result: findings stay as they were. A worker at it loses its lease
 * and writes nothing more. Throws not_found for an unknown scan, conflict when it has already ended.
 */
export async function cancelScan(ctx: TenantContext, input: { number: number }): Promise<void> {
  authorize(ctx, "scan.request");
  await withTenant(ctx, async (db) => {
    const { tenantId } = ctx;
    const scan = await db.scan.findFirst({ where: { tenantId, number: input.number }, select: { id: true } });
    if (!scan) throw notFound();
    await cancelWork(db, tenantId, scanWork.kind, scan.id);
    const cancelled = await endScan(db, { tenantId, scanId: scan.id, status: "cancelled" });
    if (!cancelled) throw new AppError("conflict", "This scan has already ended.");
    await audit(db, ctx, "scan.cancelled", `scan:${scan.id}`, { number: input.number });
  });
}
