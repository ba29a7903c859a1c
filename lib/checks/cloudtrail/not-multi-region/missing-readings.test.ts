import { describe, expect, it } from "vitest";
import {
  accountCase,
  enabledRegions,
  multiRegionTrail,
  now,
  selectors,
  singleRegionTrail,
  status,
  usualRegions,
} from "@/lib/checks/testing/cases";
import { scenario } from "@/lib/checks/testing/truth-table";
import { evaluate } from "./evaluate";

function judge(over: Parameters<typeof accountCase>[0]) {
  const { facts, context } = scenario(accountCase(over), now);
  return evaluate(facts, context);
}

const denied = (api: string, region: string, trail: string) => ({
  api,
  region,
  trail,
  code: "AccessDeniedException",
});

const noRegionList = { api: "ec2:DescribeRegions", region: "*", code: "UnauthorizedOperation" };

/** eu-south-2 is on. */
const withOptIn = usualRegions.map(({ name, optInStatus }) =>
  name === "eu-south-2" ? ({ name, optInStatus: "opted-in" } as const) : { name, optInStatus },
);

// Worlds that the properties found: a reading was lost, and the verdict became a fail that nothing proves.
describe("a lost reading proves no fault", () => {
  it("of a trail's selectors, while its copy is on its way to the Region that another trail leaves out", () => {
    const main = multiRegionTrail({ statusByRegion: { "us-east-1": status.failing } });
    const young = multiRegionTrail({
      name: "young",
      homeRegion: "us-west-2",
      existsInRegions: enabledRegions.filter((region) => region !== "us-east-1"),
      multiRegionSince: "2026-11-22T06:00:00Z",
    });
    const expected = { verdict: "PASS", reason: "COVERED_PENDING", unknownRegions: ["us-east-1"] };
    expect(judge({ trails: [main, young] })).toMatchObject(expected);
    const { hasCustomEventSelectors: _, ...unsaid } = young;
    const errors = [denied("cloudtrail:GetEventSelectors", "us-west-2", "young")];
    expect(judge({ trails: [main, unsaid], errors })).toMatchObject(expected);
  });

  it("of the selectors of a trail that never delivered: it may log one kind of events alone, which completes another", () => {
    const main = multiRegionTrail(selectors.readOnly);
    const quiet = multiRegionTrail({
      ...selectors.writeOnly,
      name: "quiet",
      homeRegion: "us-west-2",
      status: status.never,
    });
    const trails = [main, quiet];
    expect(judge({ trails })).toMatchObject({
      verdict: "PASS",
      advisories: expect.arrayContaining(["NO_RECENT_DELIVERY"]),
    });
    const errors = [denied("cloudtrail:GetEventSelectors", "us-west-2", "quiet")];
    expect(judge({ trails, errors })).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: "EVENT_SELECTORS_UNREADABLE",
      remediation: { action: "FIX_SCAN_PERMISSIONS" },
    });
    // Alone it can be whole in no case.
    expect(judge({ trails: [quiet], errors })).toMatchObject({ reason: "MULTI_REGION_NEVER_DELIVERED" });
  });

  it("of a status, where even the best case leaves the Region in part", () => {
    const main = multiRegionTrail({ statusByRegion: { "us-east-1": status.failing } });
    const writes = multiRegionTrail({ ...selectors.writeOnly, name: "writes", homeRegion: "us-west-2" });
    const errors = [denied("cloudtrail:GetTrailStatus", "us-east-1", "writes")];
    expect(judge({ trails: [main, writes], errors })).toMatchObject({
      verdict: "FAIL",
      unknownRegions: ["us-east-1"],
    });
    const whole = multiRegionTrail({ name: "whole", homeRegion: "us-west-2" });
    const noStatus = [denied("cloudtrail:GetTrailStatus", "us-east-1", "whole")];
    expect(judge({ trails: [main, whole], errors: noStatus })).toMatchObject({
      verdict: "PASS",
      assurance: "INFERRED",
      unknownRegions: ["us-east-1"],
    });
  });

  it("of whether another Region delivers, when no readable Region ever did", () => {
    const main = multiRegionTrail({ status: status.never, statusByRegion: { "eu-west-1": status.ok } });
    expect(judge({ trails: [main] }).verdict).toBe("PASS");
    const errors = [denied("cloudtrail:GetTrailStatus", "eu-west-1", "main")];
    expect(judge({ trails: [main], errors })).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: "TRAIL_STATUS_UNREADABLE",
      uncoveredRegions: [],
      remediation: { action: "FIX_SCAN_PERMISSIONS" },
    });
  });

  it("of the home status that reports an error, while the trail starts in the only Region it cannot complete", () => {
    const main = multiRegionTrail({ statusByRegion: { "eu-west-1": status.failing } });
    const young = multiRegionTrail({
      ...selectors.withoutKms,
      name: "young",
      homeRegion: "us-west-2",
      status: status.starting,
      statusByRegion: { "us-west-2": status.failing },
    });
    const trails = [main, young];
    const noStatus = (region: string) => denied("cloudtrail:GetTrailStatus", region, "young");
    const expected = { verdict: "FAIL", partialRegions: ["eu-west-1"] };
    for (const errors of [
      [],
      [noStatus("us-east-1")],
      [noStatus("us-west-2")],
      [noStatus("us-east-1"), noStatus("us-west-2")],
    ]) {
      expect(judge({ trails, errors })).toMatchObject(expected);
    }
  });

  it.each(["failing", "never"] as const)(
    "of the Region list, while an opt-in Region may be the one that delivers (%s)",
    (elsewhere) => {
      const main = multiRegionTrail({
        existsInRegions: [...enabledRegions, "eu-south-2"],
        status: status[elsewhere],
        statusByRegion: {
          "us-east-1": { ...status.never, latestDeliveryError: "AccessDenied" },
          "eu-south-2": status.ok,
        },
      });
      const over = {
        regions: withOptIn,
        trails: [main, ...enabledRegions.map((region) => singleRegionTrail(region))],
      };
      expect(judge(over).verdict).toBe("PASS");
      expect(judge({ ...over, errors: [noRegionList] })).toMatchObject({
        verdict: "NOT_EVALUATED",
        reason: "TRAIL_STATUS_UNREADABLE",
        remediation: { action: "FIX_SCAN_PERMISSIONS" },
      });
    },
  );
});
