import { expect, it } from "vitest";
import { sequentialDepth } from "@/bench/sequential-depth";
import { defaultRegions } from "@/lib/checks/regions";
import { checks } from "@/lib/checks/registry";
import { startSandbox } from "@/sandbox/server";
import { caseNow, type TrailSpec, type WorldFile } from "@/sandbox/world/world-file";
import { scanAccount } from "./scan-account";
import { CallLimiter } from "./wire/limiter";

const id = "111122223333";
const healthy = { isLogging: true, startLoggingTime: "-90d", latestDeliveryTime: "-5m" };
const stopped = {
  isLogging: false,
  startLoggingTime: "-90d",
  stopLoggingTime: "-2d",
  latestDeliveryTime: "-2d",
};
const trail: TrailSpec = { name: "main", homeRegion: "us-east-1", isMultiRegion: true, status: healthy };

async function scan(trails: readonly TrailSpec[], world: Partial<WorldFile> = {}) {
  const regions = defaultRegions("aws").map((name) => ({ name, optInStatus: "opt-in-not-required" }));
  const sandbox = await startSandbox({
    world: { now: caseNow, accounts: [{ account: { id }, regions, trails }], ...world },
  });
  try {
    const begun = performance.now();
    const { collection, evaluations } = await scanAccount({
      account: { id, partition: "aws" },
      role: { arn: `arn:aws:iam::${id}:role/PosturioReadOnly`, externalId: "pst_test" },
      sessionName: "posturio-test",
      checks,
      signal: new AbortController().signal,
      endpoint: sandbox.url,
      limiter: new CallLimiter(),
      baseCredentials: async () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" }),
      judging: () => ({
        context: {
          now: caseNow,
          account: { id, partition: "aws" },
          defaultRegions: defaultRegions("aws"),
          sightings: {},
          acceptances: [],
        },
      }),
    });
    return {
      calls: collection.calls,
      facts: collection.facts,
      verdict: evaluations[0]?.evaluation.verdict,
      ms: performance.now() - begun,
    };
  } finally {
    await sandbox.close();
  }
}

const latency = [{ kind: "latency", latencyMs: 80 }] as const;

it("passes 17 Regions and one trail in at most 45 calls and 8 round trips", async () => {
  const { calls, verdict } = await scan([trail], { faults: latency });
  expect(verdict).toBe("PASS");
  expect(calls.length).toBeLessThanOrEqual(45);
  expect(sequentialDepth(calls)).toBeLessThanOrEqual(8);
});

it("needs at most 60 calls without a pass, reading then what only a failing account is asked for", async () => {
  const { calls, verdict, facts } = await scan([{ ...trail, status: stopped }], { faults: latency });
  expect(verdict).toBe("FAIL");
  expect(calls.length).toBeLessThanOrEqual(60);
  expect(sequentialDepth(calls)).toBeLessThanOrEqual(8);
  expect(Object.keys(facts["cloudtrail.event_data_stores"] ?? {})).toHaveLength(17);
});

it("asks a passing account nothing more", async () => {
  const { facts } = await scan([trail]);
  expect(facts["cloudtrail.event_data_stores"]).toBeUndefined();
  expect(facts["cloudtrail.trail_tags"]).toBeUndefined();
});

it("stays within AWS's own request limits", async () => {
  const five = [1, 2, 3, 4, 5].map((number) => ({ ...trail, name: `trail-${number}` }));
  const { calls } = await scan(five, { settings: { rateLimits: true } });
  expect(calls.filter(({ outcome, attempts }) => outcome !== "ok" || attempts !== 1)).toEqual([]);
});

it("records every call with time, place, outcome and request id", async () => {
  const { calls } = await scan([trail]);
  for (const call of calls) {
    expect(call).toMatchObject({ outcome: "ok", attempts: 1 });
    expect(Date.parse(call.at)).not.toBeNaN();
    expect(call.durationMs).toBeGreaterThanOrEqual(0);
    expect(call.region).toMatch(/^[a-z]+-[a-z]+-\d$/);
    expect(call.requestId).toMatch(/[0-9a-f-]{8,}/);
  }
  const answered = calls.filter(({ response }) => response === undefined).map(({ api }) => api);
  expect(answered.filter((api) => api !== "organizations:DescribeOrganization")).toEqual([]);
});
