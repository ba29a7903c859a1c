import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeliveringTrail } from "@/lib/checks/delivery";
import type { Evaluation, RegionState } from "@/lib/checks/evaluation";
import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import { read, unread } from "@/lib/checks/facts/reading";
import { canariesIn } from "./canaries";
import { judgeDelivered, type LookedAt } from "./judge-look";
import {
  afterGivingUp,
  afterLook,
  afterSecondReading,
  beginAgain,
  beginProof,
  type Canary,
  outcomeOf,
  type Proof,
  reachedLevel,
  regionsToLookAt,
  unreadProof,
} from "./proof";

const trail: DeliveringTrail = {
  arn: "arn:aws:cloudtrail:us-east-1:111111111111:trail/audit",
  bucket: "logs",
  keyPrefix: null,
  isOrganization: false,
};
const at = "2026-11-26T10:00:05.000Z";
const sentAt = "2026-11-26T10:00:00.000Z";
const second = (seconds: number) => new Date(Date.parse(sentAt) + seconds * 1_000).toISOString();

const evaluation = (verdict: Evaluation["verdict"], states: Readonly<Record<string, RegionState>>) =>
  ({
    verdict,
    regions: Object.entries(states).map(([name, state]) => ({
      name,
      state,
      detail: "logged",
      why: "",
      trailArns: [],
    })),
  }) as unknown as Evaluation;

const answered = (region: string): Canary => ({ region, sentAt, requestId: `r-${region}`, failure: null });
const refused = (region: string, kind: string): Canary => ({
  region,
  sentAt: null,
  requestId: null,
  failure: { kind, text: "AccessDenied" },
});

function begin(
  verdict: Evaluation["verdict"],
  states: Readonly<Record<string, RegionState>>,
  canaries: readonly Canary[],
  more: Partial<Parameters<typeof beginProof>[0]> = {},
): Proof {
  const enabled = Object.keys(states).filter((name) => states[name] !== "not_enabled");
  return beginProof({
    evaluation: evaluation(verdict, states),
    delivery: {
      trails: Object.fromEntries(enabled.map((name) => [name, [trail]])),
      coversNewRegions: true,
      awsOrganizationId: null,
    },
    canaries,
    scanId: "00000000-0000-4000-8000-000000000000",
    session: "posturio-00000000",
    at,
    ...more,
  });
}

const status = (change: Partial<TrailStatus>): LookedAt => ({
  arn: trail.arn,
  status: read({ isLogging: true, ...change }),
});
const denied: LookedAt = {
  arn: trail.arn,
  status: unread({
    kind: "denied",
    api: "cloudtrail:GetTrailStatus",
    region: "us-east-1",
    code: "AccessDenied",
    message: "no",
  }),
};

function look(proof: Proof, looked: Readonly<Record<string, LookedAt[]>>): Proof {
  const sightings = regionsToLookAt(proof).map((region) =>
    judgeDelivered(region, looked[region.region] ?? []),
  );
  return afterLook(proof, sightings, second(300));
}

