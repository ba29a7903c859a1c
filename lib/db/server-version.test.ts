import { expect, test } from "vitest";
import { versionProblem } from "./server-version";

test.each([150_000, 150_018, 160_014, 170_010, 180_004])(
  "PostgreSQL %i is one the product runs on",
  (number) => {
    expect(versionProblem(number)).toBeNull();
  },
);

test("an older and a newer server are refused in a sentence that says what to do", () => {
  expect(versionProblem(140_023)).toBe(
    "This server is PostgreSQL 14; Posturio runs on PostgreSQL 15 to 18. Upgrade the server.",
  );
  expect(versionProblem(190_000)).toBe(
    "This server is PostgreSQL 19; Posturio runs on PostgreSQL 15 to 18. Use a server of one of these versions, or a version of Posturio that supports this one.",
  );
});
