import { describe, expect, it } from "vitest";
import {
  accountCase,
  enabledRegions,
  managementAccount,
  member,
  multiRegionTrail,
  now,
  organizationTrail,
  ownAccount,
  selectors,
  singleRegionTrail,
  status,
  usualRegions,
} from "@/lib/checks/testing/cases";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import { evaluate } from "./evaluate";

type Over = Parameters<typeof accountCase>[0];

function judge(over: Over) {
  const { facts, context } = scenario(accountCase(over), now);
  return evaluate(facts, context);
}

const denied = (api: string, region = "*", trail?: string) => ({
  api,
  region,
  code: "AccessDeniedException",
  ...(trail === undefined ? {} : { trail }),
});

const withOptIn = (enabledSince?: string): TruthTableCase["regions"] => [
  ...usualRegions.slice(0, 4),
  { name: "eu-south-2", optInStatus: "opted-in", ...(enabledSince ? { enabledSince } : {}) },
];

const custom = { hasCustomEventSelectors: true } as const;

describe("health of a trail", () => {
  it("does not count a delivery older than the last start: pending for 24 hours", () => {
    const restarted = { ...status.ok, startLoggingTime: "2026-11-22T11:58:00Z" };
    expect(judge({ trails: [multiRegionTrail({ status: restarted })] })).toMatchObject({
      verdict: "PASS",
      reason: "COVERED_PENDING",
      assurance: "PENDING",
    });
  });

  it("calls a restarted trail stale when 24 hours brought nothing", () => {
    const restarted = { ...status.stale, startLoggingTime: "2026-11-20T10:00:00Z" };
    expect(judge({ trails: [multiRegionTrail({ status: restarted })] }).reason).toBe(
      "MULTI_REGION_DELIVERY_STALE",
    );
  });

  it("accepts a fresh digest as a heartbeat, but not for a trail that never delivered", () => {
    const digest = { latestDigestDeliveryTime: "2026-11-22T11:00:00Z" };
    expect(judge({ trails: [multiRegionTrail({ status: { ...status.stale, ...digest } })] }).verdict).toBe(
      "PASS",
    );
    expect(judge({ trails: [multiRegionTrail({ status: { ...status.never, ...digest } })] }).reason).toBe(
      "MULTI_REGION_NEVER_DELIVERED",
    );
  });

  it("excuses the silence of a write-only trail without a digest", () => {
    for (const silent of [status.stale, status.never]) {
      expect(judge({ trails: [multiRegionTrail({ ...selectors.writeOnly, status: silent })] })).toMatchObject(
        {
          reason: "MULTI_REGION_WRITE_ONLY",
          partialRegions: enabledRegions,
        },
      );
    }
  });

  it("does not excuse a write-only trail whose digests stopped", () => {
    const quiet = { ...status.stale, latestDigestDeliveryTime: "2026-11-20T00:00:00Z" };
    expect(judge({ trails: [multiRegionTrail({ ...selectors.writeOnly, status: quiet })] }).reason).toBe(
      "MULTI_REGION_DELIVERY_STALE",
    );
  });

  it("keeps Regions that deliver covered while the home Region reports an error", () => {
    const trail = multiRegionTrail({ statusByRegion: { "us-east-1": status.failing } });
    expect(judge({ trails: [trail] })).toMatchObject({
      reason: "MULTI_REGION_REGION_GAP",
      uncoveredRegions: ["us-east-1"],
      remediation: { action: "FIX_DELIVERY" },
    });
  });

  it("judges no staleness from another Region when the home Region cannot be read", () => {
    const errors = [denied("cloudtrail:GetTrailStatus", "us-east-1")];
    expect(judge({ trails: [multiRegionTrail({ status: status.stale })], errors })).toMatchObject({
      verdict: "PASS",
      assurance: "INFERRED",
      unknownRegions: ["us-east-1"],
    });
    expect(judge({ trails: [multiRegionTrail({ status: status.never })], errors })).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: "TRAIL_STATUS_UNREADABLE",
      remediation: { action: "FIX_SCAN_PERMISSIONS" },
    });
  });

  it("counts a trail with several faults as its worst, and lets the nearest to healthy decide between trails", () => {
    const worst = multiRegionTrail({ ...selectors.dataOnly, status: status.stopped });
    expect(judge({ trails: [worst] }).reason).toBe("MULTI_REGION_NO_MANAGEMENT_EVENTS");
    const better = multiRegionTrail({ name: "b", status: status.stopped });
    expect(judge({ trails: [worst, better] })).toMatchObject({
      reason: "MULTI_REGION_LOGGING_STOPPED",
      remediation: { trail: "b" },
    });
  });

  it("takes from the management account's evidence that a trail is stopped, never that it is healthy", () => {
    const errors = [denied("cloudtrail:GetTrailStatus")];
    const evidence = (s: typeof status.ok | typeof status.stopped) => ({
      accountId: managementAccount,
      trails: [organizationTrail({ status: s })],
    });
    const trails = [organizationTrail()];
    expect(judge({ account: member, trails, errors, orgEvidence: evidence(status.stopped) }).reason).toBe(
      "MULTI_REGION_LOGGING_STOPPED",
    );
    expect(judge({ account: member, trails, errors, orgEvidence: evidence(status.ok) }).reason).toBe(
      "TRAIL_STATUS_UNREADABLE",
    );
  });
});

