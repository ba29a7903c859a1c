import { expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { keyOf, limit, limits, requireRoom, tooManyAttempts, waitText } from "./rate-limit";

const database = testDatabase();
const { max, windowMs } = limits.signUpByEmail;
const start = new Date("2026-11-22T10:00:00Z");
const at = (ms: number) => new Date(start.getTime() + ms);

it("lets the limit through, refuses the next with the wait, and opens again when the window ends", async () => {
  for (let n = 0; n < max; n += 1) await limit("signUpByEmail", "a", at(n));
  await expect(limit("signUpByEmail", "a", at(60_000))).rejects.toMatchObject({
    code: "rate_limited",
    retryAfter: windowMs / 1000 - 60,
  });
  await expect(limit("signUpByEmail", "a", at(windowMs - 1))).rejects.toMatchObject({ retryAfter: 1 });
  await limit("signUpByEmail", "a", at(windowMs));
});

it("counts each subject and each purpose for itself", async () => {
  for (let n = 0; n < max; n += 1) await limit("signUpByEmail", "b", start);
  await limit("signUpByEmail", "c", start);
  // Of a purpose that is full sooner.
  for (let n = 0; n < limits.resetByPerson.max; n += 1) await limit("resetByPerson", "c2", start);
  await limit("signUpByEmail", "c2", start);
  await expect(limit("signUpByEmail", "b", start)).rejects.toMatchObject({ code: "rate_limited" });
});

it("lets no parallel attempt past", async () => {
  const results = await Promise.allSettled(
    Array.from({ length: max * 3 }, () => limit("signUpByEmail", "parallel", start)),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(max);
});

it("gives an attempt back, to the window in which it was counted and to no later one", async () => {
  for (let n = 0; n < max * 2; n += 1) await (await limit("signUpByEmail", "good", at(n))).giveBack();
  const first = await limit("signUpByEmail", "later", start);
  for (let n = 1; n <= max * 2; n += 1) await (await limit("signUpByEmail", "later", at(n))).giveBack();
  await first.giveBack();
  const early = await limit("signUpByEmail", "late", start);
  for (let n = 0; n < max; n += 1) await limit("signUpByEmail", "late", at(windowMs));
  await early.giveBack();
  await expect(limit("signUpByEmail", "late", at(windowMs))).rejects.toMatchObject({ code: "rate_limited" });
});

it("gives no more back than was taken", async () => {
  const { giveBack } = await limit("signUpByEmail", "twice", start);
  for (let n = 0; n < 3; n += 1) await giveBack();
  for (let n = 0; n < max; n += 1) await limit("signUpByEmail", "twice", start);
  await expect(limit("signUpByEmail", "twice", start)).rejects.toMatchObject({ code: "rate_limited" });
});

it("keeps no window that is older than a day, and those that still count", async () => {
  const later = (hours: number) => at(hours * 3_600_000);
  const kept = async () =>
    (await database.sql<{ key: string }>("SELECT key FROM rate_limits")).map(({ key }) => key);
  await limit("signUpByEmail", "old", later(100));
  await limit("signUpByEmail", "young", later(102));
  await limit("signUpByEmail", "now", later(124.5));
  const keys = await kept();
  expect(keys).not.toContain(keyOf("signUpByEmail", "old"));
  expect(keys).toContain(keyOf("signUpByEmail", "young"));
  // Once an hour is enough.
  await database.sql("UPDATE rate_limits SET window_start = $1", [start]);
  await limit("signUpByEmail", "soon after", later(125));
  expect(await kept()).toContain(keyOf("signUpByEmail", "young"));
});

it("counts nothing that it refuses, so that giving one back makes room for one", async () => {
  const given = await limit("signUpByEmail", "refused", start);
  for (let n = 1; n < max; n += 1) await limit("signUpByEmail", "refused", start);
  for (let n = 0; n < max * 3; n += 1) {
    await expect(limit("signUpByEmail", "refused", start)).rejects.toMatchObject({ code: "rate_limited" });
  }
  await given.giveBack();
  await limit("signUpByEmail", "refused", start);
  await expect(limit("signUpByEmail", "refused", start)).rejects.toMatchObject({ code: "rate_limited" });
});

it("says whether there is room without counting", async () => {
  for (let n = 0; n < max * 2; n += 1) await requireRoom("signUpByEmail", "asked", start);
  for (let n = 0; n < max; n += 1) await limit("signUpByEmail", "asked", start);
  await expect(requireRoom("signUpByEmail", "asked", start)).rejects.toMatchObject({
    retryAfter: windowMs / 1000,
  });
  await requireRoom("signUpByEmail", "asked", at(windowMs));
});

it("tells a wait in words that a retry can rely on", () => {
  expect([1, 89, 90, 120, 121].map(waitText)).toEqual([
    "in 1 second",
    "in 89 seconds",
    "in 2 minutes",
    "in 2 minutes",
    "in 3 minutes",
  ]);
  expect([0, 0.2, 4.2].map((seconds) => tooManyAttempts(seconds).retryAfter)).toEqual([1, 1, 5]);
});

it("stores no address and no e-mail", async () => {
  await limit("signUpByEmail", "someone@example.test", start);
  expect(JSON.stringify(await database.sql("SELECT * FROM rate_limits"))).not.toContain("someone");
});
