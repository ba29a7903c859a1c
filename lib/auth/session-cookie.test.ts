import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { hashSecret } from "./secret";
import { openSessionCookie } from "./session-cookie";

const cookie = (sid: string, { secret = env.NEXTAUTH_SECRET, maxAge = 60 } = {}) =>
  encode({ token: { sid }, secret, maxAge });

test("a cookie tells the hash of its session id, the first time and again", async () => {
  const [a, b] = [await cookie("a"), await cookie("b")];
  for (let round = 0; round < 2; round += 1) {
    expect(await openSessionCookie(a)).toBe(hashSecret("a"));
    expect(await openSessionCookie(b)).toBe(hashSecret("b"));
  }
});

test("what we did not write opens nothing", async () => {
  const real = await cookie("a");
  expect(await openSessionCookie(real)).not.toBeNull();
  for (const forged of [
    "",
    "a",
    `${real}x`,
    real.slice(0, -4),
    await cookie("a", { secret: "another-secret-of-at-least-32-characters" }),
    await encode({ token: {}, secret: env.NEXTAUTH_SECRET, maxAge: 60 }),
  ]) {
    expect(await openSessionCookie(forged)).toBeNull();
  }
});

test("a cookie that has expired opens nothing, also when it is remembered", async () => {
  const value = await cookie("late", { maxAge: 60 });
  expect(await openSessionCookie(value)).toBe(hashSecret("late"));
  expect(await openSessionCookie(value, Date.now() + 61_000)).toBeNull();
  expect(await openSessionCookie(await cookie("later", { maxAge: -60 }))).toBeNull();
});

test("more cookies than are remembered are all told apart", async () => {
  const values = await Promise.all(Array.from({ length: 1_100 }, (_, index) => cookie(`s${index}`)));
  for (let round = 0; round < 2; round += 1) {
    for (const [index, value] of values.entries()) {
      expect(await openSessionCookie(value)).toBe(hashSecret(`s${index}`));
    }
  }
});
