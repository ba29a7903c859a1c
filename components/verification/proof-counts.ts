import type { KeyRegionState } from "@/lib/verification/verification-states";
import type { KeyView } from "@/lib/verification/verification-view";

/** How many Regions of a key are in each state, and how many there are. */
export function countStates({ regions }: KeyView): Readonly<Record<KeyRegionState | "all", number>> {
  const counts = { all: regions.length, waiting: 0, passed: 0, failed: 0, inconclusive: 0, exempt: 0 };
  for (const { state } of regions) counts[state]++;
  return counts;
}

/** When the last Region of a key was decided. */
export function lastAt({ regions }: KeyView): string | null {
  return regions.reduce<string | null>(
    (last, { at }) => (at !== null && (last === null || at > last) ? at : last),
    null,
  );
}
