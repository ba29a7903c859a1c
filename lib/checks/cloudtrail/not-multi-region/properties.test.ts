import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSelectors } from "@/lib/checks/cloudtrail/inventory/selectors";
import type { BasicEventSelector, EventSelectors, TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { Reading } from "@/lib/checks/facts/reading";
import { multiRegionTrail, now } from "@/lib/checks/testing/cases";
import { type CaseFacts, scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import { world } from "@/lib/checks/testing/worlds";
import { check } from "./check";
import { evaluate } from "./evaluate";

const runs = { numRuns: 400 };

function judge(testCase: TruthTableCase) {
  const { facts, context } = scenario(testCase, now);
  return evaluate(facts, context);
}

const goodness = { FAIL: 0, NOT_EVALUATED: 1, PASS: 2 } as const;

describe("for any account", () => {
  it("puts every enabled Region into exactly one list, and no other Region anywhere", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const e = judge(testCase);
        const listed = [...e.coveredRegions, ...e.partialRegions, ...e.uncoveredRegions, ...e.unknownRegions];
        const enabled = testCase.regions.filter((r) => r.optInStatus !== "not-opted-in").map((r) => r.name);
        expect([...listed].sort()).toEqual([...enabled].sort());
      }),
      runs,
    );
  });

  it("never judges worse because a healthy, complete multi-Region trail was added", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const enabled = testCase.regions.filter((r) => r.optInStatus !== "not-opted-in").map((r) => r.name);
        const good = multiRegionTrail({ name: "added", existsInRegions: enabled });
        const better = judge({ ...testCase, trails: [...testCase.trails, good] });
        expect(goodness[better.verdict]).toBeGreaterThanOrEqual(goodness[judge(testCase).verdict]);
      }),
      runs,
    );
  });

  it("passes, fails or abstains the same whatever the order of Regions, trails and errors", () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.nat()), (testCase, stream) => {
        const shuffled = {
          ...testCase,
          regions: shuffle(testCase.regions, stream),
          trails: shuffle(testCase.trails, stream),
        };
        const a = judge(testCase);
        const b = judge(shuffled);
        expect(orderless(b)).toEqual(orderless(a));
        // Between equal candidates the first is chosen, and advisories speak of the chosen one.
        if (a.remediation.trail === b.remediation.trail) {
          expect([...b.advisories].sort()).toEqual([...a.advisories].sort());
        }
      }),
      runs,
    );
  });

  it("claims no gap where it gives no verdict", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const e = judge(testCase);
        if (e.verdict === "NOT_EVALUATED") expect([...e.uncoveredRegions, ...e.partialRegions]).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it("describes every verdict without a hole in the words", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const { facts, context } = scenario(testCase, now);
        const e = evaluate(facts, context);
        const text = JSON.stringify(check.describe(e, facts, { ...context, accountName: "acme" }));
        expect(text).not.toMatch(/undefined|NaN|\[object/);
      }),
      runs,
    );
  });
});

