import { expect, test } from "vitest";
import { checks } from "@/lib/checks/registry";
import { beforeAndAfter } from "./worlds";

test("the suggested change turns the example of the landing page from a fail into a verified pass", () => {
  const [check] = checks;
  const worlds = check && beforeAndAfter(check);
  expect(worlds?.before.evaluation).toMatchObject({ verdict: "FAIL", reason: "SINGLE_REGION_ONLY" });
  expect(worlds?.before.evaluation.uncoveredRegions).toHaveLength(11);
  expect(worlds?.after.evaluation).toMatchObject({ verdict: "PASS", assurance: "VERIFIED" });
  expect(worlds?.after.evaluation.coveredRegions).toHaveLength(17);
});
