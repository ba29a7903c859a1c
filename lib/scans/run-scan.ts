import { scanAccount } from "@/lib/aws/scan-account";
import type { CheckDefinition } from "@/lib/checks/check";
import type { FactName } from "@/lib/checks/facts/facts";
import { checks } from "@/lib/checks/registry";
import type { Held } from "@/lib/db/system/work-items";
import { CallRecorder } from "@/lib/runs/call-recorder";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { beginScan } from "./begin-scan";
import { finalizeScan, type OnRecorded } from "./finalize-scan";
import { judgingOf } from "./judging";
import { type ScanOutcome, scanOutcome } from "./scan-outcome";
import { sessionOf } from "./session-name";

export interface RunScanInput {
  readonly ctx: TenantContext;
  readonly held: Held;
  readonly scanId: string;
  /** Aborted when the lease is lost or the worker stops: then nothing more is written. */
  readonly signal: AbortSignal;
  /** After so many seconds the scan ends with what it has read. */
  readonly deadlineSeconds: number;
  /** One address for all AWS services, from the operator. */
  readonly endpoint: string | undefined;
  readonly onRecorded: OnRecorded;
}

export interface ScanSummary {
  readonly number: number;
  readonly status: ScanOutcome["status"];
  readonly apiCalls: number;
  readonly verdicts: readonly string[];
}

/**
 * One scan, from claimed to done. A short transaction reads the account; AWS is read outside any transaction,
 * calls kept as they end; the checks judge; one transaction behind the lease writes all that follows.
 * Throws FencedOut when the lease is lost and the signal's reason when aborted, with no effect in either case.
 */
export async function runScan(input: RunScanInput): Promise<ScanSummary> {
  const { ctx, held, scanId } = input;
  const begun = await beginScan(ctx, held, scanId);
  const elapsed = stopwatch();
  const lost = new AbortController();
  const signal = AbortSignal.any([input.signal, lost.signal]);
  const recorder = new CallRecorder({
    ctx,
    held,
    run: {
      tenantId: ctx.tenantId,
      kind: "scan",
      subjectId: scanId,
      accountId: begun.account.id,
      month: begun.month,
      fence: held.fence,
      startedAt: begun.now,
    },
    clockOffsetMs: begun.clockOffsetMs,
    onFailure: (error) => lost.abort(error),
  });
  const { collection, judging, evaluations } = await scanAccount({
    checks,
    judging: (read) => judgingOf(begun, read, nowAfter(begun.now, elapsed())),
    account: { id: begun.account.awsAccountId, partition: begun.account.partition },
    role: begun.account.role,
    sessionName: sessionOf(scanId),
    signal,
    onCall: recorder.add,
    endpoint: input.endpoint,
    limits: { scanMs: input.deadlineSeconds * 1000 },
  });
  const storeRun = await recorder.finish();
  input.signal.throwIfAborted();

  const { context, firstSeen } = judging;
  const outcome = scanOutcome(collection.facts, neededFacts(), collection.connectionFailure);
  const result = {
    scanId,
    retry: begun.retry,
    account: begun.account,
    context,
    facts: collection.facts,
    firstSeen,
    outcome,
    apiCalls: collection.calls.length,
    connectionFailure: collection.connectionFailure,
    month: begun.month,
    begunAt: begun.now.toISOString(),
    storeRun,
    evaluations: evaluations.map(({ check, evaluation }) => ({
      evaluation,
      description: check.describe(evaluation, collection.facts, {
        ...context,
        accountName: begun.account.name,
      }),
    })),
  };
  await finalizeScan(ctx, held, result, input.onRecorded);
  return {
    number: begun.number,
    status: outcome.status,
    apiCalls: collection.calls.length,
    verdicts: evaluations.map(
      ({ evaluation }) => `${evaluation.checkId}=${evaluation.verdict}/${evaluation.reason}`,
    ),
  };
}

function neededFacts(): ReadonlySet<FactName> {
  return new Set(checks.flatMap((check: CheckDefinition) => check.needs));
}

/** Seconds are counted by a monotonic clock; the start is the database's. */
function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

function nowAfter(start: Date, milliseconds: number): string {
  return new Date(start.getTime() + milliseconds).toISOString();
}
