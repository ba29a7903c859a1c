import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formObject, keptValues, queryObject, typedValues } from "./text-values";

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

it("keeps what was typed, boxes of one name too, and no secret", () => {
  const form = new FormData();
  for (const [name, value] of [
    ["$ACTION_ID_x", "1"],
    ["name", "acme"],
    ["scopes", "read"],
    ["scopes", "scan"],
    ["password", "p"],
    ["newPassword", "p"],
    ["currentPassword", "p"],
    ["secret", "s"],
    ["apiToken", "t"],
  ] as const)
    form.append(name, value);
  expect(keptValues(form)).toEqual({ name: "acme", scopes: ["read", "scan"] });
});

describe("typedValues", () => {
  const schema = z
    .strictObject({
      name: z.string(),
      days: z.int().max(365),
      every: z.int().min(60).nullable().optional(),
      limit: z.int().default(50),
      isApprover: z.boolean(),
      scopes: z.array(z.enum(["read", "scan"])),
    })
    .refine(() => true);
  const typed = (texts: Record<string, string | string[]>) =>
    schema.safeParse(typedValues(schema, { name: "5", days: "7", ...texts }));

  it("give numbers, boxes and lists their types, and leave text alone", () => {
    expect(typed({ every: "360", limit: "9", isApprover: "on", scopes: ["read", "scan"] }).data).toEqual({
      name: "5",
      days: 7,
      every: 360,
      limit: 9,
      isApprover: true,
      scopes: ["read", "scan"],
    });
  });

  it("read what a form does not send: an open box, an empty list, an empty choice", () => {
    expect(typed({ every: "", scopes: "read" }).data).toEqual({
      name: "5",
      days: 7,
      every: null,
      limit: 50,
      isApprover: false,
      scopes: ["read"],
    });
    expect(typed({}).data).toMatchObject({ scopes: [], isApprover: false });
  });

  it.each(["", "abc", "1e2", "0x10", " 7", "7 ", "1.5", "9".repeat(400), "-1e9"])(
    "never make a whole number of %j",
    (days) => expect(typed({ days }).success).toBe(false),
  );

  it("do not read another word as a ticked box, nor an inherited name as a value", () => {
    expect(typed({ isApprover: "true" }).success).toBe(false);
    expect(typedValues(z.strictObject({ constructor: z.string().optional() }), {})).toEqual({});
  });
});
