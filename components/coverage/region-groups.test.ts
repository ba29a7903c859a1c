import { expect, it } from "vitest";
import { groupByGeography } from "./region-groups";

it("keeps a Region that is younger than the static table, last and under Other", () => {
  const groups = groupByGeography([{ name: "xx-new-1" }, { name: "eu-west-1" }, { name: "us-east-1" }]);
  expect(groups.map((group) => group.geography)).toEqual(["Americas", "Europe", "Other"]);
  expect(groups.flatMap((group) => group.regions)).toHaveLength(3);
});
