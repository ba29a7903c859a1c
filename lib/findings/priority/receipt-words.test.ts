import { describe, expect, test } from "vitest";
import { readReceipt } from "./receipt";
import { receiptView } from "./receipt-words";
import { type ScoreInputs, scoreOf } from "./score";
import { slaOf } from "./sla";

const calendar = { timeZone: "Europe/Berlin", now: "2026-11-26T10:00:00.000Z" };
const from = "2026-11-14T10:00:00.000Z";

function printed(change: Partial<ScoreInputs> = {}, dueAt: string | null = "2026-12-14T22:59:59.999Z") {
  const receipt = scoreOf({
    severity: "HIGH",
    regions: { blind: 12, enabled: 17, active: null },
    environment: "production",
    sla: slaOf(calendar.timeZone, { from, dueAt, now: calendar.now }),
    comebacks: 0,
    isSilent: true,
    ...change,
  });
  const { lines, note } = receiptView(receipt, calendar);
  return { lines: lines.map(({ text, points }) => `${text} ${points}`), note };
}

describe("a receipt", () => {
  test("is printed line by line, with what was not known", () => {
    expect(printed()).toEqual({
      lines: [
        "severity high 30",
        "12 of 17 Regions blind 18",
        "production 10",
        "day 12 of 30 4",
        "never came back 0",
        "delivery fails silently 5",
      ],
      note: "Formula 1. No activity data, so every Region weighs the same.",
    });
  });

  test("says other things of other facts", () => {
    expect(
      printed({ environment: "log-archive", comebacks: 2, isSilent: null, regions: null }, null),
    ).toEqual({
      lines: ["severity high 30", "log archive account 15", "no due date 0", "came back 2 times 8"],
      note: "Formula 1.",
    });
    expect(printed({}, "2026-11-25T22:59:59.999Z").lines).toContain("1 day overdue 15");
    expect(printed({}, "2026-11-26T09:00:00.000Z").lines).toContain("overdue 15");
    expect(printed({ regions: { blind: 1, enabled: 1, active: { blind: 1, enabled: 1 } } }).note).toBe(
      "Formula 1. A Region with activity weighs 3, any other 1.",
    );
    expect(
      printed({ severity: "CRITICAL", environment: "management", comebacks: 3 }, "2026-11-20T00:00:00.000Z")
        .note,
    ).toMatch(/More than 100 points count as 100\.$/);
  });

  test("of another formula is not shown at all", () => {
    expect(readReceipt({ version: 2, lines: [], score: 7, band: 4 })).toBeNull();
    expect(readReceipt(null)).toBeNull();
  });
});

describe("the time that is over", () => {
  test("is counted in days of the organization", () => {
    const at = (now: string) => slaOf("America/New_York", { from, dueAt: "2026-12-15T04:59:59.999Z", now });
    // Still the 14th there.
    expect(at("2026-11-15T04:59:00.000Z")).toMatchObject({ elapsedDays: 0, days: 30, isOverdue: false });
    expect(at("2026-11-15T05:01:00.000Z")).toMatchObject({ elapsedDays: 1 });
    expect(at("2026-12-15T05:00:00.000Z")).toMatchObject({ elapsedDays: 31, isOverdue: true });
  });

  test("is whole days across a change of the clocks", () => {
    const [begun, now] = ["2026-03-28T22:30:00.000Z", "2026-03-29T22:30:00.000Z"];
    expect(slaOf("Europe/Berlin", { from: begun, dueAt: null, now }).elapsedDays).toBe(2);
  });
});
