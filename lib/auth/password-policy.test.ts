import { describe, expect, it } from "vitest";
import { newPasswordField, passwordProblem } from "./password-policy";

describe("passwordProblem", () => {
  it("accepts 12 and 128 characters and refuses one less and one more", () => {
    const text = "abcdefgh-jklm ".repeat(10);
    expect(passwordProblem(text.slice(0, 12))).toBeNull();
    expect(passwordProblem(text.slice(0, 11))).toContain("at least 12");
    expect(passwordProblem(text.slice(0, 128))).toBeNull();
    expect(passwordProblem(text.slice(0, 129))).toContain("at most 128");
  });

  it("counts characters, not UTF-16 units, and demands no classes", () => {
    expect(passwordProblem("🐳🐙🦑🦐🦞🦀")).toContain("at least 12");
    expect(passwordProblem("several plain words")).toBeNull();
  });

  it.each([
    "aaaaaaaaaaaa",
    "abababababab",
    "correct horse battery staple",
    "PasswordPassword",
    "qwertyuiop123",
  ])("refuses %s", (password) => expect(passwordProblem(password)).not.toBeNull());

  it("refuses a password built from the person, the organization or the product", () => {
    expect(passwordProblem("margaret-2026!", ["margaret@acme.example"])).not.toBeNull();
    expect(passwordProblem("Acmecorp 12345", ["Acmecorp"])).not.toBeNull();
    expect(passwordProblem("posturio12345")).not.toBeNull();
    expect(passwordProblem("margaret likes long walks", ["margaret@acme.example"])).toBeNull();
  });

  it("is what the form field enforces", () => {
    expect(newPasswordField.safeParse("short").success).toBe(false);
    expect(newPasswordField.safeParse("several plain words").success).toBe(true);
  });
});
