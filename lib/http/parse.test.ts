import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { formObject, parse, queryObject } from "./parse";

const schema = z.strictObject({ name: z.string().min(2, "Too short."), age: z.number().optional() });

function fieldsOf(work: () => unknown): Readonly<Record<string, string>> {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.fields;
  }
  throw new Error("nothing was refused");
}

describe("parse", () => {
  it("names the field and the reason", () => {
    expect(fieldsOf(() => parse(schema, { name: "a" }))).toEqual({ name: "Too short." });
  });

  it("refuses a field that is not known, so that nothing can be smuggled in", () => {
    expect(fieldsOf(() => parse(schema, { name: "abc", role: "admin" }))).toEqual({
      role: "This field is unknown.",
    });
    expect(fieldsOf(() => parse(schema, JSON.parse('{"name":"abc","__proto__":{"x":1}}')))).toBeDefined();
  });
});

describe("queryObject and formObject", () => {
  it("keep a name given twice as a list", () => {
    expect(queryObject(new URLSearchParams("a=1&a=2&b=3"))).toEqual({ a: ["1", "2"], b: "3" });
  });

  it("leave out what the framework adds and files", () => {
    const form = new FormData();
    form.set("$ACTION_ID_x", "");
    form.set("name", "abc");
    form.set("file", new Blob(["x"]));
    expect(formObject(form)).toEqual({ name: "abc", file: [] });
  });
});
