import type { RegionOutcome } from "@/lib/checks/evaluation";
import { regionOutcomeLabel } from "@/lib/checks/labels";
import type { GlyphName } from "./glyph";

type Detail = RegionOutcome["detail"];

interface Look {
  readonly text: string;
  readonly glyph: GlyphName;
  readonly tone: "quiet" | "blind" | "wait";
}

/** States that ask for attention have their words in color; the others are quiet. */
const tones: Readonly<Partial<Record<Detail, Look["tone"]>>> = {
  partly_logged: "wait",
  delivery_failing: "wait",
  pending: "wait",
};

/** How a Region's state looks and reads. */
export function lookOf(detail: Detail): Look {
  return { ...regionOutcomeLabel(detail), tone: tones[detail] ?? "quiet" };
}

/** Order in which counts and legend name the states: what is good, what is wrong, what is not known. */
const detailOrder: readonly Detail[] = [
  "logged",
  "logged_by_single_region_trail",
  "not_logged",
  "partly_logged",
  "delivery_failing",
  "pending",
  "could_not_read",
  "not_enabled",
];

/** How many Regions are in each state, in that order, without the empty ones. */
export function countByDetail(
  regions: readonly Pick<RegionOutcome, "detail">[],
): readonly { readonly detail: Detail; readonly count: number }[] {
  return detailOrder
    .map((detail) => ({ detail, count: regions.filter((region) => region.detail === detail).length }))
    .filter((entry) => entry.count > 0);
}
