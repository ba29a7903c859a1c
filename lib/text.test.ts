import { expect, test } from "vitest";
import { count, oneLine, plural } from "./text";

test("one is singular, none and many are plural", () => {
  expect([0, 1, 2].map((n) => count(n, "Region"))).toEqual(["0 Regions", "1 Region", "2 Regions"]);
  expect([1, 2].map((n) => count(n, "person", "people"))).toEqual(["1 person", "2 people"]);
  expect([0, 1].map((n) => plural(n, "is", "are"))).toEqual(["are", "is"]);
});

test("a line loses what cannot be seen and keeps what can", () => {
  expect(oneLine("  \uFF21cme\u0000 \u200B GmbH\t\n& Co  ")).toBe("Acme GmbH& Co");
  expect(oneLine("Zoë 李")).toBe("Zoë 李");
});
