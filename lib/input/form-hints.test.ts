import { expect, test } from "vitest";
import { z } from "zod";
import { formHints, hinted } from "./form-hints";

const email = z
  .string()
  .max(500)
  .transform((text) => text.trim())
  .pipe(z.email());

test("the hints of a field follow its schema, before the schema changes the value", () => {
  const schema = z
    .strictObject({
      email: hinted(email, { control: "email", autoComplete: "username" }),
      name: z
        .string()
        .trim()
        .min(2)
        .max(80)
        .regex(/^[a-z]+$/),
      note: z.string().max(10).optional(),
      days: z.int().min(1).max(365),
    })
    .refine(() => true);
  expect(formHints(schema)).toEqual({
    email: { type: "email", autoComplete: "username", required: true, maxLength: 500 },
    name: { required: true, minLength: 2, maxLength: 80, pattern: "^[a-z]+$" },
    note: { maxLength: 10 },
    days: { required: true, min: 1, max: 365 },
  });
});

test("a hint belongs to one use of a field", () => {
  hinted(email, { autoComplete: "username" });
  expect(formHints(z.object({ email })).email).toEqual({ required: true, maxLength: 500 });
});

test("a password is never cut where it is pasted", () => {
  const password = hinted(z.string().max(100), { control: "password", autoComplete: "new-password" });
  expect(formHints(z.object({ password })).password).toEqual({
    type: "password",
    autoComplete: "new-password",
    required: true,
  });
});

test("boxes, lists, choices and ids need nothing from the browser", () => {
  const schema = z.object({
    box: z.boolean(),
    list: z.array(z.string()),
    choice: z.enum(["a"]),
    id: z.uuid(),
  });
  expect(formHints(schema)).toEqual({ box: {}, list: {}, choice: {}, id: { required: true } });
});

test("the hints are plain data: a server component can hand them to a form", () => {
  const hints = formHints(z.object({ name: z.string().min(1) }));
  expect(JSON.parse(JSON.stringify(hints))).toEqual(hints);
});
