import { expect, test } from "vitest";
import { addMonths, monthOf, tableWithoutMonth } from "./month";

test("a month is named by its first day in UTC", () => {
  expect(monthOf(new Date("2026-11-30T23:59:59.999Z"))).toBe("2026-11-01");
  expect(monthOf(new Date("2026-12-01T00:00:00+05:00"))).toBe("2026-11-01");
});

test("months are counted across years", () => {
  expect(addMonths("2026-11-01", 3)).toBe("2027-02-01");
  expect(addMonths("2026-01-01", -13)).toBe("2024-12-01");
  expect(addMonths("2026-11-01", 0)).toBe("2026-11-01");
});

test("a missing month is recognized among other errors", () => {
  const missing = new Error('no partition of relation "runs" found for row');
  expect(tableWithoutMonth(missing)).toBe("runs");
  expect(tableWithoutMonth(new Error("query failed", { cause: missing }))).toBe("runs");
  expect(tableWithoutMonth(new Error("something else"))).toBeNull();
});
