import { expect, test } from "vitest";
import { backoffSeconds } from "./retry";

test("the first repeat comes at once, later ones wait longer and longer, never more than 15 minutes", () => {
  const longest = [1, 2, 3, 4, 12].map((attempt) => backoffSeconds(attempt, () => 1));
  expect(longest).toEqual([0, 20, 40, 80, 900]);
  expect(backoffSeconds(4, () => 0.5)).toBe(40);
});
