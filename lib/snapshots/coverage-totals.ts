import type { CoverageTotals } from "./coverage-view";
import type { Seconds } from "./region-time";

/** Time of several days or accounts together, with its shares. Unknown time is in the whole, and never covered. Pure. */
export function sumOfSeconds(each: readonly Seconds[]): CoverageTotals {
  const seconds = { covered: 0, partial: 0, uncovered: 0, unknown: 0 };
  for (const { covered, partial, uncovered, unknown } of each) {
    seconds.covered += covered;
    seconds.partial += partial;
    seconds.uncovered += uncovered;
    seconds.unknown += unknown;
  }
  const all = seconds.covered + seconds.partial + seconds.uncovered + seconds.unknown;
  return {
    seconds,
    coveredShare: all === 0 ? null : seconds.covered / all,
    unknownShare: all === 0 ? null : seconds.unknown / all,
  };
}
