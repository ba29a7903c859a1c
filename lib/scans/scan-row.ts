import type { RegionOutcome } from "@/lib/checks/evaluation";
import { byRegistry } from "@/lib/checks/registry";
import { verdicts } from "@/lib/checks/words";
import { findingKey } from "@/lib/findings/finding-key";
import { scanStatuses, scanTriggers } from "./scan-states";
import type { ScanRow } from "./scan-view";

/** What queries select of a scan for its row. */
export const scanRowInclude = {
  account: { select: { name: true, awsAccountId: true } },
} as const;

interface StoredScan {
  readonly id: string;
  readonly number: number;
  readonly accountId: string;
  readonly trigger: string;
  readonly requestedBy: string | null;
  readonly status: string;
  readonly attempt: number;
  readonly requestedAt: Date;
  readonly notBefore: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly regionsTotal: number | null;
  readonly regionsRead: number | null;
  readonly apiCalls: number | null;
  readonly errorText: string | null;
  readonly account: { readonly name: string; readonly awsAccountId: string };
}

/** What one check said in the scan, and the number of the finding it is about. */
export interface ScanVerdict {
  readonly checkId: string;
  readonly verdict: string;
  readonly reason: string;
  readonly description: unknown;
  /** How each Region was found; none where the check says nothing of Regions. */
  readonly regions: readonly RegionOutcome[];
  readonly findingNumber: number | null;
}

export function scanRow(scan: StoredScan, said: readonly ScanVerdict[]): ScanRow {
  const { startedAt, finishedAt } = scan;
  return {
    id: scan.id,
    number: scan.number,
    accountId: scan.accountId,
    accountName: scan.account.name,
    awsAccountId: scan.account.awsAccountId,
    trigger: scanTriggers.parse(scan.trigger),
    requestedBy: scan.requestedBy,
    status: scanStatuses.parse(scan.status),
    attempt: scan.attempt,
    requestedAt: scan.requestedAt.toISOString(),
    notBefore: scan.status === "queued" ? (scan.notBefore?.toISOString() ?? null) : null,
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    durationMs: startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null,
    regionsTotal: scan.regionsTotal,
    regionsRead: scan.regionsRead,
    apiCalls: scan.apiCalls,
    errorText: scan.errorText,
    verdicts: [...said].sort(byRegistry).map((evaluation) => ({
      checkId: evaluation.checkId,
      verdict: verdicts.parse(evaluation.verdict),
      reason: evaluation.reason,
      findingKey: findingKey(evaluation.findingNumber),
      short: shortOf(evaluation.description),
    })),
  };
}

function shortOf(description: unknown): string | null {
  const short = (description as { short?: unknown } | null)?.short;
  return typeof short === "string" ? short : null;
}
