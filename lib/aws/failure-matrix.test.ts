import { describe, expect, it } from "vitest";
import type { CheckDefinition } from "@/lib/checks/check";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure, ReadFailureKind } from "@/lib/checks/facts/reading";
import { findCheck } from "@/lib/checks/registry";
import { multiRegionTrail, now, ownAccount, selectors, singleRegionTrail } from "@/lib/checks/testing/cases";
import type { CaseTrail } from "@/lib/checks/testing/truth-table";
import { startSandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";
import { scanAccount } from "./scan-account";
import { CallLimiter } from "./wire/limiter";

const check = findCheck("cloudtrail.not_multi_region") as CheckDefinition;

const home = "us-east-1";
const other = "eu-west-1";
const optIn = "eu-south-2";
const enabled = [home, other, optIn];
const places = [
  ["the home Region", home],
  ["another Region", other],
  ["an opt-in Region", optIn],
] as const;

type Fault = { readonly kind: string; readonly code?: string; readonly status?: number };

/** Everything that can go wrong with one call, and what it is reported as. */
const failures: readonly (readonly [what: string, fault: Fault, kind: ReadFailureKind])[] = [
  ["denied by the role's policy", { kind: "deny" }, "denied"],
  ["denied by a service control policy", { kind: "scp" }, "denied_by_scp"],
  ["throttled", { kind: "throttle" }, "throttled"],
  ["never answered", { kind: "hang" }, "timeout"],
  ["answered with HTML and status 500", { kind: "html" }, "server_error"],
  ["answered with HTML and status 200", { kind: "html", status: 200 }, "garbage"],
  ["answered with truncated JSON", { kind: "truncated" }, "garbage"],
  ["cut off", { kind: "reset" }, "network"],
  ["refused for an expired token", { kind: "expired" }, "expired"],
  ["refused for its token", { kind: "token_refused" }, "token_refused"],
];

const regionsOfWorld = enabled.map((name) => ({
  name,
  optInStatus: name === optIn ? "opted-in" : "opt-in-not-required",
}));

/** Has selectors of its own, so they must be read; is healthy and complete. */
const covering = multiRegionTrail({ existsInRegions: enabled, ...selectors.allAndData });

async function scan(
  trails: readonly CaseTrail[],
  faults: readonly (Fault & { api: string; region?: string })[],
) {
  const account = { id: ownAccount, partition: "aws" as const };
  const world = { account: { ...account, orgRole: "STANDALONE" }, regions: regionsOfWorld, trails };
  const sandbox = await startSandbox({ world: { now, accounts: [world as unknown as CaseSpec] } });
  try {
    sandbox.control.addFaults(faults as Parameters<typeof sandbox.control.addFaults>[0]);
    const context = {
      now,
      account,
      defaultRegions: [home, other],
      sightings: {},
      acceptances: [],
    };
    const { evaluations, collection } = await scanAccount({
      account,
      role: { arn: `arn:aws:iam::${ownAccount}:role/PosturioReadOnly`, externalId: "pst_test" },
      sessionName: "posturio-test",
      checks: [check],
      signal: new AbortController().signal,
      endpoint: sandbox.url,
      limiter: new CallLimiter(),
      wire: { maxAttempts: 1, requestTimeoutMs: 1_000 },
      limits: { regionMs: 5_000 },
      baseCredentials: async () => ({ accessKeyId: "AKIA999999999999SCAN", secretAccessKey: "x" }),
      judging: ({ connectionFailure }) => ({
        context: { ...context, ...(connectionFailure ? { connectionFailure } : {}) },
      }),
    });
    const { connectionFailure, facts, calls } = collection;
    const [first] = evaluations;
    if (first === undefined) throw new Error("nothing was evaluated");
    const { evaluation } = first;
    const description = check.describe(evaluation, facts, {
      ...context,
      ...(connectionFailure ? { connectionFailure } : {}),
      accountName: "acme",
    });
    return { evaluation, description, facts, calls, connectionFailure };
  } finally {
    await sandbox.close();
  }
}

type Scanned = Awaited<ReturnType<typeof scan>>;

/** The page names which call failed, where, of what kind, and what to do; a missing permission by its name. */
function expectFailure(
  { calls, description }: Scanned,
  api: string,
  region: string,
  kind: ReadFailureKind,
): void {
  const failed = calls.filter((call) => call.api === api && call.region === region && call.outcome !== "ok");
  expect(failed.length).toBeGreaterThan(0);
  for (const call of failed) {
    expect(call.outcome).toBe(kind);
    const words = failureWords({
      kind,
      api,
      region,
      code: call.errorCode ?? "",
      message: call.message ?? "",
    } satisfies ReadFailure);
    expect(words.text).toContain(api);
    expect(words.text).toContain(region);
    expect(words.whatToDo).toMatch(/\.$/);
  }
  // What a service control policy refuses is no permission that the role lacks.
  expect(description.missingPermissions).toEqual(kind === "denied" ? [api] : []);
}

/** The reason that the Region grid gives. */
const whyOf = ({ evaluation }: Scanned, region: string) =>
  evaluation.regions.find(({ name }) => name === region)?.why ?? "";

describe.each(places)("in %s", (_where, region) => {
  const api = "cloudtrail:DescribeTrails";
  it.each(failures)(`${api} %s: the pass is inferred and lists the Region`, async (_what, fault, kind) => {
    const scanned = await scan([covering], [{ ...fault, api, region }]);
    expect(scanned.evaluation).toMatchObject({
      verdict: "PASS",
      assurance: "INFERRED",
      uncoveredRegions: [],
      partialRegions: [],
    });
    // The trail itself may still be heard there: then the Region is known after all.
    const { unknownRegions, coveredRegions } = scanned.evaluation;
    expect([...unknownRegions, ...coveredRegions].sort()).toEqual([...enabled].sort());
    for (const name of unknownRegions) expect(name).toBe(region);
    expectFailure(scanned, api, region, kind);
  });

  it.each(failures)(`${api} %s: a gap elsewhere stays proven`, async (_what, fault, kind) => {
    const lone = singleRegionTrail(region === home ? other : home);
    const scanned = await scan([lone], [{ ...fault, api, region }]);
    expect(scanned.evaluation).toMatchObject({ verdict: "FAIL", unknownRegions: [region] });
    expect(whyOf(scanned, region)).toMatch(/could not be listed/);
    expectFailure(scanned, api, region, kind);
  });
});

describe.each(places)("in %s", (_where, region) => {
  const api = "cloudtrail:GetTrailStatus";
  it.each(failures)(`${api} %s: the other Regions carry an inferred pass`, async (_what, fault, kind) => {
    const scanned = await scan([covering], [{ ...fault, api, region }]);
    expect(scanned.evaluation).toMatchObject({
      verdict: "PASS",
      assurance: "INFERRED",
      uncoveredRegions: [],
    });
    for (const name of scanned.evaluation.unknownRegions) expect(name).toBe(region);
    expectFailure(scanned, api, region, kind);
  });

  it(`${api} not finding a trail that the Region keeps listing: nothing is concluded from it`, async () => {
    const fault = { kind: "error", code: "TrailNotFoundException", api, region };
    const scanned = await scan([covering], [fault]);
    expect(scanned.evaluation).toMatchObject({
      verdict: "PASS",
      assurance: "INFERRED",
      uncoveredRegions: [],
    });
    expectFailure(scanned, api, region, "not_found");
  });
});

describe("in every Region at once", () => {
  const blocked: readonly (readonly [api: string, reason: string])[] = [
    ["cloudtrail:DescribeTrails", "TRAILS_UNREADABLE"],
    ["cloudtrail:GetTrailStatus", "TRAIL_STATUS_UNREADABLE"],
    ["cloudtrail:GetEventSelectors", "EVENT_SELECTORS_UNREADABLE"],
  ];
  const all = blocked.flatMap(([api, reason]) =>
    failures.map(([what, fault, kind]) => [api, what, reason, fault, kind] as const),
  );

  it.each(all)("%s %s: not evaluated, %s", async (api, _what, reason, fault, kind) => {
    const scanned = await scan([covering], [{ ...fault, api }]);
    const isThrottled = kind === "throttled" && reason === "TRAILS_UNREADABLE";
    const isPermission = kind === "denied" || kind === "denied_by_scp";
    expect(scanned.evaluation).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: isThrottled ? "THROTTLED" : reason,
      severity: null,
      remediation: { action: isPermission ? "FIX_SCAN_PERMISSIONS" : "RETRY" },
    });
    expect(scanned.description.change?.steps.length).toBeGreaterThan(0);
    expectFailure(scanned, api, home, kind);
  });
});

