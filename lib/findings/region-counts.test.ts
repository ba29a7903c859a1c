import { expect, test } from "vitest";
import { readRegionCounts, regionCounts } from "./region-counts";

const regions = (covered: number, partial: number, uncovered: number, unknown: number) => ({
  coveredRegions: Array(covered).fill("a"),
  partialRegions: Array(partial).fill("b"),
  uncoveredRegions: Array(uncovered).fill("c"),
  unknownRegions: Array(unknown).fill("d"),
});

test("Regions are counted by how the verdict sorts them, and read back", () => {
  expect(readRegionCounts(regionCounts(regions(5, 1, 11, 2)))).toEqual({
    covered: 5,
    partial: 1,
    uncovered: 11,
    unread: 2,
  });
});

test("a check of the whole account, and a finding from before, have none", () => {
  expect(regionCounts(regions(0, 0, 0, 0))).toEqual([]);
  expect(readRegionCounts([])).toBeNull();
});
