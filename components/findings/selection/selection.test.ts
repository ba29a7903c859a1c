import { beforeEach, expect, test } from "vitest";
import { clear, select, selected, selectRange, showRows, toggle } from "./selection";

beforeEach(() => {
  showRows("another list", []);
  showRows("/o/acme/findings", ["a", "b", "c", "d", "e"]);
});

const keys = () => [...selected().keys].sort();

test("a row is selected, and not any more", () => {
  toggle("b");
  toggle("d");
  expect(keys()).toEqual(["b", "d"]);
  toggle("b");
  expect(keys()).toEqual(["d"]);
  clear();
  expect(keys()).toEqual([]);
});

test("a range does to all from the last row what was done to that row, in both directions", () => {
  toggle("d");
  selectRange("b");
  expect(keys()).toEqual(["b", "c", "d"]);
  toggle("c");
  selectRange("e");
  expect(keys()).toEqual(["b"]);
});

test("a range without a beginning is a row", () => {
  selectRange("c");
  expect(keys()).toEqual(["c"]);
  clear();
  selectRange("e");
  expect(keys()).toEqual(["e"]);
});

test("the next page of the list keeps it, and a list that is narrowed otherwise begins without one", () => {
  select(["a", "b"], true);
  const leave = showRows("/o/acme/findings", ["f", "g"]);
  toggle("f");
  expect(keys()).toEqual(["a", "b", "f"]);
  // A range goes no further than what is shown.
  showRows("/o/acme/findings", ["h", "i"]);
  selectRange("i");
  expect(keys()).toEqual(["a", "b", "f", "i"]);
  leave();
  expect(selected().shown).toEqual([]);
  expect(keys()).toEqual(["a", "b", "f", "i"]);
  showRows("/o/acme/findings?owner=none", ["a", "b"]);
  expect(keys()).toEqual([]);
});
