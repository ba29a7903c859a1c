import { describe, expect, test } from "vitest";
import { checks } from "@/lib/checks/registry";
import { causes, findCause } from "./cause-states";
import { blindRegionsOf, causeOf } from "./causes";

const failing = (reason: string, action = "NONE") =>
  causeOf({ verdict: "FAIL", reason, remediation: { action } })?.id ?? null;

/** Reasons of verdicts that pass or could not be given: they have no cause. */
const otherReasons =
  /^(COVERED|COVERED_.*|.*_UNREADABLE|ROLE_NOT_ASSUMABLE|THROTTLED|VALIDATION_ON|NO_TRAIL_TO_JUDGE|ROOT_MFA_ENABLED|ROOT_HAS_NO_CREDENTIALS|ROOT_CANNOT_SIGN_IN)$/;

test("every reason that a check can fail for has a cause", () => {
  const reasons = checks.flatMap(({ labels }) => Object.keys(labels.reasons));
  const without = reasons.filter((reason) => failing(reason) === null);
  expect(without.filter((reason) => !otherReasons.test(reason))).toEqual([]);
  expect(reasons.filter((reason) => otherReasons.test(reason) && !without.includes(reason))).toEqual([]);
});

describe("the cause", () => {
  test.each([
    ["NO_TRAIL", "CREATE_MULTI_REGION_TRAIL", "no-trail"],
    ["NO_TRAIL", "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL", "organization-trail-absent"],
    ["SINGLE_REGION_ONLY", "CONVERT_TRAIL", "single-region-trail"],
    ["MULTI_REGION_LOGGING_STOPPED", "START_LOGGING", "logging-stopped"],
    ["MULTI_REGION_LOGGING_STOPPED", "FIX_ORG_TRAIL", "organization-trail-stopped"],
    ["MULTI_REGION_LOGGING_STOPPED", "FIX_VIA_CONTROL_TOWER", "organization-trail-stopped"],
    ["MULTI_REGION_REGION_GAP", "FIX_ORG_TRAIL", "regions-left-out"],
    ["VALIDATION_OFF", "FIX_ORG_TRAIL", "organization-trail-validation-off"],
  ])("%s, %s: %s", (reason, action, cause) => {
    expect(failing(reason, action)).toBe(cause);
  });

  test("is none of a pass or of what could not be read", () => {
    const remediation = { action: "NONE" };
    expect(causeOf({ verdict: "PASS", reason: "NO_TRAIL", remediation })).toBeNull();
    expect(causeOf({ verdict: "NOT_EVALUATED", reason: "NO_TRAIL", remediation })).toBeNull();
    expect(failing("A_REASON_OF_TOMORROW")).toBeNull();
  });

  test("is found by its id, and has a place of its own", () => {
    expect(new Set(causes.map(({ id }) => id)).size).toBe(causes.length);
    const ranks = causes.map(({ rank }) => rank);
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
    expect(Math.max(...ranks)).toBeLessThan(999);
    expect(findCause("no-trail")?.title).toBe("No trail");
    expect(findCause(null)).toBeNull();
  });
});

test("blind is what is not covered wholly", () => {
  expect(
    blindRegionsOf({ partialRegions: ["us-east-1"], uncoveredRegions: ["eu-west-1", "us-east-1"] }),
  ).toEqual(["eu-west-1", "us-east-1"]);
});
