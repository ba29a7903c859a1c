import type { Evaluation } from "@/lib/checks/evaluation";
import type { RegionCounts } from "./finding-view";

/** What is stored of an evaluation's Regions; nothing for a check of the whole account. */
export function regionCounts(
  evaluation: Pick<Evaluation, "coveredRegions" | "partialRegions" | "uncoveredRegions" | "unknownRegions">,
): number[] {
  const { coveredRegions, partialRegions, uncoveredRegions, unknownRegions } = evaluation;
  const counts = [coveredRegions, partialRegions, uncoveredRegions, unknownRegions].map(
    ({ length }) => length,
  );
  return counts.some((count) => count > 0) ? counts : [];
}

/** Reads back what regionCounts() stored; null where there is nothing. */
export function readRegionCounts(stored: readonly number[]): RegionCounts | null {
  const [covered, partial, uncovered, unread] = stored;
  if (covered === undefined || partial === undefined || uncovered === undefined || unread === undefined)
    return null;
  return { covered, partial, uncovered, unread };
}
