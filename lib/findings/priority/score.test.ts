import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environments } from "@/lib/accounts/account-states";
import { severities } from "@/lib/checks/words";
import { receipt } from "./receipt";
import { type ScoreInputs, scoreOf } from "./score";

const noTime = {
  from: "2026-11-01T00:00:00.000Z",
  dueAt: "2026-12-01T23:59:59.999Z",
  elapsedDays: 0,
  days: 30,
  isOverdue: false,
};

const nothing: ScoreInputs = {
  severity: null,
  regions: { blind: 0, enabled: 17, active: null },
  environment: "sandbox",
  sla: noTime,
  comebacks: 0,
  isSilent: false,
};

const pointsOf = (inputs: ScoreInputs) =>
  Object.fromEntries(scoreOf(inputs).lines.map(({ id, points }) => [id, points]));

describe("the score", () => {
  test("of the worked example: 20 + 15 + 10 + 4 + 4 + 5 = 58, P2", () => {
    const example: ScoreInputs = {
      severity: "MEDIUM",
      regions: { blind: 6, enabled: 10, active: null },
      environment: "production",
      sla: { ...noTime, elapsedDays: 12 },
      comebacks: 1,
      isSilent: true,
    };
    expect(scoreOf(example)).toEqual({
      version: 1,
      score: 58,
      band: 2,
      lines: [
        { id: "severity", points: 20, severity: "MEDIUM" },
        { id: "blind", points: 15, blind: 6, enabled: 10, active: null },
        { id: "environment", points: 10, environment: "production" },
        { id: "sla", points: 4, from: noTime.from, dueAt: noTime.dueAt, isOverdue: false },
        { id: "recurrence", points: 4, comebacks: 1 },
        { id: "silent", points: 5, isSilent: true },
      ],
    });
  });

  test.each([
    ["CRITICAL", 40],
    ["HIGH", 30],
    ["MEDIUM", 20],
    ["LOW", 10],
    [null, 0],
  ] as const)("severity %s is %i", (severity, points) => {
    expect(pointsOf({ ...nothing, severity }).severity).toBe(points);
  });

  test.each([
    [0, 17, null, 0],
    [12, 17, null, 18],
    [17, 17, null, 25],
    [0, 0, null, 0],
    // (12 + 2 × 1) of (17 + 2 × 5)
    [12, 17, { blind: 1, enabled: 5 }, 13],
    [12, 17, { blind: 5, enabled: 5 }, 20],
    [12, 17, { blind: 0, enabled: 0 }, 18],
  ] as const)("%i of %i Regions blind, with activity in %o, is %i", (blind, enabled, active, points) => {
    expect(pointsOf({ ...nothing, regions: { blind, enabled, active } }).blind).toBe(points);
  });

  test.each([
    ["log-archive", 15],
    ["management", 15],
    ["production", 10],
    ["staging", 4],
    ["development", 4],
    ["other", 4],
    ["sandbox", 0],
  ] as const)("%s is %i", (environment, points) => {
    expect(pointsOf({ ...nothing, environment }).environment).toBe(points);
  });

  test.each([
    [0, 14, false, 0],
    [12, 30, false, 4],
    [14, 14, false, 10],
    [14, 14, true, 15],
    [90, 14, true, 15],
    [-3, 14, false, 0],
    // Due on the day on which it began, or before.
    [0, 0, false, 10],
    [5, -2, true, 15],
  ] as const)("day %i of %i, overdue %s, is %i", (elapsedDays, days, isOverdue, points) => {
    expect(pointsOf({ ...nothing, sla: { ...noTime, elapsedDays, days, isOverdue } }).sla).toBe(points);
  });

  test("is 0 for the time of what nobody gave a due date", () => {
    expect(pointsOf({ ...nothing, sla: { ...noTime, dueAt: null, elapsedDays: 400 } }).sla).toBe(0);
  });

  test.each([
    [0, 0],
    [1, 4],
    [3, 12],
    [40, 12],
  ])("%i comebacks are %i", (comebacks, points) => {
    expect(pointsOf({ ...nothing, comebacks }).recurrence).toBe(points);
  });

  test("has no line for what a check cannot tell", () => {
    expect(Object.keys(pointsOf({ ...nothing, regions: null, isSilent: null }))).toEqual([
      "severity",
      "environment",
      "sla",
      "recurrence",
    ]);
  });

  test("ends at 100", () => {
    const worst: ScoreInputs = {
      severity: "CRITICAL",
      regions: { blind: 17, enabled: 17, active: null },
      environment: "management",
      sla: { ...noTime, elapsedDays: 40, isOverdue: true },
      comebacks: 5,
      isSilent: true,
    };
    expect(scoreOf(worst)).toMatchObject({ score: 100, band: 1 });
  });

  test.each([
    // 40 + 25 + 4 = 69, and with one comeback 73.
    [{ severity: "CRITICAL", blind: 17, environment: "staging", comebacks: 0 }, 69, 2],
    [{ severity: "CRITICAL", blind: 17, environment: "staging", comebacks: 1 }, 73, 1],
    [{ severity: "CRITICAL", blind: 0, environment: "production", comebacks: 0 }, 50, 2],
    [{ severity: "HIGH", blind: 0, environment: "management", comebacks: 1 }, 49, 3],
    [{ severity: "HIGH", blind: 0, environment: "sandbox", comebacks: 0 }, 30, 3],
    [{ severity: "LOW", blind: 10, environment: "staging", comebacks: 0 }, 29, 4],
  ] as const)("%o is %i, band %i", ({ blind, ...more }, score, band) => {
    const inputs = { ...nothing, ...more, regions: { blind, enabled: 17, active: null } };
    expect(scoreOf(inputs)).toMatchObject({ score, band });
  });
});