describe("selectors", () => {
  it("takes two empty lists for the default only when there are no custom selectors", () => {
    expect(
      judge({ trails: [multiRegionTrail({ eventSelectors: [], advancedEventSelectors: [] })] }).verdict,
    ).toBe("PASS");
    expect(
      judge({ trails: [multiRegionTrail({ eventSelectors: [], advancedEventSelectors: [], ...custom })] }),
    ).toMatchObject({ reason: "EVENT_SELECTORS_UNREADABLE", remediation: { action: "RETRY" } });
  });

  it("counts a management selector with an unknown field as logging nothing", () => {
    expect(judge({ trails: [multiRegionTrail(selectors.unrecognized)] })).toMatchObject({
      reason: "MULTI_REGION_NO_MANAGEMENT_EVENTS",
      advisories: ["UNRECOGNISED_SELECTOR_FIELD"],
    });
  });

  it("leaves partial what the unreadable trail cannot complete, and unknown what it could", () => {
    const single = singleRegionTrail("us-east-1", selectors.writeOnly);
    const hidden = singleRegionTrail("us-east-1", { name: "hidden", ...selectors.readOnly });
    const errors = [denied("cloudtrail:GetTrailStatus", "*", "hidden")];
    expect(judge({ trails: [single, hidden], errors }).unknownRegions).toEqual(["us-east-1"]);
    const same = { ...hidden, ...selectors.writeOnly };
    expect(judge({ trails: [single, same], errors }).partialRegions).toEqual(["us-east-1"]);
  });
});

