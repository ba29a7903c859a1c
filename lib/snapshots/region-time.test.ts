import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packRegions, unpackRegions } from "./packed-regions";
import {
  type CoverageState,
  coverageStates,
  type DayOfAccount,
  type Judgment,
  judgmentOf,
  regionTime,
} from "./region-time";

const day = "2026-11-10";
const at = (time: string, on = day) => new Date(`${on}T${time}:00Z`);
const long = new Date("2026-01-01T00:00:00Z");
const hours = (count: number) => Math.round(count * 3600);
const said = (time: string, regions: Record<string, CoverageState>, on = day): Judgment => ({
  at: at(time, on),
  isDecided: true,
  regions: new Map(Object.entries(regions)),
});
const unread = (time: string, regions: string[] = []): Judgment => ({
  at: at(time),
  isDecided: false,
  regions: new Map(regions.map((name) => [name, "unknown" as const])),
});
const standing = (decided: Date | null, regions: Record<string, CoverageState>) => ({
  decidedAt: decided,
  regions: new Map(Object.entries(regions)),
});
const yesterday = at("08:00", "2026-11-09");

function timeOf(of: Partial<DayOfAccount>) {
  const { connectedSeconds, regions, isStale } = regionTime({
    from: at("00:00"),
    to: at("00:00", "2026-11-11"),
    connectedAt: long,
    disconnectedAt: null,
    everyMinutes: 1440,
    before: null,
    judgments: [],
    ...of,
  });
  const shown = [...regions].map(([name, { end, seconds }]) => [
    name,
    [end, ...coverageStates.map((state) => seconds[state])],
  ]);
  return { connectedSeconds, isStale, ...Object.fromEntries(shown) };
}

const whole = { connectedSeconds: hours(24), isStale: false };

describe("time of a Region in a day", () => {
  test.each<[string, Partial<DayOfAccount>, object]>([
    [
      "goes from failing to passing at the evaluation that says so",
      { before: standing(yesterday, { a: "uncovered" }), judgments: [said("12:00", { a: "covered" })] },
      { ...whole, a: ["covered", hours(12), 0, hours(12), 0] },
    ],
    [
      "stays as it was while the verdict of the day before is good, and is unknown from then on",
      { before: standing(yesterday, { a: "covered" }) },
      // Good for 28.8 hours: until 12:48.
      { ...whole, isStale: true, a: ["unknown", hours(12.8), 0, 0, hours(11.2)] },
    ],
    [
      "is judged by the account's own schedule",
      { everyMinutes: 60, judgments: [said("06:00", { a: "partial" })] },
      { ...whole, isStale: true, a: ["unknown", 0, hours(1.2), 0, hours(22.8)] },
    ],
    [
      "is unknown from an evaluation that could not decide to the next that could",
      {
        before: standing(yesterday, { a: "covered", b: "covered" }),
        judgments: [unread("04:00"), said("06:00", { a: "covered", b: "uncovered" })],
      },
      {
        ...whole,
        a: ["covered", hours(22), 0, 0, hours(2)],
        b: ["uncovered", hours(4), 0, hours(18), hours(2)],
      },
    ],
    [
      "is unknown to the end of the day when nothing could be read again",
      { before: standing(yesterday, { a: "covered" }), judgments: [unread("06:00", ["a", "b"])] },
      { ...whole, a: ["unknown", hours(6), 0, 0, hours(18)], b: ["unknown", 0, 0, 0, hours(18)] },
    ],
    [
      "counts from the connection on, and is unknown until the first evaluation",
      { connectedAt: at("10:00"), judgments: [said("11:00", { a: "covered" })] },
      { connectedSeconds: hours(14), isStale: false, a: ["covered", hours(13), 0, 0, hours(1)] },
    ],
    [
      "is unknown since the connection when the first evaluation could not even name the Regions",
      {
        connectedAt: at("10:00"),
        judgments: [unread("11:00"), unread("12:00", ["a"]), said("13:00", { a: "covered" })],
      },
      { connectedSeconds: hours(14), isStale: false, a: ["covered", hours(11), 0, 0, hours(3)] },
    ],
    [
      "ends with the connection, and is nothing at the end of the day",
      { disconnectedAt: at("14:00"), before: standing(yesterday, { a: "uncovered" }) },
      { connectedSeconds: hours(14), isStale: false, a: [null, 0, 0, hours(12.8), hours(1.2)] },
    ],
    [
      "does not count before it is enabled, nor after it is disabled",
      {
        before: standing(yesterday, { a: "covered", b: "covered" }),
        judgments: [said("06:00", { a: "covered", c: "uncovered" })],
      },
      {
        ...whole,
        a: ["covered", hours(24), 0, 0, 0],
        b: [null, hours(6), 0, 0, 0],
        c: ["uncovered", 0, 0, hours(18), 0],
      },
    ],
    [
      "begins with what a scan said just before the day, when it was stored too late for the day before",
      {
        before: standing(yesterday, { a: "covered" }),
        judgments: [said("23:59", { a: "uncovered" }, "2026-11-09")],
      },
      { ...whole, a: ["uncovered", 0, 0, hours(24), 0] },
    ],
    [
      "is not there while the account is not connected",
      { connectedAt: at("00:00", "2026-11-11"), judgments: [said("11:00", { a: "covered" })] },
      { connectedSeconds: 0, isStale: false },
    ],
    ["is nothing while no Region is known", { judgments: [unread("11:00")] }, whole],
  ])("%s", (_, of, expected) => {
    expect(timeOf(of)).toEqual(expected);
  });

  test("of a check without Regions is that of the account", () => {
    const none = { coveredRegions: [], partialRegions: [], uncoveredRegions: [], unknownRegions: [] };
    const of = (verdict: "PASS" | "FAIL" | "NOT_EVALUATED") => [
      ...judgmentOf(at("12:00"), { verdict, ...none }).regions.values(),
    ];
    expect([of("PASS"), of("FAIL"), of("NOT_EVALUATED")]).toEqual([["covered"], ["uncovered"], []]);
  });

  test("an evaluation that could not decide vouches for no Region, also not for one it read", () => {
    const { regions } = judgmentOf(at("12:00"), {
      verdict: "NOT_EVALUATED",
      coveredRegions: ["a"],
      partialRegions: ["b"],
      uncoveredRegions: ["c"],
      unknownRegions: ["d"],
    });
    expect(new Set(regions.values())).toEqual(new Set(["unknown"]));
  });
});

