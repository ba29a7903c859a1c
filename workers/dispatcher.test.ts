import { expect, test } from "vitest";
import { refusalLevel } from "./dispatcher";

test("a queue that refuses hints for more than a minute is an error, and a warning before", () => {
  expect([0, 59_000, 60_000, 60_001].map(refusalLevel)).toEqual(["warn", "warn", "warn", "error"]);
});
