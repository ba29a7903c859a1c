import { expect, it } from "vitest";
import { findCheck } from "@/lib/checks/registry";
import { parseSaved } from "./parse-saved";

const id = "111122223333";
const home = "us-gov-west-1";
const arn = `arn:aws-us-gov:cloudtrail:${home}:${id}:trail/audit`;
const regions = ["us-gov-east-1", home];
const takenAt = "2026-11-22T12:00:00Z";

/** Saved answers of an account whose reader may not call GetEventSelectors. */
function saved(trail: object): string {
  const status = {
    IsLogging: true,
    LatestDeliveryTime: "2026-11-22T11:55:00Z",
    StartLoggingTime: "2025-01-01T00:00:00Z",
  };
  const described = { Name: "audit", IsMultiRegionTrail: true, HomeRegion: home, TrailARN: arn, ...trail };
  const answers = [
    {
      call: "sts:GetCallerIdentity",
      answer: { Account: id, Arn: `arn:aws-us-gov:sts::${id}:assumed-role/Reader/me` },
    },
    {
      call: "ec2:DescribeRegions",
      answer: { Regions: regions.map((RegionName) => ({ RegionName, OptInStatus: "opt-in-not-required" })) },
    },
    ...regions.flatMap((region) => [
      { call: "cloudtrail:DescribeTrails", region, answer: { trailList: [described] } },
      { call: "cloudtrail:GetTrailStatus", region, target: arn, answer: status },
    ]),
    {
      call: "cloudtrail:GetEventSelectors",
      region: home,
      target: arn,
      error:
        "An error occurred (AccessDeniedException) when calling the GetEventSelectors operation: User: x is not authorized to perform: cloudtrail:GetEventSelectors because no identity-based policy allows the cloudtrail:GetEventSelectors action",
    },
  ];
  return JSON.stringify({ format: "posturio-aws-answers-1", takenAt, answers, complete: true });
}

function judge(trail: object) {
  const parsed = parseSaved(saved(trail));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return findCheck("cloudtrail.not_multi_region")?.evaluate(parsed.facts, parsed.context);
}

it("only an explicit false means the default selectors: an absent member proves nothing", () => {
  expect(judge({ HasCustomEventSelectors: false })).toMatchObject({ verdict: "PASS", assurance: "VERIFIED" });
  for (const trail of [{}, { HasCustomEventSelectors: true }]) {
    expect(judge(trail)).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: "EVENT_SELECTORS_UNREADABLE",
      remediation: { action: "FIX_SCAN_PERMISSIONS" },
    });
  }
});
