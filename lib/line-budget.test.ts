import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LineBudget } from "./line-budget";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a storm writes its first lines and one that counts the others", async () => {
  const told: [string, number][] = [];
  const budget = new LineBudget(3, 60_000, (kind, left) => told.push([kind, left]));
  const written = Array.from({ length: 1_000 }, () => budget.mayWrite("rate_limited")).filter(Boolean);
  expect(written).toHaveLength(3);
  expect(budget.mayWrite("forbidden")).toBe(true);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([["rate_limited", 997]]);
  expect(budget.mayWrite("rate_limited")).toBe(true);
});

test("a few lines are all written, and nothing is counted", async () => {
  const told: unknown[] = [];
  const budget = new LineBudget(3, 1_000, (...args) => told.push(args));
  for (let minute = 0; minute < 5; minute++) {
    expect(budget.mayWrite("forbidden")).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(told).toEqual([]);
});

test("lines that are left to tell keep no process from ending", () => {
  vi.useRealTimers();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const budget = new LineBudget(1, 60_000, () => {});
  expect([budget.mayWrite("forbidden"), budget.mayWrite("forbidden")]).toEqual([true, false]);
  expect(timers()).toBe(before);
});
