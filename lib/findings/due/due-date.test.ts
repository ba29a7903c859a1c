import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { severities } from "@/lib/checks/words";
import { type DuePolicy, dayIn, defaultDuePolicy, dueDate, endOfDayIn, isTimeZone } from "./due-date";

const berlin: DuePolicy = { ...defaultDuePolicy, timeZone: "Europe/Berlin" };

describe("when a finding is due", () => {
  test.each([
    ["CRITICAL", "2026-12-03T22:59:59.999Z"],
    ["HIGH", "2026-12-10T22:59:59.999Z"],
    ["MEDIUM", "2026-12-26T22:59:59.999Z"],
    ["LOW", "2027-02-24T22:59:59.999Z"],
  ] as const)("%s: the end of the last day where the organization is", (severity, due) => {
    expect(dueDate(berlin, { severity, from: "2026-11-26T10:00:00.000Z" })).toBe(due);
  });

  test("counts from the day it is there, not in UTC", () => {
    // Already the 27th in Berlin.
    expect(dueDate(berlin, { severity: "CRITICAL", from: "2026-11-26T23:30:00.000Z" })).toBe(
      "2026-12-04T22:59:59.999Z",
    );
  });

  test("ends at midnight there across a change of the clocks", () => {
    expect(dueDate(berlin, { severity: "CRITICAL", from: "2026-03-24T10:00:00.000Z" })).toBe(
      "2026-03-31T21:59:59.999Z",
    );
  });

  test.each([
    ["CRITICAL", "2026-11-30"],
    ["HIGH", "2026-12-03"],
    ["LOW", "2027-01-10"],
  ] as const)("%s that came back has half the days, rounded up", (severity, day) => {
    const due = dueDate(berlin, { severity, from: "2026-11-26T10:00:00.000Z", isComeback: true });
    expect(dayIn("Europe/Berlin", due)).toBe(day);
  });

  test("counts no weekend where business days count", () => {
    const policy = { ...berlin, businessDays: true };
    // A Thursday: Friday, five days of the week after, Monday.
    expect(
      dayIn("Europe/Berlin", dueDate(policy, { severity: "CRITICAL", from: "2026-11-26T10:00:00.000Z" })),
    ).toBe("2026-12-07");
    // A Saturday begins on Monday.
    expect(
      dayIn("Europe/Berlin", dueDate(policy, { severity: "CRITICAL", from: "2026-11-28T10:00:00.000Z" })),
    ).toBe("2026-12-08");
  });

  test("is never earlier for a lower severity, nor later for a comeback", () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date("2020-01-01"),
          max: new Date("2035-01-01"),
          noInvalidDate: true,
        }),
        fc.constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata"),
        fc.boolean(),
        (at, timeZone, businessDays) => {
          const policy = { ...defaultDuePolicy, timeZone, businessDays };
          const from = at.toISOString();
          const dues = severities.values.map((severity) => dueDate(policy, { severity, from }));
          expect([...dues].sort()).toEqual(dues);
          for (const severity of severities.values) {
            expect(
              dueDate(policy, { severity, from, isComeback: true }) <= dueDate(policy, { severity, from }),
            ).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

test("a day ends where the organization is", () => {
  expect(endOfDayIn("America/New_York", "2026-12-09")).toBe("2026-12-10T04:59:59.999Z");
  expect(endOfDayIn("UTC", "2026-02-30")).toBeNull();
  expect(endOfDayIn("UTC", "tomorrow")).toBeNull();
});

test("knows time zones by their names", () => {
  expect(["UTC", "Europe/Berlin", "America/Argentina/Ushuaia"].every(isTimeZone)).toBe(true);
  expect(["", "Berlin", "Mars/Olympus"].some(isTimeZone)).toBe(false);
});
