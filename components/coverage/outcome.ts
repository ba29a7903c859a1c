import type { RegionOutcome } from "@/lib/checks/verdict";
import type { GlyphName } from "./glyph";

type Detail = RegionOutcome["detail"];

/** How a Region's state looks. The words come from lib/checks/labels. */
const looks: Readonly<
  Record<Detail, { readonly glyph: GlyphName; readonly tone: "quiet" | "blind" | "wait" }>
> = {
  logged: { glyph: "check-disc", tone: "quiet" },
  logged_by_single_region_trail: { glyph: "half-ring", tone: "quiet" },
  partly_logged: { glyph: "half-diamond", tone: "wait" },
  not_logged: { glyph: "diamond", tone: "quiet" },
  delivery_failing: { glyph: "triangle", tone: "wait" },
  pending: { glyph: "pending", tone: "wait" },
  could_not_read: { glyph: "dotted-square", tone: "quiet" },
  not_enabled: { glyph: "small-ring", tone: "quiet" },
};

export function lookOf(detail: Detail): {
  readonly glyph: GlyphName;
  readonly tone: "quiet" | "blind" | "wait";
} {
  return looks[detail];
}

/** Order in which counts and legend name the states: what is good, what is wrong, what is not known. */
export const detailOrder: readonly Detail[] = [
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
  regions: readonly RegionOutcome[],
): readonly { readonly detail: Detail; readonly count: number }[] {
  return detailOrder
    .map((detail) => ({ detail, count: regions.filter((region) => region.detail === detail).length }))
    .filter((entry) => entry.count > 0);
}