describe("Regions", () => {
  const missing = multiRegionTrail({ existsInRegions: enabledRegions });

  it("gives a new Region 24 hours of grace, and none without a date", () => {
    expect(judge({ regions: withOptIn("2026-11-21T12:00:00Z"), trails: [missing] })).toMatchObject({
      reason: "COVERED_PENDING",
      unknownRegions: ["eu-south-2"],
    });
    expect(judge({ regions: withOptIn("2026-11-21T11:59:59Z"), trails: [missing] }).verdict).toBe("FAIL");
    expect(judge({ regions: withOptIn(), trails: [missing] })).toMatchObject({
      reason: "MULTI_REGION_REGION_GAP",
      remediation: { action: "REAPPLY_MULTI_REGION" },
    });
  });

  it("gives a trail that has just become multi-Region the same grace", () => {
    const converted = multiRegionTrail({
      existsInRegions: ["us-east-1"],
      multiRegionSince: "2026-11-22T11:00:00Z",
    });
    expect(judge({ trails: [converted] })).toMatchObject({ reason: "COVERED_PENDING", assurance: "PENDING" });
  });

  it("gives delivery errors no grace", () => {
    const trail = multiRegionTrail({
      existsInRegions: [...enabledRegions, "eu-south-2"],
      statusByRegion: { "eu-south-2": status.failing },
    });
    expect(judge({ regions: withOptIn("2026-11-22T11:00:00Z"), trails: [trail] }).uncoveredRegions).toEqual([
      "eu-south-2",
    ]);
  });

  it("repairs delivery before logging before missing copies", () => {
    const trail = multiRegionTrail({
      existsInRegions: ["us-east-1", "us-west-2", "eu-west-1"],
      statusByRegion: { "us-west-2": status.failing, "eu-west-1": { isLogging: false } },
    });
    expect(judge({ trails: [trail] }).remediation.action).toBe("FIX_DELIVERY");
    const { "us-west-2": _, ...rest } = trail.statusByRegion ?? {};
    expect(judge({ trails: [{ ...trail, statusByRegion: rest }] }).remediation.action).toBe("START_LOGGING");
  });
});

describe("verdict", () => {
  it("stays a fail when a gap is proven beside unreadable selectors", () => {
    const trail = multiRegionTrail({ ...selectors.writeOnly, existsInRegions: ["us-east-1", "us-west-2"] });
    expect(judge({ trails: [trail], errors: [denied("cloudtrail:GetEventSelectors")] })).toMatchObject({
      verdict: "FAIL",
      reason: "MULTI_REGION_REGION_GAP",
    });
  });

  it("fails when even the best case would not pass", () => {
    const trail = multiRegionTrail(selectors.writeOnly);
    expect(judge({ trails: [trail], errors: [denied("cloudtrail:GetTrailStatus")] })).toMatchObject({
      verdict: "FAIL",
      reason: "MULTI_REGION_WRITE_ONLY",
      severity: "MEDIUM",
    });
  });

  it("is pending only when the pass depends on what is pending", () => {
    const pending = multiRegionTrail({ name: "new", status: status.starting });
    expect(judge({ trails: [multiRegionTrail(), pending] })).toMatchObject({
      reason: "COVERED",
      assurance: "VERIFIED",
    });
  });

  it("names a refused role, a throttled one, and throttled listings apart", () => {
    const assume = (code: string) => judge({ errors: [{ api: "sts:AssumeRole", region: "*", code }] });
    expect(assume("AccessDenied")).toMatchObject({
      reason: "ROLE_NOT_ASSUMABLE",
      remediation: { action: "FIX_CONNECTION" },
    });
    expect(assume("ThrottlingException")).toMatchObject({
      reason: "THROTTLED",
      remediation: { action: "RETRY" },
    });
    const errors = [
      { api: "cloudtrail:DescribeTrails", region: "us-east-1", code: "ThrottlingException" },
      denied("cloudtrail:DescribeTrails"),
    ];
    expect(judge({ errors })).toMatchObject({ reason: "THROTTLED", remediation: { action: "RETRY" } });
  });

  it("survives an answer that is no AWS answer", () => {
    const errors = [
      { api: "cloudtrail:DescribeTrails", region: "*", code: "SyntaxError", message: "<html>" },
    ];
    expect(judge({ errors })).toMatchObject({
      reason: "TRAILS_UNREADABLE",
      remediation: { action: "RETRY" },
    });
  });
});

