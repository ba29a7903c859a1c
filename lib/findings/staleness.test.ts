import { expect, test } from "vitest";
import { isStale } from "./staleness";

const now = new Date("2026-11-22T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

test("a verdict goes stale a fifth of the period after the next scan was due", () => {
  expect(isStale(hoursAgo(28.7), 1440, now)).toBe(false);
  expect(isStale(hoursAgo(28.9), 1440, now)).toBe(true);
  expect(isStale(hoursAgo(1.3), 60, now)).toBe(true);
});

test("without a schedule a verdict ages as if it were daily, and no verdict is not a stale one", () => {
  expect(isStale(hoursAgo(28.7), null, now)).toBe(false);
  expect(isStale(hoursAgo(30), null, now)).toBe(true);
  expect(isStale(null, 1440, now)).toBe(false);
});
