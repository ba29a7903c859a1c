import type { AccountStatus, Environment } from "@/lib/accounts/account-states";
import type { Description } from "@/lib/checks/description";
import type { Assurance, Evaluation, Severity } from "@/lib/checks/evaluation";
import type { Partition } from "@/lib/checks/facts/facts";
import type { FindingEventKind, FindingStatus, Observation } from "./lifecycle/states";
import type { LooksView } from "./looks-view";
import type { Priority } from "./priority-states";
import type { ReceiptView } from "./receipt-view";
import type { TimelinePage } from "./timeline-view";
import type { TriageView } from "./triage-view";

/** Enabled Regions of an account as the verdict that stands sorts them. */
export interface RegionCounts {
  readonly covered: number;
  readonly partial: number;
  readonly uncovered: number;
  readonly unread: number;
}

/** A row of the findings list. */
export interface FindingRow {
  readonly id: string;
  /** PST-142; null while the account never failed this check. */
  readonly key: string | null;
  readonly checkId: string;
  readonly checkTitle: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly awsAccountId: string;
  readonly environment: Environment;
  readonly accountStatus: AccountStatus;
  readonly status: FindingStatus;
  readonly observation: Observation;
  readonly observationSince: string;
  readonly severity: Severity | null;
  /** How urgent it is; null while it does not fail. */
  readonly priority: Priority | null;
  /** 0 to 100, what the priority comes from. */
  readonly score: number | null;
  /** How sure a pass is; null while it does not pass. */
  readonly assurance: Assurance | null;
  readonly reason: string | null;
  /** `11 of 17 not logged` */
  readonly short: string | null;
  readonly episode: number;
  readonly lastCheckedAt: string | null;
  /** Age of the verdict shown: NOT_EVALUATED leaves an older one standing. */
  readonly decidedAt: string | null;
  /** Verdict is older than the account's schedule + 20 %. */
  readonly isStale: boolean;
}

export interface FindingEventView {
  readonly id: string;
  readonly at: string;
  readonly kind: FindingEventKind;
  readonly actor: string;
  readonly text: string;
  readonly scanNumber: number | null;
  /** How many equal events in a row this line represents. */
  readonly times: number;
}

/** One kind of call of the scan that gave the evaluation, with how it went and how old it is. */
export interface ReadingSummary {
  readonly api: string;
  readonly regionsOk: number;
  readonly regionsFailed: number;
  readonly oldestAt: string;
  /** Failures grouped by cause, in plain words, naming the Regions and the permission. */
  readonly failures: readonly {
    readonly text: string;
    readonly regions: readonly string[];
    readonly code: string;
  }[];
}

/** What put a finding back after it had passed. */
export interface BackView {
  readonly passed: { readonly scanNumber: number; readonly at: string };
  readonly failed: { readonly scanNumber: number; readonly at: string };
  /** Settings that differ; `of` is null for what they came to. Empty when the facts of either scan are gone. */
  readonly differences: readonly {
    readonly of: string | null;
    readonly attribute: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** How many settings are the same. */
  readonly same: number;
}

/** Everything the finding page needs, in one read. */
export interface FindingView extends FindingRow {
  readonly partition: Partition;
  /** The current evaluation: the last PASS or FAIL. Null when none ever decided. */
  readonly decided: {
    readonly evaluation: Evaluation;
    readonly description: Description;
    readonly at: string;
    readonly scanNumber: number;
  } | null;
  /** The latest evaluation when it is not the current one, i.e. NOT_EVALUATED. */
  readonly latest: {
    readonly evaluation: Evaluation;
    readonly description: Description;
    readonly at: string;
    readonly scanNumber: number;
  } | null;
  readonly readings: readonly ReadingSummary[];
  /** The newest part of what happened to it and of what people said about it. */
  readonly timeline: TimelinePage;
  /** The events in it. */
  readonly history: readonly FindingEventView[];
  readonly episodes: readonly {
    readonly number: number;
    readonly detectedAt: string;
    readonly verifiedAt: string | null;
  }[];
  /** How often it failed again after it had passed. */
  readonly comebacks: number;
  /** What the score adds up from; null without one. */
  readonly receipt: ReceiptView | null;
  /** What put it back, while it fails again. */
  readonly back: BackView | null;
  /** The newest scan that evaluated it. */
  readonly lastScan: { readonly number: number; readonly apiCalls: number | null } | null;
  /** Set while a scan of the account is queued or running. */
  readonly activeScanNumber: number | null;
  /** Looking again every few minutes: while it goes on, and for a day after. */
  readonly looks: LooksView | null;
  readonly triage: TriageView;
}
