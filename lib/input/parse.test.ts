import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { parse } from "./parse";

const schema = z.strictObject({ name: z.string().min(2, "Too short."), age: z.number().optional() });

function refusalOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("nothing was refused");
}

const fieldsOf = (work: () => unknown) => refusalOf(work).fields;

describe("parse", () => {
  it("names the field and the reason", () => {
    expect(fieldsOf(() => parse(schema, { name: "a" }))).toEqual({ name: "Too short." });
  });

  it("refuses a NUL wherever it stands, before the database does", () => {
    const nested = z.strictObject({ name: z.string(), tags: z.array(z.record(z.string(), z.string())) });
    expect(fieldsOf(() => parse(nested, { name: "a\0", tags: [{ a: "b\0" }, { "c\0": "d" }] }))).toEqual({
      name: "The character NUL cannot be used here.",
      "tags.0.a": "The character NUL cannot be used here.",
      "tags.1": "The character NUL cannot be used here.",
    });
    expect(fieldsOf(() => parse(z.string(), "\0"))).toEqual({
      input: "The character NUL cannot be used here.",
    });
  });

  it("refuses half of a character, which JSON can spell and the database cannot keep", () => {
    const nested = z.strictObject({ name: z.string(), tags: z.array(z.record(z.string(), z.string())) });
    const why = "This contains half of a character. Type the text again.";
    const sent = JSON.parse('{"name":"a\\ud800b","tags":[{"a":"\\udc00"},{"\\ud800":"d"}]}');
    expect(fieldsOf(() => parse(nested, sent))).toEqual({ name: why, "tags.0.a": why, "tags.1": why });
    expect(parse(z.string(), "whole: 😀")).toBe("whole: 😀");
  });

  it("refuses what is nested deeper than any input, without ending the process", () => {
    const deep = JSON.parse(`${"[".repeat(40_000)}${"]".repeat(40_000)}`);
    expect(fieldsOf(() => parse(schema, { name: deep }))).toBeDefined();
    expect(fieldsOf(() => parse(schema, deep))).toBeDefined();
  });

  it("refuses a field that is not known, so that nothing can be smuggled in", () => {
    expect(fieldsOf(() => parse(schema, { name: "abc", role: "admin" }))).toEqual({
      role: "This field is unknown.",
    });
    expect(fieldsOf(() => parse(schema, JSON.parse('{"name":"abc","__proto__":{"x":1}}')))).toBeDefined();
  });

  it("says how many fields need a look, once each", () => {
    const input = z.strictObject({
      a: z.string().min(3, "Too short.").regex(/x/, "No x."),
      b: z.string().min(1, "Nothing."),
    });
    expect(refusalOf(() => parse(input, { a: "", b: "" }))).toMatchObject({
      code: "invalid_input",
      message: "Check the 2 highlighted fields.",
      fields: { a: "Too short.", b: "Nothing." },
    });
    expect(refusalOf(() => parse(input, { a: "xxx", b: "" })).message).toBe("Check the highlighted field.");
  });

  it("names the whole input where no field is at fault", () => {
    expect(fieldsOf(() => parse(schema, null))).toEqual({ input: "An object is expected here." });
    expect(fieldsOf(() => parse(z.object({ deep: schema }), { deep: { name: "a", x: 1 } }))).toEqual({
      "deep.name": "Too short.",
      "deep.x": "This field is unknown.",
    });
  });

  it("speaks plainly where the schema has no words of its own", () => {
    const input = z.strictObject({
      missing: z.string(),
      kind: z.string(),
      short: z.string().min(3),
      long: z.string().max(1),
      low: z.int().min(60),
      high: z.int().max(90),
      half: z.int(),
      none: z.array(z.string()).min(1),
      choice: z.enum(["a", "b"]),
      only: z.literal("resolved"),
      id: z.uuid(),
    });
    const given = { kind: 1, short: "a", long: "ab", low: 1, high: 91, half: 1.5, none: [], choice: "c" };
    expect(fieldsOf(() => parse(input, { ...given, only: "open", id: "x" }))).toEqual({
      missing: "This field is required.",
      kind: "Text is expected here.",
      short: "Use at least 3 characters.",
      long: "Use at most 1 character.",
      low: "The value is at least 60.",
      high: "The value is at most 90.",
      half: "A whole number is expected here.",
      none: "Choose at least 1.",
      choice: "Choose one of a, b.",
      only: "Only resolved is possible here.",
      id: "This is not an id.",
    });
  });
});
