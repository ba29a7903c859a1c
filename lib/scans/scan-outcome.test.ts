import { expect, test } from "vitest";
import type { FactName, Facts } from "@/lib/checks/facts/facts";
import { type ReadFailureKind, read, unread } from "@/lib/checks/facts/reading";
import { scanOutcome } from "./scan-outcome";

const needs = new Set<FactName>(["regions", "cloudtrail.trails", "cloudtrail.event_selectors"]);
const failure = (kind: ReadFailureKind) => ({
  kind,
  api: "cloudtrail:X",
  region: "eu-west-1",
  code: kind,
  message: "",
});
const regions = read([
  { name: "eu-west-1", optInStatus: "opt-in-not-required" as const },
  { name: "us-east-1", optInStatus: "opt-in-not-required" as const },
  { name: "af-south-1", optInStatus: "not-opted-in" as const },
]);

test("everything read is complete, and counts the enabled Regions", () => {
  const facts: Partial<Facts> = {
    regions,
    "cloudtrail.trails": { "eu-west-1": read([]), "us-east-1": read([]) },
  };
  expect(scanOutcome(facts, needs, undefined)).toEqual({
    status: "complete",
    regionsTotal: 2,
    regionsRead: 2,
    errorCode: null,
    failures: [],
  });
});

test("one Region that could not be read makes it partial", () => {
  const facts: Partial<Facts> = {
    regions,
    "cloudtrail.trails": { "eu-west-1": read([]), "us-east-1": unread(failure("timeout")) },
  };
  expect(scanOutcome(facts, needs, undefined)).toMatchObject({ status: "partial", regionsRead: 1 });
});

test("no Region read, or no role, is failed with the cause", () => {
  const facts: Partial<Facts> = { regions, "cloudtrail.trails": { "eu-west-1": unread(failure("denied")) } };
  expect(scanOutcome(facts, needs, undefined)).toMatchObject({ status: "failed", errorCode: "denied" });
  expect(scanOutcome({}, needs, failure("denied"))).toMatchObject({
    status: "failed",
    regionsTotal: null,
    errorCode: "denied",
  });
});

test("selectors an organization trail hides from members, and facts that no check needs, change nothing", () => {
  const facts: Partial<Facts> = {
    regions,
    "cloudtrail.trails": { "eu-west-1": read([]) },
    "cloudtrail.event_selectors": { arn: unread(failure("arn_invalid")) },
    "cloudtrail.event_data_stores": { "eu-west-1": unread(failure("denied")) },
  };
  expect(scanOutcome(facts, needs, undefined).status).toBe("complete");
});
