import { expect, it } from "vitest";
import { sequentialDepth } from "./sequential-depth";

const call = (begun: number, durationMs: number) => ({ at: new Date(begun).toISOString(), durationMs });

it("counts calls that waited for each other, not calls side by side", () => {
  expect(sequentialDepth([])).toBe(0);
  expect(sequentialDepth([call(0, 80), call(5, 80), call(20, 80)])).toBe(1);
  expect(sequentialDepth([call(0, 80), call(0, 81), call(81, 80), call(90, 90), call(200, 10)])).toBe(3);
  expect(sequentialDepth([call(0, 300), call(0, 80), call(80, 80), call(160, 80)])).toBe(3);
});
