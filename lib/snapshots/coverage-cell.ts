import { decidedVerdicts } from "@/lib/findings/lifecycle/states";
import { readRegionCounts } from "@/lib/findings/region-counts";
import { isStale } from "@/lib/findings/staleness";
import type { CellState } from "./coverage-states";
import type { CoverageCell } from "./coverage-view";
import { type Day, endOf } from "./day";
import type { CoverageState, Seconds } from "./region-time";

/** A snapshot as far as its cell needs it. */
export interface StoredCell {
  readonly accountId: string;
  readonly day: Date;
  readonly coveredRegions: number;
  readonly partialRegions: number;
  readonly uncoveredRegions: number;
  readonly unknownRegions: number;
  readonly coveredSeconds: number;
  readonly partialSeconds: number;
  readonly uncoveredSeconds: number;
  readonly unknownSeconds: number;
}

/** The cell of a day that has ended. */
export function cellOf(day: Day, stored: StoredCell): CoverageCell {
  const seconds: Seconds = {
    covered: stored.coveredSeconds,
    partial: stored.partialSeconds,
    uncovered: stored.uncoveredSeconds,
    unknown: stored.unknownSeconds,
  };
  return {
    day,
    state: worstOf(seconds),
    regions: {
      covered: stored.coveredRegions,
      partial: stored.partialRegions,
      uncovered: stored.uncoveredRegions,
      unknown: stored.unknownRegions,
    },
    seconds,
  };
}

/** What a finding says of today, which has not ended. */
export interface FindingNow {
  readonly observation: string;
  readonly verdict: string | null;
  readonly decided_at: Date | null;
  readonly region_counts: readonly number[];
  readonly every_minutes: number | null;
}

/** The cell of today: what is known now. A verdict that is too old, or that could not be renewed, is known no more. */
export function cellOfToday(day: Day, finding: FindingNow, now: Date): CoverageCell {
  const counts = countsOf(finding);
  const isUnknown =
    finding.observation === "unknown" || isStale(finding.decided_at, finding.every_minutes, now);
  const { covered, partial, uncovered, unknown } = counts;
  const regions = isUnknown
    ? { covered: 0, partial: 0, uncovered: 0, unknown: covered + partial + uncovered + unknown }
    : counts;
  return { day, state: isUnknown ? "unknown" : worstOf(regions), regions, seconds: null };
}

function countsOf({ region_counts, verdict }: FindingNow): Record<CoverageState, number> {
  const counts = readRegionCounts(region_counts);
  if (counts !== null) {
    const { covered, partial, uncovered, unread } = counts;
    return { covered, partial, uncovered, unknown: unread };
  }
  // A check of the whole account: it is what the verdict says.
  const decided = decidedVerdicts.parseOrNull(verdict);
  return {
    covered: decided === "PASS" ? 1 : 0,
    partial: 0,
    uncovered: decided === "FAIL" ? 1 : 0,
    unknown: decided === null ? 1 : 0,
  };
}

/** The cell of a day that has ended and has no snapshot. */
export function noCell(day: Day, connectedAt: Date | null, takenThrough: Day | null): CoverageCell {
  const isTaken = takenThrough !== null && day <= takenThrough;
  // Connected, and nothing had been said of it by the end of the day.
  const isUnread = connectedAt !== null && connectedAt < endOf(day);
  return {
    day,
    state: !isTaken ? "pending" : isUnread ? "unknown" : "not_connected",
    regions: { covered: 0, partial: 0, uncovered: 0, unknown: 0 },
    seconds: null,
  };
}

/** The worst that there is any of; unknown where there is nothing at all, because nobody knows the Regions. */
function worstOf({
  covered,
  partial,
  uncovered,
  unknown,
}: Readonly<Record<CoverageState, number>>): CellState {
  if (uncovered > 0) return "uncovered";
  if (partial > 0) return "partial";
  if (unknown > 0 || covered === 0) return "unknown";
  return "covered";
}
