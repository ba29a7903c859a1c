import type { RetryTimes } from "@/lib/aws/probes/probe";
import { proveTrust, type TrustProbeResult } from "@/lib/aws/probes/prove-trust";
import type { Partition } from "@/lib/checks/facts/facts";
import { assertHeld, finishWork, type Held } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { monthOf } from "@/lib/history/month";
import { CallRecorder } from "@/lib/runs/call-recorder";
import type { RunRef } from "@/lib/runs/run-kinds";
import { keepProgress } from "@/lib/runs/run-store";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { principalFor } from "./principals";

export interface RunTrustProbeInput {
  readonly ctx: TenantContext;
  readonly held: Held;
  readonly accountId: string;
  readonly signal: AbortSignal;
  readonly endpoint: string | undefined;
  /** How long IAM may take to agree with itself; the connection test's times when absent. */
  readonly retry?: Partial<RetryTimes>;
}

/**
 * Tries the role of a connected account without its external id and with a wrong one. An open role is written on the
 * account and to the audit log; a proof that it is shut clears that. What could not be decided (throttled, the role
 * itself not assumable) changes nothing: the scan speaks of it, and the next week asks again.
 */
export async function runTrustProbe(input: RunTrustProbeInput): Promise<TrustProbeResult["outcome"]> {
  const { ctx, held } = input;
  const { account, run, clockOffsetMs } = await beginProbe(ctx, held, input.accountId);
  const lost = new AbortController();
  const onFailure = (error: unknown) => lost.abort(error);
  const recorder = new CallRecorder({ ctx, held, run, clockOffsetMs, onFailure });
  const result = await proveTrust({
    role: { arn: account.roleArn, externalId: account.externalId },
    expectedAccountId: account.awsAccountId,
    partition: account.partition,
    principalArn: principalFor(account.partition) ?? undefined,
    sessionName: `posturio-${account.id.slice(0, 8)}`,
    signal: AbortSignal.any([input.signal, lost.signal]),
    onCall: recorder.add,
    endpoint: input.endpoint,
    retry: input.retry,
  });
  const storeRun = await recorder.finish();
  input.signal.throwIfAborted();
  await withTenant(ctx, async (db) => {
    await storeRun(db);
    await finishWork(db, held);
    if (result.outcome !== "undecided") await storeProof(db, ctx, account, result);
  });
  return result.outcome;
}

async function beginProbe(ctx: TenantContext, held: Held, accountId: string) {
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const now = await assertHeld(db, held);
    await keepProgress(db, tenantId, held.workId);
    const row = await db.account.findUnique({ where: { tenantId_id: { tenantId, id: accountId } } });
    if (!row?.roleArn || row.status === "disconnected") {
      throw new AppError("conflict", "The account is not connected.");
    }
    const run: RunRef = {
      tenantId,
      kind: "trust_probe",
      subjectId: held.workId,
      accountId,
      month: monthOf(now),
      fence: held.fence,
      startedAt: now,
    };
    const account = { ...row, roleArn: row.roleArn, partition: row.partition as Partition };
    return { account, run, clockOffsetMs: now.getTime() - Date.now() };
  });
}

async function storeProof(
  db: TenantDb,
  ctx: TenantContext,
  account: { readonly id: string; readonly trustProblem: string | null },
  result: TrustProbeResult,
): Promise<void> {
  const problem = result.outcome === "open" ? result.text : null;
  await db.$executeRaw`
    UPDATE accounts SET trust_checked_at = business_now(), trust_problem = ${problem}
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${account.id}::uuid`;
  if ((account.trustProblem === null) === (problem === null)) return;
  const action = problem === null ? "account.trust_closed" : "account.trust_open";
  await audit(db, ctx, action, `account:${account.id}`, {
    requestIds: result.calls.flatMap(({ requestId }) => requestId ?? []),
  });
}
