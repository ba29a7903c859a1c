import { expect, test } from "vitest";
import type { CallEntry } from "./call-entry";
import { activityIn } from "./known-activity";

const until = new Date("2026-11-22T11:00:00Z");

const call = (region: string, at: string, over: Partial<CallEntry> = {}): CallEntry => ({
  at: `2026-11-22T${at}:00.000Z`,
  api: "cloudtrail:DescribeTrails",
  region,
  outcome: "ok",
  durationMs: 20,
  ...over,
});

test("the latest answer with success in a Region is its activity", () => {
  const calls = [call("eu-west-1", "08:00"), call("eu-west-1", "09:30"), call("us-east-1", "07:00")];
  expect(activityIn(calls, until)).toEqual({
    "eu-west-1": "2026-11-22T09:30:00.000Z",
    "us-east-1": "2026-11-22T07:00:00.000Z",
  });
});

test("calls of the last hour need not have been delivered: the one before them counts", () => {
  const calls = [call("eu-west-1", "11:01"), call("eu-west-1", "11:00"), call("eu-west-1", "10:00")];
  expect(activityIn(calls, until)).toEqual({ "eu-west-1": "2026-11-22T11:00:00.000Z" });
});

test("refused, throttled and unanswered calls are none, and neither are errors taken for an answer", () => {
  const outcomes = ["denied", "denied_by_scp", "throttled", "timeout", "not_found"];
  const refused = outcomes.map((outcome) => call("eu-west-1", "10:00", { outcome, errorCode: "X" }));
  const asAnswer = call("us-west-2", "10:00", { errorCode: "TrailNotFoundException" });
  expect(activityIn([...refused, asAnswer], until)).toEqual({});
});

test("a service with one endpoint for the partition says nothing of the Region that was asked for", () => {
  const calls = ["iam:GetAccountSummary", "organizations:DescribeOrganization"].map((api) =>
    call("cn-north-1", "10:00", { api }),
  );
  expect(activityIn(calls, until)).toEqual({});
});

test("reading log files, perhaps with the role of another account, says nothing of this one", () => {
  const calls = ["sts:AssumeRole", "sts:GetCallerIdentity", "s3:ListBucket", "s3:GetObject"].map((api) =>
    call("us-east-1", "10:00", { api }),
  );
  expect(activityIn(calls, until)).toEqual({});
});
