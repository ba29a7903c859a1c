import { describe, expect, it } from "vitest";
import {
  accountCase,
  activeRegions,
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
import { describeEvaluation } from "./describe";
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

  it("judges a trail a day after its restart like any other, and never says that it never delivered", () => {
    const restarted = { ...status.stale, startLoggingTime: "2026-11-20T10:00:00Z" };
    const trails = [multiRegionTrail({ status: restarted })];
    expect(judge({ trails })).toMatchObject({ verdict: "PASS", advisories: ["NO_RECENT_DELIVERY"] });
    expect(judge({ trails, regions: activeRegions }).reason).toBe("MULTI_REGION_DELIVERY_STALE");
  });

  it("lets no digest excuse a trail that never delivered", () => {
    const never = { ...status.never, latestDigestDeliveryTime: "2026-11-22T11:00:00Z" };
    expect(judge({ trails: [multiRegionTrail({ status: never })] }).reason).toBe(
      "MULTI_REGION_NEVER_DELIVERED",
    );
  });

  it("looks for a first delivery in every Region, not at home alone", () => {
    const trail = multiRegionTrail({ status: status.never, statusByRegion: { "eu-west-1": status.ok } });
    expect(judge({ trails: [trail] })).toMatchObject({ verdict: "PASS", assurance: "VERIFIED" });
    const errors = [denied("cloudtrail:GetTrailStatus", "eu-west-1")];
    expect(judge({ trails: [trail], errors })).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: "TRAIL_STATUS_UNREADABLE",
    });
  });

  it("does not call a trail pending that delivered in any Region since it started", () => {
    const delivered = { ...status.starting, latestDeliveryTime: "2026-11-22T11:50:00Z" };
    const trail = multiRegionTrail({ status: status.starting, statusByRegion: { "us-west-2": delivered } });
    expect(judge({ trails: [trail] })).toMatchObject({ reason: "COVERED", assurance: "VERIFIED" });
  });

  it("excuses the silence of a trail that logs only writes or only reads", () => {
    const digest = { latestDigestDeliveryTime: "2026-11-20T00:00:00Z" };
    for (const silent of [status.stale, status.never, { ...status.stale, ...digest }]) {
      const writes = multiRegionTrail({ ...selectors.writeOnly, status: silent });
      expect(judge({ regions: activeRegions, trails: [writes] })).toMatchObject({
        reason: "MULTI_REGION_WRITE_ONLY",
        partialRegions: enabledRegions,
      });
      const reads = multiRegionTrail({ ...selectors.readOnly, status: silent });
      expect(judge({ regions: activeRegions, trails: [reads] }).reason).toBe("MULTI_REGION_READ_ONLY");
    }
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
    const trails = [multiRegionTrail({ status: status.stale })];
    const expected = { unknownRegions: ["us-east-1"] };
    expect(judge({ trails, errors })).toMatchObject({ ...expected, verdict: "PASS", assurance: "INFERRED" });
    expect(judge({ regions: activeRegions, trails, errors })).toMatchObject({
      ...expected,
      reason: "MULTI_REGION_REGION_GAP",
      remediation: { action: "FIX_DELIVERY" },
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

  it("takes from the management account's facts that a trail is stopped, never that it is healthy", () => {
    const errors = [denied("cloudtrail:GetTrailStatus")];
    const shown = (s: typeof status.ok | typeof status.stopped) => ({
      accountId: managementAccount,
      trails: [organizationTrail({ status: s })],
    });
    const trails = [organizationTrail()];
    expect(judge({ account: member, trails, errors, orgEvidence: shown(status.stopped) }).reason).toBe(
      "MULTI_REGION_LOGGING_STOPPED",
    );
    expect(judge({ account: member, trails, errors, orgEvidence: shown(status.ok) }).reason).toBe(
      "TRAIL_STATUS_UNREADABLE",
    );
  });
});

describe("silence", () => {
  const stale = multiRegionTrail({ status: status.stale });
  const active = (region: string, at = "2026-11-21T11:00:00Z"): TruthTableCase["regions"] =>
    usualRegions.map((r) => (r.name === region ? { ...r, lastKnownActivity: at } : r));

  it("is a fault after known activity, in every Region where there was some", () => {
    expect(judge({ regions: activeRegions, trails: [stale] })).toMatchObject({
      reason: "MULTI_REGION_DELIVERY_STALE",
      severity: "MEDIUM",
      uncoveredRegions: enabledRegions,
      remediation: { action: "FIX_DELIVERY", region: "us-east-1", trail: "main" },
    });
    expect(judge({ regions: active("us-west-2"), trails: [stale] }).reason).toBe(
      "MULTI_REGION_DELIVERY_STALE",
    );
  });

  it("in some of them is a gap of those Regions, whatever the home Region delivers", () => {
    for (const quiet of [["ap-southeast-1"], ["us-east-1"], ["us-east-1", "us-west-2"]]) {
      const trail = multiRegionTrail({
        statusByRegion: Object.fromEntries(quiet.map((region) => [region, status.stale])),
      });
      expect(judge({ regions: activeRegions, trails: [trail] })).toMatchObject({
        reason: "MULTI_REGION_REGION_GAP",
        severity: "HIGH",
        uncoveredRegions: quiet,
        remediation: { action: "FIX_DELIVERY" },
      });
    }
  });

  it("alone is none: the pass says that no recent delivery proves it", () => {
    const quiet = { verdict: "PASS", assurance: "INFERRED", advisories: ["NO_RECENT_DELIVERY"] };
    expect(judge({ trails: [stale] })).toMatchObject(quiet);
    const proofs = [
      { ...status.stale, latestDigestDeliveryTime: "2026-11-21T12:00:00Z" },
      { ...status.stale, latestDeliveryTime: "2026-11-21T12:00:00Z" },
    ];
    for (const proof of proofs) {
      const trail = multiRegionTrail({ status: status.stale, statusByRegion: { "us-west-2": proof } });
      expect(judge({ trails: [trail] })).toMatchObject({ assurance: "VERIFIED", advisories: [] });
    }
    const older = { ...status.stale, latestDigestDeliveryTime: "2026-11-21T11:59:59Z" };
    expect(judge({ trails: [multiRegionTrail({ status: older })] })).toMatchObject(quiet);
  });

  it("is excused by no digest where something happened", () => {
    const digest = { ...status.stale, latestDigestDeliveryTime: "2026-11-22T11:30:00Z" };
    expect(judge({ regions: activeRegions, trails: [multiRegionTrail({ status: digest })] }).reason).toBe(
      "MULTI_REGION_DELIVERY_STALE",
    );
  });

  it("ends with a delivery at or after the activity, however old", () => {
    const at = (latestDeliveryTime: string) =>
      multiRegionTrail({ status: { ...status.stale, latestDeliveryTime } });
    const daily = { verdict: "PASS", assurance: "VERIFIED", advisories: [] };
    expect(judge({ regions: activeRegions, trails: [at("2026-11-21T11:00:00Z")] })).toMatchObject(daily);
    expect(judge({ regions: activeRegions, trails: [at("2026-11-21T10:59:59Z")] }).verdict).toBe("FAIL");
  });

  it("says nothing within 60 minutes of the activity", () => {
    const regions = (at: string) =>
      enabledRegions.reduce(
        (list, name) => list.map((r) => (r.name === name ? { ...r, lastKnownActivity: at } : r)),
        usualRegions,
      );
    expect(judge({ regions: regions("2026-11-22T11:00:01Z"), trails: [stale] }).verdict).toBe("PASS");
    expect(judge({ regions: regions("2026-11-22T11:00:00Z"), trails: [stale] }).verdict).toBe("FAIL");
  });

  it("says nothing about activity of before the trail logged it there, or within a day of that", () => {
    const passes = (over: Over) =>
      expect(judge({ regions: activeRegions, ...over })).toMatchObject({
        verdict: "PASS",
        advisories: ["NO_RECENT_DELIVERY"],
      });
    const started = (startLoggingTime: string) =>
      multiRegionTrail({ status: { ...status.stale, startLoggingTime } });
    passes({ trails: [started("2026-11-21T11:00:01Z")] });
    passes({ trails: [multiRegionTrail({ status: status.stale, readEventsSince: "2026-11-21T11:00:01Z" })] });
    expect(judge({ regions: activeRegions, trails: [started("2026-11-21T11:00:00Z")] }).verdict).toBe("FAIL");
    // Home is judged all the same: there the trail was before it became multi-Region.
    const converted = { multiRegionSince: "2026-11-21T11:00:01Z" };
    const quietAbroad = multiRegionTrail({
      ...converted,
      status: status.stale,
      statusByRegion: { "us-east-1": status.daily },
    });
    expect(judge({ regions: activeRegions, trails: [quietAbroad] })).toMatchObject({
      verdict: "PASS",
      assurance: "VERIFIED",
    });
    const regions = activeRegions.map((region) => ({ ...region, enabledSince: "2026-11-22T06:00:00Z" }));
    passes({ regions, trails: [stale] });
  });

  it("says nothing of a Region that reports an error or does not log, or whose selectors are not known", () => {
    const trail = multiRegionTrail({
      status: status.daily,
      statusByRegion: { "us-west-2": status.failing },
    });
    expect(judge({ regions: activeRegions, trails: [trail] })).toMatchObject({
      reason: "MULTI_REGION_REGION_GAP",
      uncoveredRegions: ["us-west-2"],
    });
    const errors = [denied("cloudtrail:GetEventSelectors")];
    expect(judge({ regions: activeRegions, trails: [{ ...stale, ...custom }], errors })).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: "EVENT_SELECTORS_UNREADABLE",
    });
  });

  it("is not the fault of the whole trail while a Region that could not be read may have delivered", () => {
    const single = ["us-east-1", "us-west-2"].map((region) => singleRegionTrail(region));
    const trail = multiRegionTrail({ status: status.stale });
    const errors = ["eu-west-1", "ap-southeast-1"].map((region) =>
      denied("cloudtrail:GetTrailStatus", region, "main"),
    );
    expect(judge({ regions: activeRegions, trails: [trail, ...single], errors })).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: "TRAIL_STATUS_UNREADABLE",
      unknownRegions: ["eu-west-1", "ap-southeast-1"],
    });
  });

  it("lets a pass stand on the trails that deliver, and waits for the one that starts before it infers", () => {
    const young = multiRegionTrail({ name: "young", status: status.starting });
    expect(judge({ trails: [stale, multiRegionTrail({ name: "b" })] })).toMatchObject({
      assurance: "VERIFIED",
    });
    expect(judge({ trails: [stale, young] })).toMatchObject({
      reason: "COVERED_PENDING",
      assurance: "PENDING",
      advisories: ["DUPLICATE_MANAGEMENT_COPY"],
    });
    const half = multiRegionTrail({ ...selectors.writeOnly, name: "half", status: status.starting });
    expect(judge({ trails: [stale, half] })).toMatchObject({ reason: "COVERED", assurance: "INFERRED" });
  });
});

