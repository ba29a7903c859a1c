import type { Severity } from "@/lib/checks/evaluation";
import type { Observation } from "@/lib/findings/lifecycle/states";
import type { Month } from "@/lib/history/month";
import { type Day, endOf, startOf } from "./day";
import {
  type CoverageState,
  coverageStates,
  type RegionTime,
  regionTime,
  type Standing,
} from "./region-time";
import type { SaidOf } from "./said-of";

/** What evaluations made of an account and a check by the end of a day: the next day begins with it. */
export interface Observed {
  readonly observation: Observation;
  readonly checkVersion: number;
  /** Of the verdict that stands. */
  readonly severity: Severity | null;
  readonly decidedAt: Date | null;
  readonly scanId: string | null;
  readonly scanMonth: Month | null;
  /** Why nothing is known; null when something is. */
  readonly unknownBecause: string | null;
}

/** The snapshot of the day before, as far as the next one builds on it. */
export interface Carried extends Observed {
  readonly regions: Standing["regions"];
}

export interface SnapshotInput {
  readonly day: Day;
  readonly connectedAt: Date;
  readonly disconnectedAt: Date | null;
  readonly everyMinutes: number | null;
  readonly carried: Carried | null;
  /** Oldest first, from shortly before the day on. */
  readonly said: readonly SaidOf[];
}

export interface Snapshot extends Observed {
  readonly time: RegionTime;
  readonly seconds: Readonly<Record<CoverageState, number>>;
  /** Regions in each state at the end of the day. */
  readonly counts: Readonly<Record<CoverageState, number>>;
}

/** Why nothing is known of an account whose last verdict is older than it is good for. */
const stale = "STALE";

/** The snapshot of an account and a check; null when nothing had been said by the end of the day. Pure. */
export function snapshotOf(input: SnapshotInput): Snapshot | null {
  const { carried, said, connectedAt, day } = input;
  const mine = said.filter(({ at }) => at >= connectedAt);
  const observed = mine.reduce(observe, carried);
  if (observed === null) return null;
  const time = regionTime({
    from: startOf(day),
    to: endOf(day),
    connectedAt,
    disconnectedAt: input.disconnectedAt,
    everyMinutes: input.everyMinutes,
    before: carried,
    judgments: mine,
  });
  const seconds = { covered: 0, partial: 0, uncovered: 0, unknown: 0 };
  const counts = { covered: 0, partial: 0, uncovered: 0, unknown: 0 };
  for (const region of time.regions.values()) {
    for (const state of coverageStates) seconds[state] += region.seconds[state];
    if (region.end !== null) counts[region.end] += 1;
  }
  return {
    observation: observed.observation,
    checkVersion: observed.checkVersion,
    severity: observed.severity,
    decidedAt: observed.decidedAt,
    scanId: observed.scanId,
    scanMonth: observed.scanMonth,
    unknownBecause:
      observed.observation === "unknown" ? observed.unknownBecause : time.isStale ? stale : null,
    time,
    seconds,
    counts,
  };
}

function observe(before: Observed | null, said: SaidOf): Observed {
  const { checkVersion, verdict } = said;
  if (verdict === "NOT_EVALUATED") {
    return {
      severity: before?.severity ?? null,
      decidedAt: before?.decidedAt ?? null,
      scanId: before?.scanId ?? null,
      scanMonth: before?.scanMonth ?? null,
      observation: "unknown",
      checkVersion,
      unknownBecause: said.reason,
    };
  }
  return {
    severity: said.severity,
    decidedAt: said.at,
    scanId: said.scanId,
    scanMonth: said.month,
    observation: verdict === "FAIL" ? "failing" : "passing",
    checkVersion,
    unknownBecause: null,
  };
}
