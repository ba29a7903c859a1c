import { expect, test } from "vitest";
import { backoffSeconds, infrastructureSeconds, reclaimSeconds } from "./backoff";

test("errors of the work wait longer and longer, never more than 15 minutes", () => {
  const longest = [1, 2, 3, 4, 12].map((failures) => backoffSeconds(failures, () => 1));
  expect(longest).toEqual([10, 20, 40, 80, 900]);
  expect(backoffSeconds(4, () => 0.5)).toBe(40);
});

test("the first lost lease repeats at once, later ones wait", () => {
  expect([0, 1, 2].map((losses) => reclaimSeconds(losses, () => 1))).toEqual([0, 10, 20]);
});

test("what waits for the database does not come back all at once", () => {
  expect([0, 1].map((random) => infrastructureSeconds(() => random))).toEqual([5, 15]);
});
