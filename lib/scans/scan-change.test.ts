import { describe, expect, test } from "vitest";
import { type CheckedInScan, scanChanges } from "./scan-change";

const fixed: CheckedInScan = { verdict: "PASS", event: "now_passing" };
const passes: CheckedInScan = { verdict: "PASS", event: null };
const back: CheckedInScan = { verdict: "FAIL", event: "failing_again" };
const detected: CheckedInScan = { verdict: "FAIL", event: "detected" };
const fails: CheckedInScan = { verdict: "FAIL", event: null };
const unread: CheckedInScan = { verdict: "NOT_EVALUATED", event: "could_not_read" };

const told = (...checked: CheckedInScan[]) => scanChanges(checked).map(({ text }) => text);

describe("a scan tells what it changed", () => {
  test("before what is as it was, and never the worst that remains first", () => {
    expect(told(fails, fixed, passes)).toEqual(["1 finding now passes", "1 still fails"]);
    expect(told(fixed, fixed, passes)).toEqual(["2 findings now pass"]);
  });

  test("with what came back and what is new before what is repaired", () => {
    expect(told(fixed, detected, back)).toEqual(["1 finding is back", "1 is new", "1 now passes"]);
    expect(told(detected, detected, passes)).toEqual(["2 findings are new"]);
  });

  test("and says so when it changed nothing", () => {
    expect(told(passes, passes, passes)).toEqual(["3 checks pass"]);
    expect(told(fails, fails, passes)).toEqual(["2 findings still fail"]);
    expect(told(unread, passes)).toEqual(["1 check could not be evaluated"]);
    expect(scanChanges([fails, passes]).some(({ isNews }) => isNews)).toBe(false);
  });

  test("a reason or a severity that changed leaves a finding failing", () => {
    expect(told({ verdict: "FAIL", event: "reason_changed" })).toEqual(["1 finding still fails"]);
    expect(told()).toEqual([]);
  });
});