describe("silence", () => {
  /** Every status of every trail, changed. */
  const withStatuses = (
    testCase: TruthTableCase,
    change: (status: TrailStatus) => TrailStatus,
  ): TruthTableCase => ({
    ...testCase,
    trails: testCase.trails.map((trail) => ({
      ...trail,
      ...(trail.status === undefined ? {} : { status: change(trail.status) }),
      statusByRegion: Object.fromEntries(
        Object.entries(trail.statusByRegion ?? {}).map(([region, status]) => [region, change(status)]),
      ),
    })),
  });
  const withActivity = (testCase: TruthTableCase, at: string | undefined): TruthTableCase => ({
    ...testCase,
    regions: testCase.regions.map(({ lastKnownActivity: _, ...region }) =>
      at === undefined ? region : { ...region, lastKnownActivity: at },
    ),
  });

  it("alone makes no fault: deliveries further back make no fail while no activity is known", () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 400 }), (testCase, days) => {
        const without = withActivity(testCase, undefined);
        const aged = withStatuses(without, (status) =>
          status.latestDeliveryTime === undefined
            ? status
            : {
                ...status,
                latestDeliveryTime: new Date(
                  Date.parse(status.latestDeliveryTime) - days * 86_400_000,
                ).toISOString(),
              },
        );
        const [before, after] = [judge(without), judge(aged)];
        if (before.verdict !== "FAIL") expect(after.verdict).not.toBe("FAIL");
        expect(after.reason).not.toBe("MULTI_REGION_DELIVERY_STALE");
      }),
      { numRuns: 1500 },
    );
  });

  it("is broken by a delivery: activity that one followed in every Region makes no pass worse", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const delivering = withStatuses(testCase, (status) => {
          const isLater = (status.latestDeliveryTime ?? "") > "2026-11-21T11:06";
          return isLater ? status : { ...status, latestDeliveryTime: "2026-11-21T11:06:00Z" };
        });
        const without = judge(withActivity(delivering, undefined));
        const withIt = judge(withActivity(delivering, "2026-11-21T11:00:00Z"));
        if (without.verdict !== "PASS") return;
        expect(withIt.verdict).toBe("PASS");
        if (without.assurance === "VERIFIED") expect(withIt.assurance).toBe("VERIFIED");
      }),
      { numRuns: 1500 },
    );
  });

  it("after activity never makes anything better", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const silent = withStatuses(testCase, (status) => ({
          ...status,
          latestDeliveryTime: "2026-11-20T00:00:00Z",
        }));
        const without = judge(withActivity(silent, undefined));
        const withIt = judge(withActivity(silent, "2026-11-21T11:00:00Z"));
        expect(goodness[withIt.verdict]).toBeLessThanOrEqual(goodness[without.verdict]);
      }),
      runs,
    );
  });
});

describe("with readings missing", () => {
  it("never invents a verified pass, and never a fail that the rest does not prove", () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.nat({ max: 3 })), (testCase, stream) => {
        fc.pre(!hasLostCopy(testCase));
        const { facts, context } = scenario(testCase, now);
        const whole = evaluate(facts, context);
        const part = evaluate(withoutSome(facts, stream), context);
        if (whole.verdict === "PASS") expect(part.verdict).not.toBe("FAIL");
        if (part.verdict === "PASS" && part.assurance === "VERIFIED") {
          expect([whole.verdict, whole.assurance]).toEqual(["PASS", "VERIFIED"]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("never turns a pass into a fail by losing some more", () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.nat({ max: 3 })), (testCase, stream) => {
        fc.pre(!hasLostCopy(testCase));
        const { facts, context } = scenario(testCase, now);
        const some = withoutSome(facts, stream);
        const before = evaluate(some, context);
        const after = evaluate(withoutSome(some, stream), context);
        if (before.verdict === "PASS") expect(after.verdict).not.toBe("FAIL");
      }),
      { numRuns: 1500 },
    );
  });
});

describe("event classes", () => {
  const sources = ["kms.amazonaws.com", "rdsdata.amazonaws.com", "ec2.amazonaws.com"] as const;
  const basic = fc.record(
    {
      readWriteType: fc.constantFrom("All", "ReadOnly", "WriteOnly"),
      includeManagementEvents: fc.boolean(),
      excludeManagementEventSources: fc.subarray(["kms.amazonaws.com", "rdsdata.amazonaws.com"]),
    },
    { requiredKeys: [] },
  );
  const advanced = fc
    .record({
      category: fc.constantFrom("Management", "Data"),
      readOnly: fc.constantFrom(undefined, "true", "false"),
      excluded: fc.subarray(["kms.amazonaws.com", "rdsdata.amazonaws.com"]),
    })
    .map(({ category, readOnly, excluded }) => ({
      fieldSelectors: [
        { field: "eventCategory", equals: [category] },
        ...(readOnly === undefined ? [] : [{ field: "readOnly", equals: [readOnly] }]),
        ...(excluded.length === 0 ? [] : [{ field: "eventSource", notEquals: excluded }]),
      ],
    }));

  it("equal asking for every kind of event whether any selector lets it through", () => {
    fc.assert(
      fc.property(fc.array(basic, { maxLength: 3 }), fc.array(advanced, { maxLength: 3 }), (b, a) => {
        const selectors: EventSelectors = { basic: b as readonly BasicEventSelector[], advanced: a };
        fc.pre(b.length + a.length > 0);
        const events = [true, false].flatMap((isRead) => sources.map((source) => ({ isRead, source })));
        const logged = events.filter(
          (event) => b.some(letsThroughBasic(event)) || a.some(letsThroughAdvanced(event)),
        );
        expect(bits(readSelectors(selectors)?.classes ?? 0)).toBe(logged.length);
        expect(readSelectors(selectors)?.classes === 63).toBe(logged.length === events.length);
      }),
      runs,
    );
  });
});

