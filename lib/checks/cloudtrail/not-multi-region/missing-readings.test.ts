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
  it("of a silent trail's selectors, while its copy is on its way to the Region that another trail leaves out", () => {
    const main = multiRegionTrail({ statusByRegion: { "us-east-1": status.failing } });
    const young = multiRegionTrail({
      ...selectors.writeOnly,
      name: "young",
      homeRegion: "us-west-2",
      existsInRegions: enabledRegions.filter((region) => region !== "us-east-1"),
      status: status.never,
      multiRegionSince: "2026-11-22T06:00:00Z",
    });
    const trails = [main, young];
    const expected = { verdict: "PASS", reason: "COVERED_PENDING", unknownRegions: ["us-east-1"] };
    expect(judge({ trails })).toMatchObject(expected);
    const errors = [denied("cloudtrail:GetEventSelectors", "us-west-2", "young")];
    expect(judge({ trails, errors })).toMatchObject(expected);
  });

  it("of a silent trail's selectors, where its status could not be read either", () => {
    const main = multiRegionTrail({ statusByRegion: { "us-east-1": status.failing } });
    const quiet = multiRegionTrail({
      ...selectors.writeOnly,
      name: "quiet",
      homeRegion: "us-west-2",
      status: status.never,
    });
    const trails = [main, quiet];
    const noStatus = denied("cloudtrail:GetTrailStatus", "us-east-1", "quiet");
    const noSelectors = denied("cloudtrail:GetEventSelectors", "us-west-2", "quiet");
    const expected = { verdict: "PASS", assurance: "INFERRED", unknownRegions: ["us-east-1"] };
    expect(judge({ trails, errors: [noStatus] })).toMatchObject(expected);
    expect(judge({ trails, errors: [noStatus, noSelectors] })).toMatchObject(expected);
    expect(judge({ trails, errors: [noSelectors] })).toMatchObject({ verdict: "FAIL" });
  });

  it("of a silent trail's home, without which its silence does not show and it seems to log part of a Region", () => {
    const main = multiRegionTrail({ statusByRegion: { "us-east-1": status.failing } });
    const silent = multiRegionTrail({
      ...selectors.withoutKms,
      name: "silent",
      homeRegion: "eu-west-1",
      status: status.stale,
    });
    const young = multiRegionTrail({
      ...selectors.readOnly,
      name: "young",
      homeRegion: "us-west-2",
      existsInRegions: enabledRegions.filter((region) => region !== "us-east-1"),
      multiRegionSince: "2026-11-22T06:00:00Z",
    });
    const trails = [main, silent, young];
    const expected = { verdict: "PASS", reason: "COVERED_PENDING", unknownRegions: ["us-east-1"] };
    expect(judge({ trails })).toMatchObject(expected);
    const errors = [denied("cloudtrail:GetTrailStatus", "eu-west-1", "silent")];
    expect(judge({ trails, errors })).toMatchObject({ verdict: "PASS", unknownRegions: ["us-east-1"] });
    expect(judge({ trails: [main, silent], errors })).toMatchObject({
      verdict: "FAIL",
      partialRegions: ["us-east-1"],
    });
  });

  it("of the Region list, without which a home Region that nobody asked is not known to be off", () => {
    const everywhere = [...enabledRegions, "eu-south-2"];
    const main = multiRegionTrail({
      existsInRegions: everywhere,
      statusByRegion: { "us-east-1": status.failing },
    });
    const silent = multiRegionTrail({
      ...selectors.withoutKms,
      name: "silent",
      homeRegion: "eu-south-2",
      existsInRegions: everywhere,
      status: status.stale,
    });
    const young = multiRegionTrail({
      ...selectors.readOnly,
      name: "young",
      homeRegion: "us-west-2",
      existsInRegions: everywhere.filter((region) => region !== "us-east-1"),
      multiRegionSince: "2026-11-22T06:00:00Z",
    });
    const over = { regions: withOptIn, trails: [main, silent, young] };
    const expected = { verdict: "PASS", unknownRegions: ["us-east-1"] };
    expect(judge(over)).toMatchObject(expected);
    const errors = [denied("cloudtrail:GetTrailStatus", "eu-south-2", "silent"), noRegionList];
    expect(judge({ ...over, errors })).toMatchObject(expected);
  });

  it("of whether another Region delivers, while the home Region's error explains the home Region's silence", () => {
    const main = multiRegionTrail({
      statusByRegion: { "us-east-1": status.failing, "us-west-2": status.never },
    });
    const trails = [main, singleRegionTrail("us-east-1")];
    expect(judge({ trails })).toMatchObject({ verdict: "PASS", coveredRegions: enabledRegions });
    const errors = ["eu-west-1", "ap-southeast-1"].map((region) =>
      denied("cloudtrail:GetTrailStatus", region, "main"),
    );
    expect(judge({ trails, errors })).toMatchObject({
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
        statusByRegion: { "us-east-1": status.failing, "eu-south-2": status.ok },
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