describe("organizations", () => {
  const evidence = (trail = organizationTrail()) => ({ accountId: managementAccount, trails: [trail] });

  it("asks to bring the organization's trail to a member that should have it", () => {
    expect(judge({ account: member, orgEvidence: evidence() })).toMatchObject({
      reason: "NO_TRAIL",
      remediation: { action: "FIX_ORG_TRAIL", orgAction: "REAPPLY_MULTI_REGION", account: managementAccount },
      advisories: [],
    });
  });

  it("judges a copy whose home Region is off as sending nothing", () => {
    const trail = organizationTrail({ homeRegion: "eu-south-2" });
    expect(judge({ account: member, trails: [trail] })).toMatchObject({
      reason: "ORG_TRAIL_HOME_REGION_NOT_ENABLED",
      uncoveredRegions: enabledRegions,
      remediation: { action: "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL", region: "eu-south-2" },
    });
  });

  it("stays single-Region when a member has a trail of its own and no copy", () => {
    expect(
      judge({
        account: member,
        trails: [singleRegionTrail("us-east-1")],
        orgEvidence: evidence(organizationTrail({ homeRegion: "eu-south-2" })),
      }).reason,
    ).toBe("SINGLE_REGION_ONLY");
  });

  it("has the owner convert a single-Region organization trail, the own account's first between equals", () => {
    const foreign = organizationTrail({ isMultiRegion: false, existsInRegions: ["us-east-1"] });
    expect(judge({ account: member, trails: [foreign] }).remediation).toEqual({
      action: "FIX_ORG_TRAIL",
      orgAction: "CONVERT_TRAIL",
      account: managementAccount,
      region: "us-east-1",
      trail: "org-trail",
    });
    expect(judge({ account: member, trails: [foreign, singleRegionTrail("us-east-1")] }).remediation).toEqual(
      {
        action: "CONVERT_TRAIL",
        account: ownAccount,
        region: "us-east-1",
        trail: "t-us-east-1",
      },
    );
  });

  it("repairs Control Tower's trail through Control Tower, whoever owns it", () => {
    const trail = multiRegionTrail({ name: "aws-controltower-BaselineCloudTrail", ...selectors.writeOnly });
    expect(judge({ trails: [trail] }).remediation).toMatchObject({
      action: "FIX_VIA_CONTROL_TOWER",
      account: ownAccount,
    });
  });
});

describe("remediation beside single-Region trails that cover everything", () => {
  const singles = enabledRegions.map((region) => singleRegionTrail(region));

  it("repairs the faulty multi-Region trail, unless it logs no management events at all", () => {
    expect(judge({ trails: [multiRegionTrail(selectors.withoutKms), ...singles] }).remediation).toMatchObject(
      {
        action: "FIX_EVENT_SELECTORS",
        trail: "main",
      },
    );
    expect(judge({ trails: [multiRegionTrail(selectors.dataOnly), ...singles] }).remediation).toMatchObject({
      action: "CONVERT_TRAIL",
      trail: "t-us-east-1",
    });
  });
});

describe("acceptance", () => {
  const accept = (regions: readonly string[]) => ({
    riskAcceptances: regions.map((region) => ({
      region,
      expiresAt: "2027-01-01T00:00:00Z",
      approvedBy: "lead@example.test",
      reason: "no workloads",
    })),
  });

  it("needs every affected Region and a complete picture", () => {
    const trails = [singleRegionTrail("us-east-1")];
    const all = accept(enabledRegions);
    expect(judge({ trails, policy: all }).disposition).toBe("ACCEPTED");
    expect(judge({ trails, policy: accept(["us-west-2"]) }).disposition).toBe("OPEN");
    const hidden = [denied("cloudtrail:DescribeTrails", "eu-west-1")];
    expect(judge({ trails, policy: all, errors: hidden }).disposition).toBe("OPEN");
    const noList = [{ api: "ec2:DescribeRegions", region: "*", code: "UnauthorizedOperation" }];
    expect(judge({ trails, policy: all, errors: noList }).disposition).toBe("OPEN");
    const [first] = all.riskAcceptances;
    if (first === undefined) throw new Error("no acceptance");
    const unsigned = { riskAcceptances: all.riskAcceptances.map((a) => ({ ...a, approvedBy: " " })) };
    expect(judge({ trails, policy: unsigned }).disposition).toBe("OPEN");
  });

  it("never applies to a fail without an affected Region", () => {
    const trails = enabledRegions.map((region) => singleRegionTrail(region));
    expect(judge({ trails, policy: accept(enabledRegions) }).disposition).toBe("OPEN");
  });
});
