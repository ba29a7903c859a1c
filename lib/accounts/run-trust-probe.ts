import type { RetryTimes } from "@/lib/aws/probe-trust";
import { proveTrust, type TrustProbeResult } from "@/lib/aws/prove-trust";
import type { Partition } from "@/lib/checks/facts/facts";
import { assertHeld, finishWork, type Held } from "@/lib/db/system/work-items";
import { AppError } from "@/lib/errors";
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
  const { ctx, held, accountId } = input;
  const { tenantId } = ctx;
  const account = await withTenant(ctx, async (db) => {
    await assertHeld(db, held);
    const row = await db.account.findUnique({ where: { tenantId_id: { tenantId, id: accountId } } });
    if (!row?.roleArn || row.status === "disconnected") {
      throw new AppError("conflict", "The account is not connected.");
    }
    return { ...row, roleArn: row.roleArn, partition: row.partition as Partition };
  });
  const result = await proveTrust({
    role: { arn: account.roleArn, externalId: account.externalId },
    expectedAccountId: account.awsAccountId,
    partition: account.partition,
    principalArn: principalFor(account.partition) ?? undefined,
    sessionName: `posturio-${accountId.slice(0, 8)}`,
    signal: input.signal,
    endpoint: input.endpoint,
    retry: input.retry,
  });
  input.signal.throwIfAborted();
  await withTenant(ctx, async (db) => {
    await finishWork(db, held);
    if (result.outcome === "undecided") return;
    const problem = result.outcome === "open" ? result.text : null;
    await db.$executeRaw`
      UPDATE accounts SET trust_checked_at = business_now(), trust_problem = ${problem}
      WHERE tenant_id = ${tenantId}::uuid AND id = ${accountId}::uuid`;
    if ((account.trustProblem === null) !== (problem === null)) {
      const action = problem === null ? "account.trust_closed" : "account.trust_open";
      await audit(db, ctx, action, `account:${accountId}`, {
        requestIds: result.calls.flatMap(({ requestId }) => requestId ?? []),
      });
    }
  });
  return result.outcome;
}
