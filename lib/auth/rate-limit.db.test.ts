import { expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { giveBack, limit, limits } from "./rate-limit";

const database = testDatabase();
const { max, windowMs } = limits.signUpByAccount;
const start = new Date("2026-11-22T10:00:00Z");
const at = (ms: number) => new Date(start.getTime() + ms);

it("lets the limit through, refuses the next with the wait, and opens again when the window ends", async () => {
  for (let n = 0; n < max; n += 1) await limit("signUpByAccount", "a", at(n));
  await expect(limit("signUpByAccount", "a", at(60_000))).rejects.toMatchObject({
    code: "rate_limited",
    retryAfter: windowMs / 1000 - 60,
  });
  await expect(limit("signUpByAccount", "a", at(windowMs - 1))).rejects.toMatchObject({ retryAfter: 1 });
  await limit("signUpByAccount", "a", at(windowMs));
});

it("counts each subject and each purpose for itself", async () => {
  for (let n = 0; n < max; n += 1) await limit("signUpByAccount", "b", start);
  await limit("signUpByAccount", "c", start);
  await limit("resetByAccount", "b", start);
  await expect(limit("signUpByAccount", "b", start)).rejects.toMatchObject({ code: "rate_limited" });
});

it("lets no parallel attempt past", async () => {
  const results = await Promise.allSettled(
    Array.from({ length: max * 3 }, () => limit("signUpByAccount", "parallel", start)),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(max);
});

it("gives an attempt back", async () => {
  for (let n = 0; n < max * 2; n += 1) {
    await limit("signUpByAccount", "good", start);
    await giveBack("signUpByAccount", "good");
  }
});

it("stores no address and no e-mail", async () => {
  await limit("signUpByAccount", "someone@example.test", start);
  expect(JSON.stringify(await database.sql("SELECT * FROM rate_limits"))).not.toContain("someone");
});
