import { expect, test } from "vitest";
import { axisOf } from "./chart";
import { durationText, shareText } from "./words";

test("counts and durations begin at zero, and every value is on the axis", () => {
  expect(axisOf([0, 3], "count")).toEqual({ from: 0, to: 4 });
  expect(axisOf([12], "count")).toEqual({ from: 0, to: 20 });
  expect(axisOf([10_112], "count")).toEqual({ from: 0, to: 20_000 });
  expect(axisOf([90_000], "seconds")).toEqual({ from: 0, to: 40 * 3_600 });
  expect(axisOf([5 * 86_400], "seconds")).toEqual({ from: 0, to: 5 * 86_400 });
  expect(axisOf([0.813, 0.9], "share")).toEqual({ from: 0.8, to: 1 });
  expect(axisOf([1], "share")).toEqual({ from: 0.9, to: 1 });
  expect(axisOf([0], "share")).toEqual({ from: 0, to: 1 });
});

test("a share is never rounded to all or to nothing", () => {
  expect([0, 0.0001, 0.8126, 0.9999, 1].map(shareText)).toEqual(["0%", "0.1%", "81.3%", "99.9%", "100%"]);
  expect([30, 5_000, 30_000, 260_000].map(durationText)).toEqual(["1 min", "83 min", "8 h", "3 days"]);
});
