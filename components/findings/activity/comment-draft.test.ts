import { describe, expect, test } from "vitest";
import { emptyDraft, matching, namedAt, newId, sentText } from "./comment-draft";

describe("what is sent", () => {
  test("names chosen members by their ids, the longer name first", () => {
    const people = { Mina: "1", "Mina Okafor": "2", "A. (B)": "3" };
    const text = "@Mina Okafor, @Mina and @A. (B), not @Mina1 or Mina";
    expect(sentText({ ...emptyDraft, text, people })).toBe("@{2}, @{1} and @{3}, not @Mina1 or Mina");
  });

  test("is the text itself where nobody was chosen", () => {
    expect(sentText({ ...emptyDraft, text: "@Mina $& \\1" })).toBe("@Mina $& \\1");
    expect(sentText({ text: "@Mina", people: { Mina: "$&" }, id: null })).toBe("@{$&}");
  });
});

test("a name begins behind an @ that begins a word, and ends at the caret", () => {
  expect(namedAt("Ask @Mi", 7)).toEqual({ from: 4, query: "Mi" });
  expect(namedAt("(@", 2)).toEqual({ from: 1, query: "" });
  expect(namedAt("@Mina Ok, later", 8)).toEqual({ from: 0, query: "Mina Ok" });
  expect(namedAt("@Mina Okafor said", 17)).toBeNull();
  expect(namedAt("a@example", 9)).toBeNull();
  expect(namedAt("Ask @Mi", 3)).toBeNull();
});

test("people are found by the beginning of any of their names", () => {
  const people = ["Mina Okafor", "Jonas Weber", "Olga Oz"].map((name) => ({ name }));
  expect(matching(people, "o")).toEqual([{ name: "Mina Okafor" }, { name: "Olga Oz" }]);
  expect(matching(people, "mina ok")).toEqual([{ name: "Mina Okafor" }]);
  expect(matching(people, "", 2)).toHaveLength(2);
});

test("ids are random and of the form that the server takes", () => {
  const ids = Array.from({ length: 50 }, newId);
  expect(new Set(ids).size).toBe(50);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
