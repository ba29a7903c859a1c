import type { Environment } from "@/lib/accounts/account-states";
import type { Observation } from "@/lib/findings/lifecycle/states";
import type { CellState } from "./coverage-states";
import type { Day } from "./day";
import type { CoverageState, Seconds } from "./region-time";

export interface CoverageCell {
  readonly day: Day;
  readonly state: CellState;
  /** Regions in each state at the end of the day; of today, now. */
  readonly regions: Readonly<Record<CoverageState, number>>;
  /** Time in each state, summed over the Regions. Null for today, which has not ended, and where there is none. */
  readonly seconds: Seconds | null;
}

export interface CoverageRow {
  readonly accountId: string;
  readonly accountName: string;
  readonly awsAccountId: string;
  readonly environment: Environment;
  readonly findingKey: string | null;
  readonly observation: Observation;
  /** A pass that rests on Regions or deliveries that nobody saw. */
  readonly isInferred: boolean;
  /** One for every day of the strip, the oldest first. */
  readonly cells: readonly CoverageCell[];
}

export interface CoverageStrip {
  readonly checkId: string;
  readonly days: readonly Day[];
  /** Snapshots are there up to this day; null before the first. */
  readonly takenThrough: Day | null;
  readonly rows: readonly CoverageRow[];
  readonly nextCursor: string | null;
}

export interface CoverageTotals {
  /** Region-seconds in each state. */
  readonly seconds: Seconds;
  /** Covered time of all time in which an enabled Region of a connected account was ours to read; null without any. */
  readonly coveredShare: number | null;
  /** Time of which nothing is known, of the same whole. It is not covered. */
  readonly unknownShare: number | null;
}

export interface CoverageOfDay extends CoverageTotals {
  readonly day: Day;
  /** Accounts of which there is a snapshot. */
  readonly accounts: number;
  /** Of those, the ones of which nothing was known at the end of the day. */
  readonly unknownAccounts: number;
}

export interface CoverageOver {
  readonly checkId: string;
  readonly from: Day;
  readonly to: Day;
  readonly takenThrough: Day | null;
  readonly total: CoverageTotals;
  /** Days that have ended and of which there are snapshots, the oldest first. */
  readonly days: readonly CoverageOfDay[];
}
