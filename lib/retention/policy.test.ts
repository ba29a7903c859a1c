import { describe, expect, test } from "vitest";
import { isExpired } from "./policy";

const policy = { rawMonths: 13, historyYears: 7 };
const now = new Date("2026-11-26T12:00:00Z");

describe("a month of history", () => {
  test("of raw facts, calls and answers goes after its months are over, whole", () => {
    for (const table of ["runs", "answers", "scan_facts"]) {
      expect(isExpired(table, "2025-10-01", policy, now)).toBe(false);
      expect(isExpired(table, "2025-09-01", policy, now)).toBe(true);
    }
  });

  test("of evaluations and events stays for years", () => {
    for (const table of ["evaluations", "scan_results", "finding_events", "snapshots", "coverage_days"]) {
      expect(isExpired(table, "2025-09-01", policy, now)).toBe(false);
      expect(isExpired(table, "2019-11-01", policy, now)).toBe(false);
      expect(isExpired(table, "2019-10-01", policy, now)).toBe(true);
    }
  });

  test("is never this one, however short the retention", () => {
    expect(isExpired("runs", "2026-11-01", { rawMonths: 1, historyYears: 1 }, now)).toBe(false);
    expect(isExpired("runs", "2026-10-01", { rawMonths: 1, historyYears: 1 }, now)).toBe(false);
  });
});