describe("cloudtrail:GetEventSelectors in the home Region alone", () => {
  it.each(failures)(
    "%s: another Region is asked, and the verdict is none the worse",
    async (_what, fault, kind) => {
      const api = "cloudtrail:GetEventSelectors";
      const scanned = await scan([covering], [{ ...fault, api, region: home }]);
      expect(scanned.evaluation).toMatchObject({ verdict: "PASS", uncoveredRegions: [], unknownRegions: [] });
      const answered = scanned.calls.find((call) => call.api === api && call.outcome === "ok");
      expect(answered?.region).not.toBe(home);
      expect(scanned.calls.find((call) => call.api === api && call.region === home)?.outcome).toBe(kind);
    },
  );
});

describe("what is only read when a verdict is no pass", () => {
  it.each(failures)(
    "cloudtrail:ListEventDataStores %s: still a fail, which says so",
    async (_what, fault, kind) => {
      const api = "cloudtrail:ListEventDataStores";
      const scanned = await scan([], [{ ...fault, api, region: other }]);
      expect(scanned.evaluation).toMatchObject({ verdict: "FAIL", reason: "NO_TRAIL" });
      expect(scanned.evaluation.advisories).toContain("LAKE_NOT_CHECKED");
      expectFailure(scanned, api, other, kind);
    },
  );

  it.each(failures)("cloudtrail:ListTags %s: the verdict does not need them", async (_what, fault) => {
    const scanned = await scan([singleRegionTrail(home)], [{ ...fault, api: "cloudtrail:ListTags" }]);
    expect(scanned.evaluation).toMatchObject({ verdict: "FAIL", remediation: { action: "CONVERT_TRAIL" } });
  });
});