describe("a proof", () => {
  const both = { "us-east-1": "covered", "eu-west-1": "covered", "ap-east-1": "not_enabled" } as const;

  test("needs a pass, and a delivery later than our call in every enabled Region", () => {
    const begun = begin("PASS", both, [answered("us-east-1"), answered("eu-west-1")]);
    expect([begun.a, begun.b, outcomeOf(begun), begun.inheritance]).toEqual([
      "passed",
      "waiting",
      "running",
      "passed",
    ]);
    expect(begun.regions.map(({ region }) => region)).toEqual(["us-east-1", "eu-west-1"]);
    const half = look(begun, {
      "us-east-1": [status({ latestDeliveryTime: second(120) })],
      "eu-west-1": [status({ latestDeliveryTime: second(0) })],
    });
    expect([outcomeOf(half), reachedLevel(half)]).toEqual(["running", null]);
    const whole = look(half, { "eu-west-1": [status({ latestDeliveryTime: second(1) })] });
    expect([outcomeOf(whole), reachedLevel(whole)]).toEqual(["passed", "delivered"]);
  });

  test("is refuted by the verdict, whatever is delivered", () => {
    const begun = begin("FAIL", { ...both, "eu-west-1": "uncovered" }, [
      answered("us-east-1"),
      answered("eu-west-1"),
    ]);
    expect(outcomeOf(begun)).toBe("failed");
    expect(begun.regions.map(({ a }) => [a.state, a.reason])).toEqual([
      ["passed", null],
      ["failed", "not_covered"],
    ]);
  });

  test.each([
    ["denied_by_scp", "exempt", "passed"],
    ["denied", "inconclusive", "inconclusive"],
    ["throttled", "inconclusive", "inconclusive"],
    ["timeout", "inconclusive", "inconclusive"],
  ] as const)("with a Region that was %s is %s there, and %s as a whole", (kind, state, outcome) => {
    const begun = begin("PASS", { ...both, "eu-west-1": "unknown" }, [
      answered("us-east-1"),
      refused("eu-west-1", kind),
    ]);
    expect(begun.regions[1]).toMatchObject({ a: { state }, b: { state } });
    const looked = look(begun, { "us-east-1": [status({ latestDeliveryTime: second(60) })] });
    expect(outcomeOf(looked)).toBe(outcome);
  });

  test("does not hold by exempt Regions alone", () => {
    const begun = begin("PASS", { "us-east-1": "unknown" }, [refused("us-east-1", "denied_by_scp")]);
    expect(outcomeOf(begun)).toBe("inconclusive");
  });

  test("cannot be had from a trail that records no reads", () => {
    const delivery = { trails: { "us-east-1": [] }, coversNewRegions: true, awsOrganizationId: null };
    const begun = begin("PASS", { "us-east-1": "covered" }, [answered("us-east-1")], { delivery });
    expect(begun.regions[0]?.b).toMatchObject({ state: "inconclusive", reason: "no_trail_records_reads" });
    expect(outcomeOf(begun)).toBe("inconclusive");
  });

  test.each([
    ["reports a delivery error", status({ latestDeliveryError: "AccessDenied" }), "failed", "delivery_error"],
    ["delivers nothing", status({}), "inconclusive", "not_delivered"],
    ["does not know the trail", { arn: trail.arn, status: undefined }, "inconclusive", "trail_gone"],
    ["does not tell", denied, "inconclusive", "status_unreadable"],
  ] as const)(
    "whose Region %s waits, and says why when nobody looks any longer",
    (_what, looked, state, reason) => {
      const begun = begin("PASS", { "us-east-1": "covered" }, [answered("us-east-1")]);
      const once = look(begun, { "us-east-1": [looked] });
      expect(outcomeOf(once)).toBe("running");
      const over = afterGivingUp(once);
      expect(over.regions[0]?.b).toMatchObject({ state, reason });
      expect(outcomeOf(over)).toBe(state);
    },
  );

  test("fails at once when the trail was stopped in the meantime", () => {
    const begun = begin("PASS", { "us-east-1": "covered" }, [answered("us-east-1")]);
    expect(outcomeOf(look(begun, { "us-east-1": [status({ isLogging: false })] }))).toBe("failed");
  });

  test("that is begun again keeps what was delivered within a day, and nothing of the configuration", () => {
    const begun = begin("PASS", both, [answered("us-east-1"), answered("eu-west-1")]);
    const half = afterGivingUp(look(begun, { "us-east-1": [status({ latestDeliveryTime: second(9) })] }));
    const earlier = beginAgain(half);
    expect([earlier.a, earlier.b]).toEqual(["waiting", "waiting"]);
    const canaries = [answered("us-east-1"), answered("eu-west-1")];
    const again = begin("PASS", both, canaries, { earlier, keepSince: second(-60) });
    expect(again.regions.map(({ b }) => b.state)).toEqual(["passed", "waiting"]);
    const tooLate = begin("PASS", both, canaries, { earlier, keepSince: second(60) });
    expect(tooLate.regions.map(({ b }) => b.state)).toEqual(["waiting", "waiting"]);
    const failing = begin("FAIL", { ...both, "us-east-1": "uncovered" }, canaries, {
      earlier,
      keepSince: second(-60),
    });
    expect(outcomeOf(failing)).toBe("failed");
  });

  test("of an account that could not be read turns no key and refutes none", () => {
    const begun = begin("PASS", both, [answered("us-east-1"), answered("eu-west-1")]);
    expect(outcomeOf(unreadProof(beginAgain(begun), at))).toBe("inconclusive");
    expect(outcomeOf(begin("NOT_EVALUATED", { "us-east-1": "unknown" }, []))).toBe("inconclusive");
  });

  test("of a check of the whole account is a second reading", () => {
    const begun = begin("PASS", {}, [], { delivery: null });
    expect(outcomeOf(begun)).toBe("running");
    expect(outcomeOf(afterSecondReading(begun, "PASS"))).toBe("passed");
    expect(outcomeOf(afterSecondReading(begun, "FAIL"))).toBe("failed");
    expect(outcomeOf(afterSecondReading(begun, "NOT_EVALUATED"))).toBe("inconclusive");
    expect(outcomeOf(afterGivingUp(begun))).toBe("inconclusive");
  });
});

