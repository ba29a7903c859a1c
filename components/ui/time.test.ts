import { describe, expect, it } from "vitest";
import { relativeTime } from "./time";

const now = Date.parse("2026-11-22T12:00:00Z");
const minutes = (count: number) => now - count * 60_000;

describe("relativeTime", () => {
  it("says how long ago or how soon in the largest fitting unit", () => {
    expect(relativeTime(minutes(0.2), now)).toBe("just now");
    expect(relativeTime(minutes(6), now)).toBe("6 min ago");
    expect(relativeTime(minutes(26 * 60), now)).toBe("1 day ago");
    expect(relativeTime(minutes(5 * 60), now)).toBe("5 h ago");
    expect(relativeTime(minutes(-180), now)).toBe("in 3 h");
    expect(relativeTime(minutes(60 * 24 * 90), now)).toBe("3 months ago");
  });
});