const share = (most: { blind: number; enabled: number }) =>
  fc
    .record({ blind: fc.nat(most.blind), quiet: fc.nat(most.enabled - most.blind) })
    .map(({ blind, quiet }) => ({ blind, enabled: blind + quiet }));

/** Regions as they can be: of those with activity no more are blind than are blind at all. */
const regions = share({ blind: 34, enabled: 68 }).chain((all) =>
  fc.option(share(all), { nil: null }).map((active) => ({ ...all, active })),
);

const inputs: fc.Arbitrary<ScoreInputs> = fc.record({
  severity: fc.option(fc.constantFrom(...severities.values), { nil: null }),
  regions: fc.option(regions, { nil: null }),
  environment: fc.constantFrom(...environments.values),
  sla: fc.record({
    from: fc.constant(noTime.from),
    dueAt: fc.option(fc.constant(noTime.dueAt), { nil: null }),
    elapsedDays: fc.integer({ min: -2, max: 400 }),
    days: fc.integer({ min: -2, max: 200 }),
    isOverdue: fc.boolean(),
  }),
  comebacks: fc.nat(20),
  isSilent: fc.option(fc.boolean(), { nil: null }),
});

const severityOrder = [null, "LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;
const environmentOrder = ["sandbox", "staging", "production", "management"] as const;

/** One input made worse, as far as it can be. */
const worse: Readonly<Record<string, (before: ScoreInputs, by: number) => ScoreInputs>> = {
  severity: (before, by) => ({
    ...before,
    severity: severityOrder[Math.min(4, severityOrder.indexOf(before.severity) + by)] ?? null,
  }),
  "a Region more that is blind": (before) => {
    if (before.regions === null || before.regions.blind >= before.regions.enabled) return before;
    const { active, enabled, blind } = before.regions;
    const next = blind + 1;
    // Whether it is one with activity or not.
    const isActive = active !== null && active.blind < active.enabled;
    return {
      ...before,
      regions: { enabled, blind: next, active: isActive ? { ...active, blind: active.blind + 1 } : active },
    };
  },
  "activity in a blind Region": (before) => {
    if (!before.regions?.active || before.regions.active.blind >= before.regions.blind) return before;
    const { blind, enabled } = before.regions.active;
    return { ...before, regions: { ...before.regions, active: { blind: blind + 1, enabled: enabled + 1 } } };
  },
  environment: (before, by) => {
    const at = environmentOrder.indexOf(before.environment as (typeof environmentOrder)[number]);
    const environment = environmentOrder[Math.min(3, (at < 0 ? 1 : at) + by)];
    return environment === undefined || before.environment === "log-archive"
      ? before
      : { ...before, environment };
  },
  "time over": (before, by) => ({
    ...before,
    sla: { ...before.sla, elapsedDays: before.sla.elapsedDays + by },
  }),
  "time given": (before, by) => ({ ...before, sla: { ...before.sla, days: before.sla.days - by } }),
  overdue: (before) => ({ ...before, sla: { ...before.sla, isOverdue: true } }),
  comebacks: (before, by) => ({ ...before, comebacks: before.comebacks + by }),
  silence: (before) => ({ ...before, isSilent: true }),
};

describe("whatever the inputs", () => {
  test.each(Object.entries(worse))("%s: worse is never less urgent", (_name, worsen) => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 60 }), (before, by) => {
        const [low, high] = [scoreOf(before), scoreOf(worsen(before, by))];
        expect(high.score).toBeGreaterThanOrEqual(low.score);
        expect(high.band).toBeLessThanOrEqual(low.band);
      }),
      { numRuns: 500 },
    );
  });

  test("the lines add up, and the receipt can be stored and read", () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const made = scoreOf(given);
        expect(made.score).toBe(
          Math.min(
            100,
            made.lines.reduce((sum, { points }) => sum + points, 0),
          ),
        );
        expect(receipt.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
      }),
    );
  });
});
