import { finishDispatch } from "@/lib/db/system/dispatch";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

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
    await finishDispatch(db, tenantId, scan.id);
    const cancelled = await endScan(db, { tenantId, scanId: scan.id, status: "cancelled" });
    if (!cancelled) throw new AppError("conflict", "This scan has already ended.");
    await audit(db, ctx, "scan.cancelled", `scan:${scan.id}`, { number: input.number });
  });
}

/** Gives an obligation up: the scan failed, with a reason for the page. The caller holds its dispatch row. */
export async function failScan(
  db: TenantDb,
  input: { tenantId: string; scanId: string; errorCode: string; errorText: string },
): Promise<void> {
  await endScan(db, { ...input, status: "failed" });
  await finishDispatch(db, input.tenantId, input.scanId);
}

/** The scan goes back to the queue as its next attempt; readings of earlier attempts stay in the log. */
export async function returnScanToQueue(
  db: TenantDb,
  input: { tenantId: string; scanId: string; attempt: number },
): Promise<void> {
  await db.scan.updateMany({
    where: { tenantId: input.tenantId, id: input.scanId, status: { in: ["queued", "running"] } },
    data: { status: "queued", attempt: input.attempt },
  });
}

async function endScan(
  db: TenantDb,
  input: { tenantId: string; scanId: string; status: "failed" | "cancelled"; errorCode?: string; errorText?: string },
): Promise<boolean> {
  const ended = await db.$executeRaw`
    UPDATE scans SET status = ${input.status}, finished_at = now(), error_code = ${input.errorCode ?? null},
                     error_text = ${input.errorText ?? null}
    WHERE tenant_id = ${input.tenantId}::uuid AND id = ${input.scanId}::uuid AND status IN ('queued', 'running')`;
  return ended === 1;
}
