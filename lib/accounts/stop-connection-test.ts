import { cancelWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { toJson } from "@/lib/evidence/canonical-json";
import { parse } from "@/lib/input/parse";
import { underWay } from "@/lib/runs/under-way";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { connectionTestStop } from "./account-input";
import { lockAccount } from "./account-lock";
import { stoppedTest } from "./account-states";
import type { ConnectStep } from "./account-view";
import { connectionTestWork } from "./connection-test-work";
import { failConnectionTest } from "./end-connection-test";

/**
 * Stops the connection test of an account: nothing is stored of it but how far it came. A worker at it loses its lease
 * and writes nothing more. Throws not_found for an unknown account and conflict when no test is under way.
 */
export async function stopConnectionTest(ctx: TenantContext, input: { accountId: string }): Promise<void> {
  authorize(ctx, "account.connect");
  const { accountId } = parse(connectionTestStop, input);
  await withTenant(ctx, async (db) => {
    const { tenantId } = ctx;
    await lockAccount(db, tenantId, accountId);
    const test = await db.connectionTest.findFirst({
      where: { tenantId, accountId, status: underWay },
      select: { id: true },
    });
    if (!test) throw new AppError("conflict", "No test of this connection is under way.");
    // The item first: from then on no worker writes to the test.
    await cancelWork(db, tenantId, connectionTestWork.kind, test.id);
    await skipUnfinished(db, tenantId, test.id);
    await failConnectionTest(db, { tenantId, subjectId: test.id, errorCode: stoppedTest });
    await audit(db, ctx, "account.connection_test_stopped", `account:${accountId}`);
  });
}

/** Steps that have not ended were not tried. */
async function skipUnfinished(db: TenantDb, tenantId: string, testId: string): Promise<void> {
  const where = { tenantId_id: { tenantId, id: testId } };
  const test = await db.connectionTest.findUniqueOrThrow({ where, select: { steps: true } });
  const steps = (test.steps as unknown as ConnectStep[]).map((step) =>
    step.state === "running" || step.state === "waiting" ? { ...step, state: "skipped", result: null } : step,
  );
  await db.connectionTest.update({ where, data: { steps: toJson(steps) as [] }, select: { id: true } });
}
