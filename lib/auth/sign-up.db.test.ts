import { beforeAll, describe, expect, it } from "vitest";
import { disableUser, findUserByEmail } from "@/lib/db/system/identity";
import { testDatabase } from "@/lib/db/testing/database";
import { identityTransaction } from "@/lib/tenancy/with-identity";
import { keyOf, limits } from "./rate-limit";
import { signIn } from "./sign-in";
import { isSignUpOpen, registerUser, signUp } from "./sign-up";

const database = testDatabase();
const password = "several plain words";
let hop = 0;
/** Each attempt its own address, so that no limit is met. */
const here = () => ({ address: `203.0.113.${++hop}`, userAgent: "" });
const person = (email: string) => registerUser({ email, name: "Mina Example", password });

beforeAll(() => {
  process.env.POSTURIO_SIGNUP = "open";
});

it("is open in the demo or where the operator says so, and nowhere else", () => {
  expect(isSignUpOpen({ POSTURIO_SIGNUP: undefined, POSTURIO_DEMO: false })).toBe(false);
  expect(isSignUpOpen({ POSTURIO_SIGNUP: undefined, POSTURIO_DEMO: true })).toBe(true);
  expect(isSignUpOpen({ POSTURIO_SIGNUP: "open", POSTURIO_DEMO: false })).toBe(true);
  expect(isSignUpOpen({ POSTURIO_SIGNUP: "invite", POSTURIO_DEMO: true })).toBe(false);
});

describe("signing up", () => {
  it("gives one answer for a free and a taken address, however it is spelled, and signs nobody in", async () => {
    const input = { email: "free@example.test", name: "Mina Example", password };
    expect(await signUp(input, here())).toBeUndefined();
    expect(
      await signUp({ ...input, name: "Other", password: "quite another phrase" }, here()),
    ).toBeUndefined();
    const users = await database.sql("SELECT name FROM users WHERE email = $1", [input.email]);
    expect(users).toEqual([{ name: "Mina Example" }]);
    expect(await database.sql("SELECT 1 FROM sessions")).toEqual([]);
    await signIn({ email: input.email, password }, here());
  });

  it("changes nothing for the person whose address it is", async () => {
    await person("theirs@example.test");
    const before = await findUserByEmail("theirs@example.test");
    await signUp({ email: "theirs@example.test", name: "Mallory", password: "quite another phrase" }, here());
    expect(await findUserByEmail("theirs@example.test")).toEqual(before);
  });

  it.each([
    ["signUpByAddress", "192.0.2.61"],
    ["signUpByEmail", "often@example.test"],
  ] as const)("is limited: %s", async (name, subject) => {
    const input = { email: "often@example.test", name: "Mina Example", password };
    await database.sql("INSERT INTO rate_limits (key, window_start, count) VALUES ($1, now(), $2)", [
      keyOf(name, subject),
      limits[name].max,
    ]);
    await expect(signUp(input, { address: "192.0.2.61", userAgent: "" })).rejects.toMatchObject({
      code: "rate_limited",
    });
    expect(await findUserByEmail(input.email)).toBeNull();
    await database.sql("DELETE FROM rate_limits");
  });

  it("refuses a password made of the address", async () => {
    const input = { email: "margaret@example.test", name: "M", password: "margaret-1234" };
    await expect(signUp(input, here())).rejects.toMatchObject({ code: "invalid_input" });
  });
});

/** The middle of the times that each way takes, tried in turns: what else the machine does falls on all alike. */
async function medians(ways: Record<string, (n: number) => Promise<unknown>>): Promise<number[]> {
  const times: Record<string, number[]> = {};
  for (let n = 0; n < 21; n += 1) {
    for (const [name, way] of Object.entries(ways)) {
      const start = performance.now();
      await way(n).catch(() => undefined);
      const taken = performance.now() - start;
      times[name] = [...(times[name] ?? []), taken];
    }
  }
  return Object.values(times).map((all) => all.sort((a, b) => a - b)[10] ?? 0);
}

/** A password hash is most of the time: a way without one takes a tenth, one with two takes twice as long. */
function expectAlike(times: readonly number[]): void {
  expect(Math.max(...times) / Math.min(...times)).toBeLessThan(1.6);
}

describe("the time it takes", () => {
  it("to sign up says not whether the address is taken", async () => {
    for (let n = 0; n < 21; n += 1) {
      await database.sql("INSERT INTO users (email, name, password_hash) VALUES ($1, 'N', 'none')", [
        `taken-${n}@example.test`,
      ]);
    }
    const up = (email: string) => signUp({ email, name: "Mina Example", password }, here());
    const times = await medians({
      free: (n) => up(`new-${n}@example.test`),
      taken: (n) => up(`taken-${n}@example.test`),
    });
    expectAlike(times);
  });

  it("to be refused says not whether there is such a person", async () => {
    await person("here@example.test");
    const gone = await person("gone@example.test");
    await identityTransaction((db) => disableUser(db, gone ?? "", new Date()));
    const wrong = (email: string) => signIn({ email, password: "not the password" }, here());
    const times = await medians({
      known: () => wrong("here@example.test"),
      unknown: () => wrong("nobody@example.test"),
      disabled: () => wrong("gone@example.test"),
    });
    expectAlike(times);
  });
});
