import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { formHints } from "@/lib/input/form-hints";
import { parse } from "@/lib/input/parse";
import { passwordChange, signInInput, signUpInput } from "./auth-input";

test("the browser learns how a sign-up is filled in, and cuts no password", () => {
  expect(formHints(signUpInput)).toEqual({
    name: { required: true, autoComplete: "name" },
    email: { required: true, type: "email", autoComplete: "username", maxLength: 500 },
    password: { required: true, type: "password", autoComplete: "new-password", minLength: 12 },
  });
});

test("the same password field is filled in differently where one is chosen and where one is known", () => {
  const { currentPassword, newPassword } = formHints(passwordChange);
  expect(currentPassword).toMatchObject({ autoComplete: "current-password" });
  expect(newPassword).toMatchObject({ autoComplete: "new-password" });
  expect(formHints(signInInput).password).toEqual(currentPassword);
});

test("an address has one spelling when it is registered, and is left alone when it is tried", () => {
  const password = "a few words in a row";
  expect(parse(signUpInput, { name: " Ada  L ", email: " Ada@Example.com ", password })).toEqual({
    name: "Ada L",
    email: "ada@example.com",
    password,
  });
  expect(parse(signInInput, { email: "nobody", password: "x" })).toEqual({ email: "nobody", password: "x" });
});

test("nobody tries an address or a password without end", () => {
  const longest = { email: "a".repeat(500), password: "p".repeat(1000) };
  expect(parse(signInInput, longest)).toEqual(longest);
  for (const field of ["email", "password"] as const) {
    const input = { ...longest, [field]: `${longest[field]}x` };
    expect(() => parse(signInInput, input)).toThrow(AppError);
    expect(() => parse(signInInput, { ...longest, [field]: "" })).toThrow(AppError);
  }
});
