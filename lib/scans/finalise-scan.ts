import type { EvaluationContext } from "@/lib/checks/check";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { Facts } from "@/lib/checks/facts/facts";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { assertLease, finishDispatch, type Lease } from "@/lib/db/system/dispatch";
import type { TenantDb } from "@/lib/db/tenant-db";
import { canonicalJson } from "@/lib/findings/canonical-json";
import { recordEvaluation } from "@/lib/findings/record-evaluation";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { FirstSeenUpdate } from "./first-seen";
import type { ScanOutcome } from "./scan-outcome";

export interface ScanResult {
  readonly scanId: string;
  readonly account: { readonly id: string };
  readonly context: EvaluationContext;
  readonly facts: Partial<Facts>;
  readonly firstSeen: FirstSeenUpdate;
  readonly outcome: ScanOutcome;
  readonly apiCalls: number;
  readonly connectionFailure: ReadFailure | undefined;
  /** Writes the calls that have not been stored yet. */
  storeLastReadings(db: TenantDb): Promise<void>;
  readonly evaluations: readonly { readonly evaluation: Evaluation; readonly description: Description }[];
}

/**
 * The one transaction in which a scan takes effect: the last calls, evaluations, findings, history, the account's state, the
 * scan's own end, the obligation met. It stands behind the lease, so all of it happens, once, or none of it.
 */
export async function finaliseScan(ctx: TenantContext, lease: Lease, result: ScanResult): Promise<void> {
  const facts = canonicalJson({ facts: result.facts, context: result.context });
  await withTenant(ctx, async (db) => {
    // Account before obligation: the same order as a request for a scan, so that the two cannot block each other.
    await lockAccount(db, ctx.tenantId, result.account.id);
    await assertLease(db, lease);
    await result.storeLastReadings(db);
    for (const { evaluation, description } of result.evaluations) {
      await recordEvaluation(db, {
        tenantId: ctx.tenantId,
        accountId: result.account.id,
        scanId: result.scanId,
        at: result.context.now,
        evaluation,
        description,
        facts,
      });
    }
    await storeFirstSeen(db, ctx.tenantId, result);
    await storeAccount(db, ctx.tenantId, result);
    await storeScan(db, ctx.tenantId, result);
    await finishDispatch(db, ctx.tenantId, result.scanId);
    await audit(db, ctx, "scan.finished", `scan:${result.scanId}`, {
      status: result.outcome.status,
      verdicts: result.evaluations.map(({ evaluation }) => `${evaluation.checkId} ${evaluation.verdict}`),
    });
  });
}

async function lockAccount(db: TenantDb, tenantId: string, accountId: string): Promise<void> {
  await db.$queryRaw`
    SELECT id FROM accounts WHERE tenant_id = ${tenantId}::uuid AND id = ${accountId}::uuid FOR UPDATE`;
}

async function storeFirstSeen(
  db: TenantDb,
  tenantId: string,
  { account, firstSeen }: ScanResult,
): Promise<void> {
  if (firstSeen.remove.length > 0) {
    const where = { tenantId, accountId: account.id, subject: { in: [...firstSeen.remove] } };
    await db.firstSeen.deleteMany({ where });
  }
  if (firstSeen.add.length > 0) {
    const rows = JSON.stringify(firstSeen.add);
    await db.$executeRaw`
      INSERT INTO first_seen (tenant_id, account_id, subject, at)
      SELECT ${tenantId}::uuid, ${account.id}::uuid, r.subject, r.at
      FROM json_to_recordset(${rows}::json) AS r(subject text, at timestamptz)
      ON CONFLICT DO NOTHING`;
  }
}

/** Denied means that the role is gone or changed: a matter for the customer. Any other failure may pass by itself. */
async function storeAccount(db: TenantDb, tenantId: string, result: ScanResult): Promise<void> {
  const { connectionFailure, outcome, account } = result;
  const readAt = outcome.regionsRead > 0 ? result.context.now : null;
  if (connectionFailure && isRoleGone(connectionFailure)) {
    const words = failureWords(connectionFailure);
    await db.$executeRaw`
      UPDATE accounts SET status = 'unreachable', status_reason = ${words.text}, version = version + 1
      WHERE tenant_id = ${tenantId}::uuid AND id = ${account.id}::uuid AND status IN ('connected', 'unreachable')`;
  } else if (!connectionFailure) {
    await db.$executeRaw`
      UPDATE accounts SET status = 'connected', status_reason = NULL,
                          last_read_at = COALESCE(${readAt}::timestamptz, last_read_at), version = version + 1
      WHERE tenant_id = ${tenantId}::uuid AND id = ${account.id}::uuid AND status IN ('connected', 'unreachable')`;
  }
}

function isRoleGone(failure: ReadFailure): boolean {
  return failure.kind === "denied" || failure.kind === "denied_by_scp" || failure.code === "AccountMismatch";
}

async function storeScan(db: TenantDb, tenantId: string, result: ScanResult): Promise<void> {
  const { outcome } = result;
  const errorText = outcome.status === "failed" ? failureText(result) : null;
  await db.$executeRaw`
    UPDATE scans SET status = ${outcome.status}, finished_at = clock_timestamp(), api_calls = ${result.apiCalls},
                     regions_total = ${outcome.regionsTotal}, regions_read = ${outcome.regionsRead},
                     error_code = ${outcome.errorCode}, error_text = ${errorText}
    WHERE tenant_id = ${tenantId}::uuid AND id = ${result.scanId}::uuid`;
}

function failureText({ connectionFailure, evaluations }: ScanResult): string {
  if (connectionFailure) return failureWords(connectionFailure).text;
  const short = evaluations[0]?.description.short;
  return short === undefined ? "Nothing could be read." : `${short}. What failed and where is listed below.`;
}
