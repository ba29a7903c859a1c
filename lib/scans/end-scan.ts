import { finishDispatch } from "@/lib/db/system/dispatch";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { ScanStatus } from "./scan-states";

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

/** Ends an active scan without a result; false when it had already ended. Findings stay as they were. */
export async function endScan(
  db: TenantDb,
  input: {
    tenantId: string;
    scanId: string;
    status: Extract<ScanStatus, "failed" | "cancelled">;
    errorCode?: string;
    errorText?: string;
  },
): Promise<boolean> {
  const ended = await db.$executeRaw`
    UPDATE scans SET status = ${input.status}, finished_at = now(), error_code = ${input.errorCode ?? null},
                     error_text = ${input.errorText ?? null}
    WHERE tenant_id = ${input.tenantId}::uuid AND id = ${input.scanId}::uuid AND status IN ('queued', 'running')`;
  return ended === 1;
}
