import { describe, expect, test } from "vitest";
import type { WorkItem } from "@/lib/findings/my-work-view";
import { dueText, dueTone, workSentences } from "./due-words";

/** Wednesday is today. */
const due = (daysLeft: number) => ({
  day: new Date(Date.UTC(2026, 10, 25 + daysLeft)).toISOString().slice(0, 10),
  daysLeft,
});

test.each([
  [-12, "12 days over", "over"],
  [-1, "1 day over", "over"],
  [0, "Due today", "soon"],
  [1, "Due tomorrow", "soon"],
  [2, "Friday, 2 days left", "soon"],
  [6, "Tuesday, 6 days left", undefined],
  [7, "2 Dec, 7 days left", undefined],
  [14, "9 Dec", undefined],
])("%i days from its day a fix reads %s", (days, text, tone) => {
  expect(dueText(due(days))).toBe(text);
  expect(dueTone(due(days))).toBe(tone);
});

test("without a day it says so", () => {
  expect(dueText(null)).toBe("No due date");
  expect(dueTone(null)).toBeUndefined();
});

describe("the head of the page", () => {
  const items = (...days: (number | null)[]) =>
    days.map((each) => ({ due: each === null ? null : due(each) }) as WorkItem);
  const said = (days: (number | null)[], more: { waiting?: number; hasMore?: boolean } = {}) =>
    workSentences({
      toFix: items(...days),
      waiting: Array.from({ length: more.waiting ?? 0 }),
      hasMore: more.hasMore ?? false,
    }).join(" ");

  test.each([
    [[-2, 2, 14], "One fix is overdue. One more is due Friday."],
    [[-2, -1, 0], "2 fixes are overdue. One more is due today."],
    [[-2, 0, 1], "One fix is overdue. One more is due today."],
    [[1], "One fix is due tomorrow."],
    [[7], "One fix is due 2 Dec."],
    [[1, 3], "2 fixes are due this week."],
    [[14, null], "Nothing is due this week."],
    [[], "Nothing is waiting for you."],
  ])("for %j says: %s", (days, text) => {
    expect(said(days)).toBe(text);
  });

  test("does not count what it has not read, and says when only waiting is left", () => {
    expect(said([-3, -2], { hasMore: true })).toBe("At least 2 fixes are overdue.");
    expect(said([], { waiting: 1 })).toBe("There is nothing for you to do.");
  });
});