describe("what is read once", () => {
  it.each(failures)(
    "ec2:DescribeRegions %s: the default Regions are judged, inferred",
    async (_what, fault, kind) => {
      const scanned = await scan([covering], [{ ...fault, api: "ec2:DescribeRegions" }]);
      expect(scanned.evaluation).toMatchObject({ verdict: "PASS", assurance: "INFERRED" });
      expect(scanned.evaluation.advisories).toContain("REGION_LIST_UNAVAILABLE");
      expectFailure(scanned, "ec2:DescribeRegions", home, kind);
    },
  );

  it.each(failures)("organizations:DescribeOrganization %s: the verdict stands", async (_what, fault) => {
    const scanned = await scan([covering], [{ ...fault, api: "organizations:DescribeOrganization" }]);
    expect(scanned.evaluation.verdict).toBe("PASS");
  });

  it.each(failures)("sts:AssumeRole %s: not evaluated, no Region is listed", async (_what, fault, kind) => {
    const { evaluation, connectionFailure, description } = await scan(
      [covering],
      [{ ...fault, api: "sts:AssumeRole" }],
    );
    expect(connectionFailure).toMatchObject({ api: "sts:AssumeRole", kind });
    expect(evaluation).toMatchObject({
      verdict: "NOT_EVALUATED",
      coveredRegions: [],
      uncoveredRegions: [],
      unknownRegions: [],
    });
    expect(["FIX_CONNECTION", "RETRY"]).toContain(evaluation.remediation.action);
    expect(description.change?.steps[0]).toMatch(/\.$/);
  });
});
