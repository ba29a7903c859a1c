import type { z } from "zod";
import { cancelWork } from "@/lib/db/system/work-items";
import { AppError, notFound } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { endScan } from "./end-scan";
import { scanCancellation } from "./scan-input";
import { scanRow, scanRowInclude } from "./scan-row";
import { scanVerdicts } from "./scan-verdicts";
import type { ScanRow } from "./scan-view";
import { scanWork } from "./scan-work";

/**
 * Ends a queued or running scan without a result: findings stay as they were. A worker at it loses its lease
 * and writes nothing more. Answers the scan as it then is. Throws invalid_input, not_found for an unknown scan,
 * conflict when it has already ended.
 */
export async function cancelScan(
  ctx: TenantContext,
  input: z.input<typeof scanCancellation>,
): Promise<ScanRow> {
  authorize(ctx, "scan.request");
  const { number } = parse(scanCancellation, input);
  return withTenant(ctx, async (db) => {
    const { tenantId } = ctx;
    const scan = await db.scan.findFirst({ where: { tenantId, number }, select: { id: true } });
    if (!scan) throw notFound();
    await cancelWork(db, tenantId, scanWork.kind, scan.id);
    const cancelled = await endScan(db, { tenantId, scanId: scan.id, status: "cancelled" });
    if (!cancelled) throw new AppError("conflict", "This scan has already ended.");
    await audit(db, ctx, "scan.cancelled", `scan:${scan.id}`, { number });
    const where = { tenantId_id: { tenantId, id: scan.id } };
    const ended = await db.scan.findUniqueOrThrow({ where, include: scanRowInclude });
    return scanRow(ended, (await scanVerdicts(db, tenantId, [ended])).get(ended.id) ?? []);
  });
}
