import { describe, expect, test } from "vitest";
import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
import { page } from "./page";

const reasons = page.situations.map(({ id, facts, context }) => {
  const evaluation = check.evaluate(facts, context);
  return [id, evaluation, check.describe(evaluation, facts, context)] as const;
});

describe("every situation of the public page fails for the reason its title names, and has a change", () => {
  const expected: Readonly<Record<string, string>> = {
    "single-region-only": "SINGLE_REGION_ONLY",
    "no-trail": "NO_TRAIL",
    stopped: "MULTI_REGION_LOGGING_STOPPED",
    filtered: "MULTI_REGION_WRITE_ONLY",
    "not-delivering": "MULTI_REGION_DELIVERY_FAILING",
    "organization-trail-in-one-region": "SINGLE_REGION_ONLY",
  };
  test.for(reasons)("%s", ([id, evaluation, description]) => {
    expect(evaluation.reason).toBe(expected[id]);
    expect(description.change?.steps.length).toBeGreaterThan(0);
  });

  test("the first leaves eleven of seventeen Regions dark", () => {
    expect(reasons[0]?.[1].uncoveredRegions).toHaveLength(11);
    expect(reasons[0]?.[1].coveredRegions).toHaveLength(6);
  });
});

test("anchors are unique", () => {
  const ids = [
    ...[...page.operations, ...page.fix, ...page.verification, ...page.situations].map(({ id }) => id),
    ...check.content.faqs.map(({ id }) => id),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test("the description fits a search result", () => expect(page.description.length).toBeLessThanOrEqual(160));

test("frameworks are supported, never satisfied", () => {
  for (const { wording } of check.frameworks) expect(wording).toMatch(/^supports /);
});

test("the newest entry of the history is the last review or older", () => {
  const dates = page.history.map(({ date }) => date);
  expect(dates).toEqual([...dates].sort().reverse());
  expect((dates[0] ?? "") <= page.reviewed).toBe(true);
});
