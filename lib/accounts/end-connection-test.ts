import type { TenantDb } from "@/lib/db/tenant-db";
import { keepProgress } from "@/lib/runs/run-store";
import { isUnderWay, underWay } from "@/lib/runs/under-way";
import type { Subject, WorkFailure } from "@/lib/work-items/work-kind";

/** The test is given up: the page says so, and nothing was stored. */
export async function failConnectionTest(
  db: TenantDb,
  { tenantId, subjectId, errorCode }: Subject & Pick<WorkFailure, "errorCode">,
): Promise<void> {
  await db.$executeRaw`
    UPDATE connection_tests SET status = 'failed', error_code = ${errorCode}, finished_at = business_now()
    WHERE tenant_id = ${tenantId}::uuid AND id = ${subjectId}::uuid AND ${isUnderWay()}`;
  await keepProgress(db, tenantId, subjectId);
}

/** The test goes back to the queue and starts over. */
export async function returnConnectionTestToQueue(
  db: TenantDb,
  { tenantId, subjectId }: Subject,
): Promise<void> {
  await db.connectionTest.updateMany({
    where: { tenantId, id: subjectId, status: underWay },
    data: { status: "queued" },
  });
  await keepProgress(db, tenantId, subjectId);
}