describe("over any history", () => {
  const names = ["us-east-1", "eu-west-1", "ap-south-1"];
  const states = fc.record(
    Object.fromEntries(
      names.map((name) => [
        name,
        fc.constantFrom<RegionState>(
          "covered",
          "covered",
          "covered",
          "covered",
          "partial",
          "uncovered",
          "unknown",
          "not_enabled",
        ),
      ]),
    ),
  );
  const canary = fc.constantFrom("answered", "answered", "answered", "denied", "denied_by_scp", "timeout");
  const looked = fc.constantFrom<LookedAt>(
    status({}),
    status({ latestDeliveryTime: second(-5) }),
    status({ latestDeliveryTime: second(0) }),
    ...Array.from({ length: 6 }, () => status({ latestDeliveryTime: second(30) })),
    status({ latestDeliveryError: "AccessDenied" }),
    status({ isLogging: false }),
    denied,
    { arn: trail.arn, status: undefined },
  );

  test("passed means: verdict PASS, every enabled Region read or closed by policy, a later delivery in each that was read", () => {
    let passes = 0;
    fc.assert(
      fc.property(
        fc.constantFrom<Evaluation["verdict"]>("PASS", "PASS", "PASS", "FAIL", "NOT_EVALUATED"),
        states,
        fc.array(canary, { minLength: 3, maxLength: 3 }),
        fc.array(fc.array(looked, { minLength: 3, maxLength: 3 }), { maxLength: 4 }),
        fc.boolean(),
        (verdict, regions, calls, looks, givesUp) => {
          const canaries = names.map((name, place) =>
            calls[place] === "answered" ? answered(name) : refused(name, calls[place] ?? "denied"),
          );
          let proof = begin(verdict, regions as Record<string, RegionState>, canaries);
          for (const row of looks) {
            proof = look(
              proof,
              Object.fromEntries(names.map((name, place) => [name, row[place] ? [row[place]] : []])),
            );
          }
          if (givesUp) proof = afterGivingUp(proof);
          if (outcomeOf(proof) !== "passed") return;
          passes++;
          expect(verdict).toBe("PASS");
          expect(proof.regions.some(({ b }) => b.state === "passed")).toBe(true);
          for (const { region, a, b } of proof.regions) {
            const isClosed = calls[names.indexOf(region)] === "denied_by_scp";
            if (isClosed) expect(b.state).toBe("exempt");
            else {
              expect([a.state, b.state]).toEqual(["passed", "passed"]);
              expect(Date.parse(b.evidence?.latestDeliveryTime ?? "")).toBeGreaterThan(Date.parse(sentAt));
            }
          }
        },
      ),
      { numRuns: 3_000 },
    );
    expect(passes).toBeGreaterThan(20);
  });
});

test("our calls are the first that AWS answered in each Region, else the last that failed", () => {
  const call = { api: "cloudtrail:DescribeTrails", durationMs: 5, at: sentAt };
  expect(
    canariesIn([
      { ...call, region: "us-east-1", outcome: "throttled", errorCode: "Throttling", message: "slow down" },
      { ...call, region: "us-east-1", outcome: "ok", at: second(2), requestId: "r1" },
      { ...call, region: "us-east-1", outcome: "ok", at: second(9), requestId: "r2" },
      { ...call, region: "eu-west-1", outcome: "denied", errorCode: "AccessDenied" },
      { ...call, api: "cloudtrail:GetTrailStatus", region: "sa-east-1", outcome: "ok" },
    ]),
  ).toEqual([
    { region: "us-east-1", sentAt: second(2), requestId: "r1", failure: null },
    { region: "eu-west-1", sentAt: null, requestId: null, failure: { kind: "denied", text: "AccessDenied" } },
  ]);
});
