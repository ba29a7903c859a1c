import { lockAccountIfThere } from "@/lib/accounts/account-lock";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { nextScheduledScan } from "@/lib/db/system/schedules";
import { assertHeld, finishWork, type Held } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import { type RecordedFinding, recordEvaluations } from "@/lib/findings/record-evaluation";
import { insertScanResults, type Said } from "@/lib/findings/stored-evaluation";
import type { Month } from "@/lib/history/month";
import { insertScanFacts } from "@/lib/history/scan-facts";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { storeAwsOrganizationFacts } from "./aws-organization-facts";
import { createScan } from "./create-scan";
import type { FirstSeenUpdate } from "./first-seen";
import { retryAfterSeconds } from "./retry";
import type { ScanOutcome } from "./scan-outcome";
import { tellWhenUnreadable } from "./unreadable-streak";

export interface ScanResult {
  readonly scanId: string;
  /** How many times this reading has been tried again already. */
  readonly retry: number;
  readonly account: { readonly id: string; readonly awsAccountId: string };
  readonly context: EvaluationContext;
  readonly facts: Partial<Facts>;
  readonly firstSeen: FirstSeenUpdate;
  readonly outcome: ScanOutcome;
  readonly apiCalls: number;
  readonly connectionFailure: ReadFailure | undefined;
  readonly month: Month;
  /** When its attempt began to read. */
  readonly begunAt: string;
  /** Writes the run with all its calls. */
  storeRun(db: TenantDb): Promise<void>;
  readonly evaluations: readonly Said[];
}

/** What follows from a scan's verdicts, in its transaction, which holds the account and its findings locked. */
export type OnRecorded = (
  db: TenantDb,
  ctx: TenantContext,
  recorded: {
    readonly accountId: string;
    readonly scanId: string;
    /** The evaluations' clock. */
    readonly at: string;
    readonly said: readonly Said[];
    readonly findings: readonly RecordedFinding[];
  },
) => Promise<void>;

/**
 * The one transaction in which a scan takes effect: its calls and facts, evaluations, findings, history, the account's state, the
 * scan's own end, the work item done. It is behind the lease, so all of it happens, once, or none of it.
 */
export async function finalizeScan(
  ctx: TenantContext,
  held: Held,
  result: ScanResult,
  onRecorded: OnRecorded,
): Promise<void> {
  const facts = canonicalJson({ facts: result.facts, context: result.context });
  await withTenant(ctx, async (db) => {
    // Account before work item: the same order as a request for a scan, so that the two cannot block each other.
    await lockAccountIfThere(db, ctx.tenantId, result.account.id);
    await assertHeld(db, held);
    await result.storeRun(db);
    await insertScanFacts(db, ctx.tenantId, result.month, result.scanId, facts);
    await insertScanResults(db, ctx.tenantId, result.month, result.scanId, result.evaluations);
    const findings = await recordEvaluations(db, {
      tenantId: ctx.tenantId,
      accountId: result.account.id,
      scanId: result.scanId,
      month: result.month,
      at: result.context.now,
      begunAt: result.begunAt,
      facts,
      said: result.evaluations,
    });
    await storeFirstSeen(db, ctx.tenantId, result);
    await storeAwsOrganizationFacts(db, ctx.tenantId, result.account, result.facts, result.context.now);
    await storeAccount(db, ctx.tenantId, result);
    await storeScan(db, ctx.tenantId, result);
    if (result.outcome.status === "failed") {
      await tellWhenUnreadable(db, ctx.tenantId, { accountId: result.account.id, scanId: result.scanId });
    }
    await finishWork(db, held);
    await audit(db, ctx, "scan.finished", `scan:${result.scanId}`, {
      status: result.outcome.status,
      verdicts: result.evaluations.map(({ evaluation }) => `${evaluation.checkId} ${evaluation.verdict}`),
    });
    await onRecorded(db, ctx, {
      accountId: result.account.id,
      scanId: result.scanId,
      at: result.context.now,
      said: result.evaluations,
      findings,
    });
    await tryAgain(db, ctx, result);
  });
}

/** A scan that ended on something that may pass is followed by another, three times and within its schedule. */
async function tryAgain(db: TenantDb, ctx: TenantContext, result: ScanResult): Promise<void> {
  if (result.outcome.failures.length === 0) return;
  const accountId = result.account.id;
  const scheduled = await nextScheduledScan(db, ctx.tenantId, accountId);
  const delaySeconds = retryAfterSeconds(result.outcome.failures, result.retry, scheduled);
  if (delaySeconds === null) return;
  await createScan(db, ctx, { accountId, trigger: "retry", retry: result.retry + 1, delaySeconds });
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

/** Denied means that the role is gone or changed: a matter for the customer. Any other failure may be temporary. */
async function storeAccount(db: TenantDb, tenantId: string, result: ScanResult): Promise<void> {
  const { connectionFailure, outcome, account } = result;
  const readAt = outcome.regionsRead > 0 ? result.context.now : null;
  if (connectionFailure && isRoleGone(connectionFailure)) {
    const words = failureWords(connectionFailure);
    await db.$executeRaw`
      UPDATE accounts SET status = 'unreachable', status_reason = ${words.text}
      WHERE tenant_id = ${tenantId}::uuid AND id = ${account.id}::uuid AND status IN ('connected', 'unreachable')`;
  } else if (!connectionFailure) {
    await db.$executeRaw`
      UPDATE accounts SET status = 'connected', status_reason = NULL,
                          last_read_at = COALESCE(${readAt}::timestamptz, last_read_at)
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
    UPDATE scans SET status = ${outcome.status}, finished_at = business_now(), api_calls = ${result.apiCalls},
                     regions_total = ${outcome.regionsTotal}, regions_read = ${outcome.regionsRead},
                     error_code = ${outcome.errorCode}, error_text = ${errorText}
    WHERE tenant_id = ${tenantId}::uuid AND id = ${result.scanId}::uuid`;
}

function failureText({ connectionFailure, evaluations }: ScanResult): string {
  if (connectionFailure) return failureWords(connectionFailure).text;
  const short = evaluations[0]?.description.short;
  return short === undefined ? "Nothing could be read." : `${short}. What failed and where is listed below.`;
}
