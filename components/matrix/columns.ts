import { groupByGeography, type RegionGroup } from "@/components/coverage/region-groups";
import type { MatrixRow, RegionDetail } from "@/lib/findings/check-matrix-view";

export interface Columns {
  /** Regions that are shown, by geography. */
  readonly groups: readonly RegionGroup<{ readonly name: string }>[];
  /** Regions that no account of the page has enabled. */
  readonly enabledNowhere: number;
}

/** Columns of the matrix: the Regions that an account of the page has enabled, or all. Pure. */
export function columnsOf(rows: readonly MatrixRow[], withAll: boolean): Columns {
  const all = new Set<string>();
  const enabled = new Set<string>();
  for (const { regions } of rows) {
    for (const { name, detail } of regions) {
      all.add(name);
      if (detail !== "not_enabled") enabled.add(name);
    }
  }
  const shown = withAll ? all : enabled;
  return {
    groups: groupByGeography([...shown].map((name) => ({ name }))),
    enabledNowhere: all.size - enabled.size,
  };
}

/** A state as one letter: `data-s` in app/dashboard.css draws it. */
export const detailLetters: Readonly<Record<RegionDetail, string>> = {
  logged: "l",
  logged_by_single_region_trail: "o",
  not_logged: "n",
  partly_logged: "p",
  delivery_failing: "d",
  pending: "w",
  could_not_read: "u",
  not_enabled: "x",
};

/** States in which a Region is blind. */
const blind: ReadonlySet<RegionDetail> = new Set(["not_logged", "partly_logged", "delivery_failing"]);

/** How many accounts of the page are blind in each Region. */
export function blindByRegion(rows: readonly MatrixRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { regions } of rows) {
    for (const { name, detail } of regions) {
      if (blind.has(detail)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

/** What is said of an account as a whole. */
export function blindText({ counts, observation, isInferred }: MatrixRow): {
  readonly text: string;
  readonly tone?: "blind" | "wait";
} {
  if (observation === "unknown") return { text: "Unknown" };
  if (counts === null)
    return observation === "failing" ? { text: "Failing", tone: "blind" } : { text: "Passing" };
  const { covered, partial, uncovered, unread } = counts;
  const all = covered + partial + uncovered + unread;
  if (uncovered > 0) return { text: `${uncovered + partial} of ${all}`, tone: "blind" };
  if (partial > 0) return { text: `${partial} in part`, tone: "wait" };
  if (observation === "failing") return { text: "Failing", tone: "wait" };
  return { text: isInferred ? "Inferred" : `All ${all}` };
}
