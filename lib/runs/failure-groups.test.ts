import { expect, test } from "vitest";
import { failureGroups } from "./failure-groups";

const call = (api: string, region: string, outcome: string, errorCode?: string) => ({
  api,
  region,
  outcome,
  ...(errorCode === undefined ? {} : { errorCode }),
  at: "2026-11-22T12:00:00.000Z",
});

test("failures with one cause are listed once, with their Regions, the most frequent first", () => {
  const groups = failureGroups([
    call("cloudtrail:DescribeTrails", "eu-west-1", "ok"),
    call("cloudtrail:GetTrailStatus", "us-east-1", "timeout", "TimeoutError"),
    call("cloudtrail:DescribeTrails", "us-west-2", "denied", "AccessDenied"),
    call("cloudtrail:DescribeTrails", "us-east-1", "denied", "AccessDenied"),
  ]);
  expect(groups.map(({ api, code, count, regions }) => ({ api, code, count, regions }))).toEqual([
    { api: "cloudtrail:DescribeTrails", code: "AccessDenied", count: 2, regions: ["us-east-1", "us-west-2"] },
    { api: "cloudtrail:GetTrailStatus", code: "TimeoutError", count: 1, regions: ["us-east-1"] },
  ]);
  expect(groups[0]?.text).toContain("2 Regions");
  expect(groups[1]?.text).toContain("us-east-1");
  expect(groups.every((group) => group.whatToDo.length > 0)).toBe(true);
});