const minute = fc
  .integer({ min: -60, max: 24 * 60 + 60 })
  .map((count) => new Date(at("00:00").getTime() + count * 60_000 + 123));
const states = fc.constantFrom(...coverageStates);
const regionStates = fc
  .dictionary(fc.constantFrom("a", "b", "c"), states)
  .map((found) => new Map(Object.entries(found)));
const judgment = fc.record({ at: minute, isDecided: fc.boolean(), regions: regionStates }).map(
  ({ at: when, isDecided, regions }): Judgment => ({
    at: when,
    isDecided,
    regions: isDecided ? regions : new Map([...regions.keys()].map((name) => [name, "unknown" as const])),
  }),
);
const anyDay = fc.record({
  from: fc.constant(at("00:00")),
  to: fc.constant(at("00:00", "2026-11-11")),
  connectedAt: fc.oneof(fc.constant(long), minute),
  disconnectedAt: fc.oneof(fc.constant(null), minute),
  everyMinutes: fc.constantFrom(null, 60, 1440, 10_080),
  before: fc.oneof(
    fc.constant(null),
    fc.record({
      regions: regionStates,
      decidedAt: fc.constantFrom(null, yesterday, at("23:59", "2026-11-09")),
    }),
  ),
  judgments: fc
    .array(judgment, { maxLength: 8 })
    .map((all) => all.sort((a, b) => a.at.getTime() - b.at.getTime())),
});

describe("for any day", () => {
  test("the seconds of a Region are whole, not negative, and no more than the account was connected", () => {
    fc.assert(
      fc.property(anyDay, (of) => {
        const { connectedSeconds, regions } = regionTime(of);
        expect(connectedSeconds).toBeLessThanOrEqual(hours(24));
        for (const { seconds } of regions.values()) {
          const all = Object.values(seconds);
          expect(all.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
          expect(all.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(connectedSeconds);
        }
      }),
    );
  });

  test("of a Region that every evaluation names they add up to exactly that", () => {
    const always = fc
      .tuple(anyDay, states)
      .filter(([{ judgments, before }]) => (before?.regions.size ?? 0) > 0 || judgments.length > 0)
      .map(([of, state]) => ({
        ...of,
        before: of.before === null ? null : { ...of.before, regions: new Map([["a", state]]) },
        judgments: of.judgments.map((each) => ({
          ...each,
          regions: new Map([["a", each.isDecided ? state : ("unknown" as const)]]),
        })),
      }));
    fc.assert(
      fc.property(always, (of) => {
        const { connectedSeconds, regions } = regionTime(of);
        const seconds = regions.get("a")?.seconds;
        if (seconds === undefined) return;
        expect(Object.values(seconds).reduce((sum, count) => sum + count, 0)).toBe(connectedSeconds);
      }),
    );
  });

  test("time is covered only where a decided verdict says so, and never for longer than it is good", () => {
    fc.assert(
      fc.property(anyDay, (of) => {
        const periodSeconds = (of.everyMinutes ?? 1440) * 60 * 1.2;
        for (const [name, { seconds }] of regionTime(of).regions) {
          const decided = of.judgments.filter((each) => each.regions.get(name) === "covered").length;
          const before = of.before?.regions.get(name) === "covered" && of.before.decidedAt !== null ? 1 : 0;
          expect(seconds.covered).toBeLessThanOrEqual((decided + before) * (periodSeconds + 1));
        }
      }),
    );
  });

  test("without any decided verdict all of it is unknown", () => {
    fc.assert(
      fc.property(anyDay, (of) => {
        const blind = {
          ...of,
          before: null,
          judgments: of.judgments.filter(({ isDecided }) => !isDecided),
        };
        for (const { end, seconds } of regionTime(blind).regions.values()) {
          expect(seconds.covered + seconds.partial + seconds.uncovered).toBe(0);
          expect([null, "unknown"]).toContain(end);
        }
      }),
    );
  });

  test("it is stored and read back as it is", () => {
    fc.assert(
      fc.property(anyDay, (of) => {
        const { regions } = regionTime(of);
        expect(Object.fromEntries(unpackRegions(packRegions(regions)))).toEqual(Object.fromEntries(regions));
      }),
    );
  });
});
