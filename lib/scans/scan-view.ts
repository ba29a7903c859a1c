import type { RegionOutcome, Verdict } from "@/lib/checks/evaluation";
import type { ReadOutcome } from "@/lib/checks/facts/reading";
import type { ScanStatus, ScanTrigger } from "./scan-states";

export interface ScanRow {
  readonly id: string;
  readonly number: number;
  readonly accountId: string;
  readonly accountName: string;
  readonly awsAccountId: string;
  readonly trigger: ScanTrigger;
  readonly requestedBy: string | null;
  readonly status: ScanStatus;
  readonly attempt: number;
  readonly requestedAt: string;
  /** A queued scan that waits until then, because the one before it failed for a reason that may pass. */
  readonly notBefore: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly regionsTotal: number | null;
  readonly regionsRead: number | null;
  readonly apiCalls: number | null;
  readonly errorText: string | null;
  readonly verdicts: readonly {
    readonly checkId: string;
    readonly verdict: Verdict;
    readonly reason: string;
    readonly findingKey: string | null;
    readonly short: string | null;
  }[];
}

/** One AWS call of the scan. */
export interface CallView {
  readonly id: string;
  readonly at: string;
  readonly api: string;
  readonly region: string;
  readonly target: string | null;
  readonly outcome: ReadOutcome;
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
  readonly durationMs: number;
  readonly sha256: string | null;
}

/** A Region while the scan runs: lights up when its trails have been read. */
export interface RegionProgress {
  readonly name: string;
  readonly state: "waiting" | "read" | "failed" | "not_enabled";
}

/** What the live stream sends. `done` is the last message. */
export interface ScanProgress {
  readonly number: number;
  readonly status: ScanStatus;
  readonly attempt: number;
  readonly calls: number;
  readonly regions: readonly RegionProgress[];
  readonly errorText: string | null;
  readonly done: boolean;
}

/** One thing that a scan did to some findings, or that is as it was. */
export interface ScanChange {
  readonly kind: "back" | "new" | "fixed" | "failing" | "unread" | "passing";
  readonly isNews: boolean;
  readonly count: number;
  /** `1 finding now passes` */
  readonly text: string;
}

export interface ScanView extends ScanRow {
  readonly calls: readonly CallView[];
  readonly progress: ScanProgress;
  /** Failed calls grouped by cause, in plain words. */
  readonly failures: readonly {
    readonly text: string;
    readonly whatToDo: string;
    readonly count: number;
    readonly regions: readonly string[];
  }[];
  readonly engineVersion: string | null;
  /** What it changed of the findings, news first; nothing before it has ended. */
  readonly changes: readonly ScanChange[];
  /** How each Region was found, by the first check that says so of Regions; none before the scan has ended. */
  readonly results: readonly Pick<RegionOutcome, "name" | "detail">[];
}
