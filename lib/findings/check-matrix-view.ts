import type { Environment } from "@/lib/accounts/account-states";
import type { RegionOutcome, Severity } from "@/lib/checks/evaluation";
import type { RegionCounts } from "./finding-view";
import type { Observation } from "./lifecycle/states";

export type RegionDetail = RegionOutcome["detail"];

/** An account with what the verdict that stands says of each of its Regions. */
export interface MatrixRow {
  readonly findingId: string;
  readonly findingKey: string | null;
  readonly accountName: string;
  readonly awsAccountId: string;
  readonly environment: Environment;
  /** Unknown too where the verdict is older than its schedule allows. */
  readonly observation: Observation;
  readonly isInferred: boolean;
  readonly severity: Severity | null;
  /** Null for a check of the whole account. */
  readonly counts: RegionCounts | null;
  /** What kind of gap it is; null while it does not fail. */
  readonly cause: string | null;
  readonly regions: readonly { readonly name: string; readonly detail: RegionDetail }[];
}

/** A page of a check's accounts, those with the most blind Regions first. */
export interface CheckMatrix {
  readonly checkId: string;
  /** Accounts that are connected now, on every page. Those without any verdict are in the total alone. */
  readonly accounts: {
    readonly total: number;
    readonly failing: number;
    readonly unknown: number;
    readonly passing: number;
  };
  /** When the newest verdict of the page was found; null without any. */
  readonly decidedAt: string | null;
  readonly rows: readonly MatrixRow[];
  readonly nextCursor: string | null;
}
