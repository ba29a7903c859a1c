import { expect, test } from "vitest";
import { giveUpAt, lookTimes } from "./looks-schedule";

const calledAt = new Date("2026-12-03T10:00:00.000Z");
const clock = (time: Date) => time.toISOString().slice(11, 19);

test("looks after 5, 8, 12, 16, 20, 30, 45 and 60 minutes, and then gives up, unless the operator says otherwise", () => {
  expect(lookTimes(calledAt).map(clock)).toEqual([
    "10:05:00",
    "10:08:00",
    "10:12:00",
    "10:16:00",
    "10:20:00",
    "10:30:00",
    "10:45:00",
    "11:00:00",
  ]);
  expect(clock(giveUpAt(calledAt))).toBe("11:00:00");
});

test.each([
  ["looks that come after giving up are left out", [5, 10, 40], 20, ["10:00:05", "10:00:10"]],
  ["the last look and giving up may be one", [5, 20], 20, ["10:00:05", "10:00:20"]],
  ["there is a look even when it gives up before the first", [300, 480], 20, ["10:00:20"]],
])("%s", (_what, looks, giveUp, times) => {
  expect(lookTimes(calledAt, { looks, giveUp }).map(clock)).toEqual(times);
  expect(clock(giveUpAt(calledAt, { looks, giveUp }))).toBe("10:00:20");
});
