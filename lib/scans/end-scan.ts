import type { TenantDb } from "@/lib/db/tenant-db";
import { keepProgress } from "@/lib/runs/run-store";
import { isUnderWay, underWay } from "@/lib/runs/under-way";
import type { Subject, WorkFailure } from "@/lib/work-items/work-kind";
import type { ScanStatus } from "./scan-states";

/** The scan is given up: it failed, with a reason for the page. */
export async function failScan(
  db: TenantDb,
  { tenantId, subjectId, errorCode, errorText }: Subject & WorkFailure,
): Promise<void> {
  await endScan(db, { tenantId, scanId: subjectId, status: "failed", errorCode, errorText });
}

/** The scan goes back to the queue; the calls of this attempt are kept. */
export async function returnScanToQueue(db: TenantDb, { tenantId, subjectId }: Subject): Promise<void> {
  await db.scan.updateMany({
    where: { tenantId, id: subjectId, status: underWay },
    data: { status: "queued" },
  });
  await keepProgress(db, tenantId, subjectId);
}

/** Ends an active scan without a result; false when it had already ended. Findings stay as they were, its calls are
 * kept. */
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
    UPDATE scans SET status = ${input.status}, finished_at = business_now(), error_code = ${input.errorCode ?? null},
                     error_text = ${input.errorText ?? null}
    WHERE tenant_id = ${input.tenantId}::uuid AND id = ${input.scanId}::uuid AND ${isUnderWay()}`;
  await keepProgress(db, input.tenantId, input.scanId);
  return ended === 1;
}
