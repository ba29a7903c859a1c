import type { Severity } from "@/lib/checks/evaluation";
import type { FindingRow, RegionCounts } from "./finding-view";
import type { Observation } from "./lifecycle/states";
import type { Priority } from "./priority-states";
import type { PersonRef } from "./triage-view";

/** A row of the list. */
export interface ListedFinding extends FindingRow {
  /** P1 is first; null while it does not fail. */
  readonly priority: Priority | null;
  /** 0 to 100 */
  readonly score: number | null;
  /** Id of its cause; null while it has none. */
  readonly cause: string | null;
  /** Regions by the last verdict; null for a check of the whole account. */
  readonly regions: RegionCounts | null;
  readonly blindRegions: readonly string[];
  readonly owner: PersonRef | null;
  readonly dueAt: string | null;
  /** The day at whose end it is due, where the organization is: YYYY-MM-DD. */
  readonly dueDay: string | null;
  /** Days from today to that day; negative once it is past. */
  readonly daysLeft: number | null;
  readonly isOverdue: boolean;
  /** How often it failed again after it had passed. */
  readonly comebacks: number;
  /** What its group has in common, as text: rank of the cause, id, or the Monday of a week. Null without one. */
  readonly member: string | null;
}

/** How many there are of each kind, over everything the other filters let through. */
export interface FindingCounts {
  readonly observation: Readonly<Record<Observation, number>>;
  /** Of the passing ones, those that are inferred. */
  readonly inferred: number;
  /** What calls for work or could not be read. */
  readonly needsWork: number;
  /** Of the failing ones. */
  readonly severity: Readonly<Record<Severity, number>>;
}

export interface FindingList {
  readonly rows: readonly ListedFinding[];
  readonly nextCursor: string | null;
  /** Rows that match all filters, on every page. */
  readonly total: number;
  readonly counts: FindingCounts;
  /** How many findings on all pages have the same `member` as a row; of accounts only those on this page. */
  readonly groups: ReadonlyMap<string | null, number>;
  /** When the rows were read, on the installation's clock; null without rows. */
  readonly now: string | null;
}

/** Where a finding stands in a list that somebody came from. */
export interface FindingNeighbors {
  /** From 1; null beyond `mostPlaces`. Where it would stand, when the list does not hold it any more. */
  readonly position: number | null;
  /** Findings that the list holds now. */
  readonly total: number;
  /** Whether the list still holds it: it may have been mended, or assigned to somebody else. */
  readonly isListed: boolean;
  /** Key, or id of one that never failed, of the one before and behind it. */
  readonly previous: string | null;
  readonly next: string | null;
}
