import { expect, test } from "vitest";
import { z } from "zod";
import { nameField } from "./name-field";
import { parse } from "./parse";

const schema = z.strictObject({ name: nameField({ most: [10, "Too long."] }) });
const read = (name: string) => parse(schema, { name }).name;

test.each([
  ["a control character", "a\u0007b"],
  ["NUL", "a\u0000b"],
  ["a line break", "a\nb"],
  ["a tab", "a\tb"],
  ["an escape sequence", "\u001b[1m x"],
  ["a bidirectional override", "a\u202eb"],
  ["a bidirectional isolate", "a\u2066b"],
  ["a direction mark", "a\u200fb"],
  ["a character of no width", "a\u200bb"],
  ["a line separator", "a\u2028b"],
  ["a tag character", "a\u{e0041}b"],
  ["half a character", "a\ud800b"],
])("%s in a name is refused", (_what, name) => {
  expect(() => read(name)).toThrow(expect.objectContaining({ code: "invalid_input" }));
});

test("a name is one line in one spelling", () => {
  expect(read("  prod\u3000  eu ")).toBe("prod eu");
  expect(read("Zürich 東京")).toBe("Zürich 東京");
  expect(read("Zu\u0308rich")).toBe("Z\u00fcrich");
  expect(read("\uff50\uff52\uff4f\uff44")).toBe("prod");
  expect(() => read("  ")).toThrow();
  expect(() => read("eleven char")).toThrow();
});

test("its length and what is refused are known to the form and the API description", () => {
  const described = z.toJSONSchema(schema, { io: "input" });
  expect(described).toMatchObject({
    properties: { name: { type: "string", minLength: 1, maxLength: 10, pattern: expect.any(String) } },
  });
  const { pattern } = (described.properties as { name: { pattern: string } }).name;
  expect(["prod eu", "prod\u0007", "prod\u202etxt"].map((name) => new RegExp(pattern).test(name))).toEqual([
    true,
    false,
    false,
  ]);
});