describe("selectors", () => {
  it("takes only an explicit false for the default when the selectors were refused", () => {
    const errors = [denied("cloudtrail:GetEventSelectors")];
    const { hasCustomEventSelectors: _, ...unsaid } = multiRegionTrail();
    expect(judge({ trails: [unsaid], errors })).toMatchObject({ reason: "EVENT_SELECTORS_UNREADABLE" });
    expect(judge({ trails: [{ ...unsaid, eventSelectors: [] }] })).toMatchObject({
      reason: "EVENT_SELECTORS_UNREADABLE",
    });
    expect(judge({ trails: [multiRegionTrail()], errors })).toMatchObject({ assurance: "VERIFIED" });
  });

  it("mentions the token that an opt-in home Region refused, also when the default is proven without it", () => {
    const trail = multiRegionTrail({
      homeRegion: "eu-south-2",
      existsInRegions: [...enabledRegions, "eu-south-2"],
    });
    const errors = [
      { api: "cloudtrail:GetEventSelectors", region: "*", code: "UnrecognizedClientException" },
    ];
    expect(judge({ regions: withOptIn(), trails: [trail], errors })).toMatchObject({
      assurance: "VERIFIED",
      advisories: ["HOME_REGION_IS_OPT_IN", "SCANNER_TOKEN_OR_REGION_STATE"],
    });
  });

  it("takes two empty lists for the default only when there are no custom selectors", () => {
    expect(
      judge({ trails: [multiRegionTrail({ eventSelectors: [], advancedEventSelectors: [] })] }).verdict,
    ).toBe("PASS");
    expect(
      judge({ trails: [multiRegionTrail({ eventSelectors: [], advancedEventSelectors: [], ...custom })] }),
    ).toMatchObject({ reason: "EVENT_SELECTORS_UNREADABLE", remediation: { action: "RETRY" } });
  });

  it("does not say that a trail whose selector has an unknown field logs nothing", () => {
    const { facts, context } = scenario(
      accountCase({ trails: [multiRegionTrail(selectors.unrecognized)] }),
      now,
    );
    const text = JSON.stringify(
      describeEvaluation(evaluate(facts, context), facts, { ...context, accountName: "acme" }).sentence,
    );
    expect(text).toContain("by a field that this check does not know");
    expect(text).not.toContain("no management events are logged");
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

  it("leaves a Region unknown that waits for the copy of a failing trail", () => {
    const trail = multiRegionTrail({ status: status.failing });
    expect(judge({ regions: withOptIn("2026-11-22T11:00:00Z"), trails: [trail] })).toMatchObject({
      reason: "MULTI_REGION_DELIVERY_FAILING",
      uncoveredRegions: enabledRegions,
      unknownRegions: ["eu-south-2"],
    });
  });

  it("does not pass on a copy that cannot complete the Region it is on its way to", () => {
    const main = multiRegionTrail({ statusByRegion: { "us-east-1": status.failing } });
    const young = multiRegionTrail({
      ...selectors.writeOnly,
      name: "young",
      homeRegion: "us-west-2",
      existsInRegions: enabledRegions.slice(1),
      multiRegionSince: "2026-11-22T06:00:00Z",
    });
    expect(judge({ trails: [main, young] })).toMatchObject({
      verdict: "FAIL",
      reason: "MULTI_REGION_REGION_GAP",
      unknownRegions: ["us-east-1"],
      remediation: { action: "FIX_DELIVERY", trail: "main" },
    });
  });

  it("are unknown, not uncovered, while a trail of our history or a new Region's copies may be on their way", () => {
    const trails = [
      multiRegionTrail({
        homeRegion: "eu-south-2",
        existsInRegions: ["eu-south-2"],
        multiRegionSince: "2026-11-22T10:00:00Z",
      }),
    ];
    const noList = [{ api: "ec2:DescribeRegions", region: "*", code: "UnauthorizedOperation" }];
    expect(judge({ regions: withOptIn(), trails, errors: noList })).toMatchObject({
      reason: "TRAILS_UNREADABLE",
      uncoveredRegions: [],
      unknownRegions: enabledRegions,
      remediation: { action: "RETRY" },
    });
    const errors = enabledRegions.map((region) => denied("cloudtrail:DescribeTrails", region));
    expect(judge({ regions: withOptIn("2026-11-22T10:00:00Z"), errors })).toMatchObject({
      reason: "TRAILS_UNREADABLE",
      uncoveredRegions: [],
      unknownRegions: [...enabledRegions, "eu-south-2"],
      remediation: { action: "FIX_SCAN_PERMISSIONS" },
    });
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
  const shown = (trail = organizationTrail()) => ({ accountId: managementAccount, trails: [trail] });

  it("asks to bring the organization's trail to a member that should have it", () => {
    expect(judge({ account: member, orgEvidence: shown() })).toMatchObject({
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
        orgEvidence: shown(organizationTrail({ homeRegion: "eu-south-2" })),
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

  it("repairs Control Tower's trail through Control Tower, no matter which account owns it", () => {
    const trail = multiRegionTrail({ name: "aws-controltower-BaselineCloudTrail", ...selectors.writeOnly });
    expect(judge({ trails: [trail] }).remediation).toMatchObject({
      action: "FIX_VIA_CONTROL_TOWER",
      account: ownAccount,
    });
  });
});

describe("remediation between trails with the same fault", () => {
  const lists = (trails: readonly ReturnType<typeof multiRegionTrail>[]) => judge({ trails }).remediation;

  it("repairs the one that logs before the one that is stopped", () => {
    const stopped = multiRegionTrail({ ...selectors.dataOnly, name: "stopped", status: status.stopped });
    const never = multiRegionTrail({
      ...selectors.dataOnly,
      name: "never",
      homeRegion: "us-west-2",
      status: status.never,
    });
    const logging = multiRegionTrail({ ...selectors.dataOnly, name: "logging", homeRegion: "eu-west-1" });
    expect(lists([stopped, logging, never])).toMatchObject({
      action: "FIX_EVENT_SELECTORS",
      trail: "logging",
    });
    expect(lists([stopped, never])).toMatchObject({ trail: "never" });
  });

  it("takes equals by their home Regions as the account lists them", () => {
    const at = (homeRegion: string) =>
      multiRegionTrail({ name: homeRegion, homeRegion, status: status.stopped });
    expect(lists([at("ap-southeast-1"), at("us-west-2"), at("eu-west-1")])).toMatchObject({
      trail: "us-west-2",
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
