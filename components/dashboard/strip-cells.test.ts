import { expect, test } from "vitest";
import type { CellState } from "@/lib/snapshots/coverage-states";
import type { CoverageCell } from "@/lib/snapshots/coverage-view";
import { cellLetter, cellPaths } from "./strip-cells";

const none = { covered: 0, partial: 0, uncovered: 0, unknown: 0 };
const cell = (state: CellState, of: Partial<CoverageCell> = {}): CoverageCell => ({
  day: "2026-11-25",
  state,
  regions: none,
  seconds: null,
  ...of,
});
const blind = (uncovered: number, covered: number) =>
  cellLetter(cell("uncovered", { seconds: { ...none, uncovered, covered } }));

test("a cell is filled by the share of time that was not logged, and always enough to be seen", () => {
  expect(blind(17, 0).charCodeAt(0) - 64).toBe(18);
  expect(blind(1, 1).charCodeAt(0) - 64).toBe(9);
  expect(blind(1, 10_000).charCodeAt(0) - 64).toBe(5);
  // Of today, whose time has not ended, the Regions are asked.
  expect(cellLetter(cell("uncovered", { regions: { ...none, uncovered: 1, covered: 1 } }))).toBe(blind(1, 1));
});

test("what is not known is never drawn as logged", () => {
  expect(
    ["covered", "partial", "unknown", "not_connected", "pending"].map((state) =>
      cellLetter(cell(state as CellState)),
    ),
  ).toEqual(["c", "p", "?", ".", "-"]);
  const { logged, base, ...others } = cellPaths("?.-");
  expect([logged, base]).toEqual(["", ""]);
  expect(others.unknown).toBe("M0.5 .5h9v17h-9z");
  expect(others.absent).toBe("M16 9h2");
  expect(cellPaths("cc?c").logged).toBe("M0 8h22M36 8h10");
  expect(cellPaths("cR")).toMatchObject({ base: "M0 17h10", blind: "M12 0h10v18h-10z" });
});
