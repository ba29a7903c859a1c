import { expect, test } from "vitest";
import { pick } from "./decisions";

const rows = (kind: string, length: number) => Array.from({ length }, (_, place) => `${kind}${place}`);

test("seven rows hold two of each kind at least, and the first kinds fill what is left", () => {
  expect(pick([rows("a", 9), rows("b", 9), rows("c", 9)])).toEqual([
    "a0",
    "a1",
    "a2",
    "b0",
    "b1",
    "c0",
    "c1",
  ]);
  expect(pick([rows("a", 1), rows("b", 9), rows("c", 1)])).toEqual([
    "a0",
    "b0",
    "b1",
    "b2",
    "b3",
    "b4",
    "c0",
  ]);
  expect(pick([[], rows("b", 9), []])).toHaveLength(7);
  expect(pick([rows("a", 1), [], rows("c", 2)])).toEqual(["a0", "c0", "c1"]);
  expect(pick([[], [], []])).toEqual([]);
});
