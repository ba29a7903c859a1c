import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newPasswordField } from "./password-policy";
import { passwordProblem } from "./password-problem";

const person = ["margaret.hamilton@acme.example", "Margaret Hamilton", "Acmecorp Rockets"];

describe("passwordProblem", () => {
  it("accepts 12 and 128 characters and refuses one less and one more", async () => {
    const text = "lamp otter-jigsaw ".repeat(8);
    expect(await passwordProblem(text.slice(0, 12))).toBeNull();
    expect(await passwordProblem(text.slice(0, 11))).toContain("at least 12");
    expect(await passwordProblem(text.slice(0, 128))).toBeNull();
    expect(await passwordProblem(text.slice(0, 129))).toContain("at most 128");
  });

  it("counts characters, not UTF-16 units", async () => {
    expect(await passwordProblem("🐳🐙🦑🦐🦞🦀")).toContain("at least 12");
  });

  it.each([
    "several plain words",
    "quite another phrase",
    "tortoise lamp river otter",
    "margaret likes long walks",
    "x7#kP2!vQ9zL",
    "demo-Fg7hK2mQ9x-Lw",
    "пароль зелёный трактор",
    "mi gato duerme en la luna",
  ])("accepts %s, which demands no classes of characters", async (password) =>
    expect(await passwordProblem(password, person)).toBeNull(),
  );

  it.each([
    "aaaaaaaaaaaa",
    "abababababab",
    "correct horse battery staple",
    "CorrectHorseBatteryStaple",
    "PasswordPassword",
    "qwertyuiop123",
    "Password123!",
    "P@ssw0rd2024!",
    "Welcome@2024!",
    "iloveyou2024!!",
    "Summer2024!!!",
    "Liverpool2023!",
    "qazwsxedcrfv",
    "1qaz@WSX3edc",
    "zaq12wsxcde34rfv",
    "asdfghjkl;'1",
    "michael12345",
    "footballfan1",
    "St@rw4rs12345",
    "letmein12345!",
    "123qweasdzxc",
    "987654321abc",
    "19901990abcd",
    "january2024!",
    "Winter2025Winter",
    "monday tuesday",
    "ncc1701enterprise",
    "ThisIsMyPassword",
  ])("refuses %s", async (password) => expect(await passwordProblem(password)).not.toBeNull());

  it.each([
    "margaret-2026!",
    "Margaret.Hamilton1",
    "margarethamilton",
    "m@rg4r3th4m1lt0n",
    "Acmecorp 12345",
    "Acmecorp!2026!Rockets",
    "rockets-margaret",
    "posturio12345",
    "Posturio-CloudTrail",
  ])("refuses %s, built from the person, the organization or the product", async (password) =>
    expect(await passwordProblem(password, person)).not.toBeNull(),
  );

  it("says why, and what to do", async () => {
    expect(await passwordProblem("michael12345")).toBe(
      "This password, or one much like it, appears in lists of leaked passwords. Use four or more unrelated words, or let a password manager create one.",
    );
    expect(await passwordProblem("aaaaaaaaaaaa")).toMatch(/repeats a few characters\. Use four/);
    expect(await passwordProblem("margaret-2026!", person)).toMatch(/mostly a name .*\. Use four/);
  });

  it("has words for every reason, and refuses what has fewer than five different characters", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 12, maxLength: 30 }), async (password) => {
        const problem = await passwordProblem(password, person);
        if (new Set(password).size < 5) expect(problem).not.toBeNull();
        if (problem !== null) expect(problem).toMatch(/^(This password .*\. )?Use .*\.$/);
      }),
      { numRuns: 60, examples: [['    !    "  ']] },
    );
  });

  it("costs little for the longest passwords", async () => {
    await passwordProblem("several plain words");
    const before = process.cpuUsage();
    for (const piece of ["@4({[<3691!|1+7$5%", "p@$$w0rd4@1!3", "\\/\\/|\\|()ph|<", "1357924680", "4"]) {
      await passwordProblem(piece.repeat(128).slice(0, 128), person);
    }
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });
});

describe("newPasswordField", () => {
  it("checks the length alone, because it runs before any limit of attempts", () => {
    expect(newPasswordField.safeParse("short").success).toBe(false);
    expect(newPasswordField.safeParse("several plain words").success).toBe(true);
    expect(newPasswordField.safeParse("a".repeat(129)).success).toBe(false);
  });
});

it("only the server reaches the dictionaries: the fields, which forms may read too, do not", () => {
  const root = join(import.meta.dirname, "..", "..");
  const naming = (text: string) =>
    ["app", "components", "lib", "workers", "cli"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts") && !file.includes("generated"))
        .map((file) => join(folder, file))
        .filter((file) => readFileSync(join(root, file), "utf8").includes(text)),
    );
  const auth = (file: string) => join("lib", "auth", file);
  expect(naming("@zxcvbn-ts")).toEqual([auth("password-strength.ts")]);
  expect(naming('/password-strength"')).toEqual([auth("password-problem.ts")]);
  expect(naming('/password-problem"')).toEqual([auth("sign-up.ts")]);
});
