import type { Observation } from "@/lib/findings/lifecycle/states";
import type { CoverageTotals } from "@/lib/snapshots/coverage-view";
import type { DecisionKind, FigureUnit, TrendId } from "./dashboard-states";

/** Accounts as they are now. Those that are disconnected or were never connected are in none of these. */
export interface AccountsNow {
  readonly total: number;
  readonly unreadable: number;
  /** Failing the check of coverage now, of all; those of production; those that began to on this day (UTC). */
  readonly failing: number;
  readonly failingProduction: number;
  readonly failingSinceToday: number;
  /** Of which nobody knows whether they pass. Counted only while none fails; null otherwise. */
  readonly undecided: number | null;
}

/** The account that has failed the check of coverage for the shortest time. */
export interface NewestFailing {
  readonly accountName: string;
  readonly findingKey: string | null;
  readonly since: string;
  readonly isToday: boolean;
  readonly isComeback: boolean;
}

/** Open findings of every check. */
export interface OpenNow {
  readonly total: number;
  /** Of priority P1 or P2. */
  readonly urgent: number;
  /** That failed again after they had passed. */
  readonly cameBack: number;
  readonly overdue: number;
  readonly dueThisWeek: number;
  readonly awaitingProof: number;
  /** P1 or P2 that nobody owns. */
  readonly urgentUnassigned: number;
}

/** The finding that has waited the longest: since it was due, or since it was claimed fixed. */
export interface Oldest {
  readonly at: string;
  readonly accountName: string;
  readonly findingKey: string | null;
}

interface DecisionOf<K extends DecisionKind> {
  readonly kind: K;
  readonly accountId: string;
  readonly accountName: string;
}

/** Something that waits for a person's decision. */
export type Decision =
  | (DecisionOf<"claim_failed" | "unassigned"> & {
      readonly findingKey: string;
      /** The short verdict: what is wrong. */
      readonly short: string | null;
      readonly priority: number | null;
      readonly observation: Observation;
      /** Since when: the scan that contradicted the claim, or the first failure. */
      readonly since: string;
      readonly dueAt: string | null;
    })
  | (DecisionOf<"account_unreadable"> & {
      /** Why, in plain words. */
      readonly reason: string | null;
      /** When it was last read; null when it never was. */
      readonly since: string | null;
    });

/** What is true now. */
export interface DashboardNow {
  /** When it was read. Numbers of an organization with thousands of findings may be 15 seconds older. */
  readonly asOf: string;
  /** The check whose Regions coverage is about. */
  readonly checkId: string;
  readonly accounts: AccountsNow;
  readonly newestFailing: NewestFailing | null;
  readonly open: OpenNow;
  readonly mostOverdue: Oldest | null;
  readonly oldestClaim: Oldest | null;
  /** At most seven. */
  readonly decisions: readonly Decision[];
  readonly decisionsTotal: number;
  /** The scan that is on its way, while nothing has been judged yet. */
  readonly firstScan: number | null;
  readonly lastScan: {
    readonly number: number;
    readonly finishedAt: string;
    /** Older than the schedule of its account allows: nothing of the organization is newer. */
    readonly isStale: boolean;
    readonly everyMinutes: number | null;
  } | null;
}

/** How a figure is made, as it is printed beside it. */
export interface Definition {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** One week of a series: seven days that end on `to`. Null where there is nothing to say. */
export interface TrendPoint {
  readonly to: string;
  readonly value: number | null;
  /** Of coverage: the share of time of which nothing is known. */
  readonly unknown: number | null;
}

export interface Trend {
  readonly id: TrendId;
  readonly unit: FigureUnit;
  readonly definition: Definition;
  /** The oldest first; at most twelve, beginning with the first week of which anything is known. */
  readonly points: readonly TrendPoint[];
}

/** What has been true: made of whole days alone. */
export interface DashboardOverTime {
  /** The last whole day (UTC) that is summed; null before the first. */
  readonly through: string | null;
  /** Over the 30 days to then, and over the 30 days before those. */
  readonly coverage: CoverageTotals;
  readonly coverageBefore: CoverageTotals;
  /** Open findings at the end of the day a week before `through`; null when there was no such day. */
  readonly openWeekAgo: number | null;
  /** The last day on which a Region was not logged; null when there was none in these weeks. */
  readonly lastGap: string | null;
  readonly trends: readonly Trend[];
}