interface ModelEvent {
  readonly isRead: boolean;
  readonly source: string;
}

function letsThroughBasic(event: ModelEvent) {
  return (selector: {
    readWriteType?: string;
    includeManagementEvents?: boolean;
    excludeManagementEventSources?: string[];
  }) =>
    selector.includeManagementEvents !== false &&
    selector.readWriteType !== (event.isRead ? "WriteOnly" : "ReadOnly") &&
    !(selector.excludeManagementEventSources ?? []).includes(event.source);
}

function letsThroughAdvanced(event: ModelEvent) {
  return ({
    fieldSelectors,
  }: {
    fieldSelectors: readonly { field: string; equals?: string[]; notEquals?: string[] }[];
  }) =>
    fieldSelectors.every(({ field, equals, notEquals }) => {
      const value = {
        eventCategory: "Management",
        readOnly: String(event.isRead),
        eventSource: event.source,
      }[field];
      return value !== undefined && (equals?.includes(value) ?? true) && !notEquals?.includes(value);
    });
}

function bits(classes: number): number {
  return classes.toString(2).replaceAll("0", "").length;
}

function orderless(e: ReturnType<typeof evaluate>) {
  const { verdict, reason, severity, assurance, disposition } = e;
  const lists = [e.coveredRegions, e.partialRegions, e.uncoveredRegions, e.unknownRegions].map((l) =>
    [...l].sort(),
  );
  return { verdict, reason, severity, assurance, disposition, lists, action: e.remediation.action };
}

function shuffle<T>(list: readonly T[], stream: fc.Stream<number>): readonly T[] {
  const keyed = list.map((item, index) => ({ item, index, key: stream.next().value ?? index }));
  return keyed.sort((a, b) => a.key - b.key || a.index - b.index).map(({ item }) => item);
}

/**
 * A multi-Region trail that shows in some Regions and, long after, not in others: AWS never leaves it so. One
 * readable Region then proves too much, as the rules accept.
 */
function hasLostCopy({ regions, trails }: TruthTableCase): boolean {
  const recent = (since: string | undefined) => since !== undefined && since > "2026-11-22";
  return trails.some(
    (trail) =>
      trail.isMultiRegion &&
      !recent(trail.multiRegionSince) &&
      regions.some(
        (region) =>
          region.optInStatus !== "not-opted-in" &&
          !recent(region.enabledSince) &&
          !trail.existsInRegions.includes(region.name),
      ),
  );
}

/** Makes about one reading in four unreadable. */
function withoutSome(facts: CaseFacts, stream: fc.Stream<number>): CaseFacts {
  const maybe = <T>(reading: Reading<T>): Reading<T> =>
    reading.ok && stream.next().value === 0
      ? {
          ok: false,
          failure: { kind: "timeout", api: "x:Y", region: "us-east-1", code: "TimeoutError", message: "" },
        }
      : reading;
  const each = <T>(record: Readonly<Record<string, Reading<T>>>) =>
    Object.fromEntries(Object.entries(record).map(([key, reading]) => [key, maybe(reading)]));
  return {
    ...facts,
    organization: maybe(facts.organization),
    regions: maybe(facts.regions),
    "cloudtrail.trails": each(facts["cloudtrail.trails"]),
    "cloudtrail.trail_status": Object.fromEntries(
      Object.entries(facts["cloudtrail.trail_status"]).map(([arn, statuses]) => [arn, each(statuses)]),
    ),
    "cloudtrail.event_selectors": each(facts["cloudtrail.event_selectors"]),
  };
}
