import { finishDispatch } from "@/lib/db/system/dispatch";
import type { TenantDb } from "@/lib/db/tenant-db";

/** Gives a test up: the page says so, and nothing was stored. The caller holds its dispatch row. */
export async function failConnectionTest(
  db: TenantDb,
  input: { tenantId: string; testId: string; errorCode: string },
): Promise<void> {
  await db.$executeRaw`
    UPDATE connection_tests SET status = 'failed', error_code = ${input.errorCode}, finished_at = now()
    WHERE tenant_id = ${input.tenantId}::uuid AND id = ${input.testId}::uuid AND status IN ('queued', 'running')`;
  await finishDispatch(db, input.tenantId, input.testId);
}

/** The test goes back to the queue as its next attempt and begins anew. */
export async function returnConnectionTestToQueue(
  db: TenantDb,
  input: { tenantId: string; testId: string; attempt: number },
): Promise<void> {
  await db.connectionTest.updateMany({
    where: { tenantId: input.tenantId, id: input.testId, status: { in: ["queued", "running"] } },
    data: { status: "queued", attempt: input.attempt },
  });
}
