import { expect, test } from "vitest";
import { type ProgressCall, regionsOf } from "./progress";

const list: ProgressCall = {
  api: "ec2:DescribeRegions",
  region: "us-east-1",
  outcome: "ok",
  response: {
    Regions: [
      { RegionName: "us-east-1", OptInStatus: "opt-in-not-required" },
      { RegionName: "eu-west-1", OptInStatus: "opt-in-not-required" },
      { RegionName: "af-south-1", OptInStatus: "not-opted-in" },
    ],
  },
};
const trails = (region: string, outcome = "ok"): ProgressCall => ({
  api: "cloudtrail:DescribeTrails",
  region,
  outcome,
});
const states = (calls: ProgressCall[], ended = false) =>
  Object.fromEntries(regionsOf(calls, ended).map((region) => [region.name, region.state]));

test("Regions wait until their trails were listed, then light up one by one", () => {
  expect(states([])).toEqual({});
  expect(states([list])).toEqual({
    "af-south-1": "not_enabled",
    "eu-west-1": "waiting",
    "us-east-1": "waiting",
  });
  expect(states([list, trails("us-east-1")])).toMatchObject({ "us-east-1": "read", "eu-west-1": "waiting" });
});

test("a failed Region that was read after all counts as read", () => {
  expect(states([list, trails("eu-west-1", "throttled")])).toMatchObject({ "eu-west-1": "failed" });
  expect(states([list, trails("eu-west-1", "throttled"), trails("eu-west-1")])).toMatchObject({
    "eu-west-1": "read",
  });
  expect(states([list, trails("eu-west-1"), trails("eu-west-1", "timeout")])).toMatchObject({
    "eu-west-1": "read",
  });
});

test("when the scan has ended nothing waits any more", () => {
  expect(states([list, trails("us-east-1")], true)).toMatchObject({
    "us-east-1": "read",
    "eu-west-1": "failed",
  });
});

test("without a Region list the Regions asked are shown", () => {
  expect(states([trails("us-east-1"), trails("eu-west-1", "denied")])).toEqual({
    "us-east-1": "read",
    "eu-west-1": "failed",
  });
});
