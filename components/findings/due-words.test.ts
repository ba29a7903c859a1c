import { expect, test } from "vitest";
import { dayWords, leftWords, sinceWords } from "./due-words";

test("says when something is due, and how long it has been", () => {
  expect(dayWords("2026-11-07")).toBe("7 Nov");
  expect([2, 1, 0, -1, -12].map(leftWords)).toEqual([
    "2 d left",
    "1 d left",
    "today",
    "1 d over",
    "12 d over",
  ]);
  const now = "2026-11-26T12:00:00.000Z";
  const since = [
    ["2026-11-26T12:00:10.000Z", "now"],
    ["2026-11-26T11:57:00.000Z", "3 min"],
    ["2026-11-26T04:00:00.000Z", "8 h"],
    ["2026-11-14T12:00:00.000Z", "12 d"],
  ] as const;
  for (const [at, words] of since) expect(sinceWords(at, now)).toBe(words);
});
