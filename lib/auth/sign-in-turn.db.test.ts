import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { keyOf, limits } from "./rate-limit";
import { countWrongPassword, growth, requireTurn, waitAfter } from "./sign-in-turn";

const database = testDatabase();
const start = new Date("2026-11-22T10:00:00Z");
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const { free, firstSeconds, longestSeconds } = growth.fromNetwork;
const from = (email: string, network = "198.51.100.7", knownBrowser: string | null = null) => ({
  email,
  network,
  knownBrowser,
});

/** So many wrong passwords at one moment, each from its own network: a crowd of strangers. */
async function strangers(email: string, count: number, when = start) {
  for (let n = 0; n < count; n += 1) await countWrongPassword(from(email, `stranger-${n}`), when);
}

describe("wrong passwords of one address from one network", () => {
  it("are free at first, and then each doubles the wait, up to a quarter of an hour", async () => {
    const attempt = from("grows@example.test");
    for (let n = 1; n < free; n += 1) {
      await requireTurn(attempt, start);
      expect(await countWrongPassword(attempt, start)).toBeNull();
    }
    let now = 0;
    const waits: number[] = [];
    expect(await countWrongPassword(attempt, start)).toBe("in 5 seconds");
    for (let n = free; n < free + 10; n += 1) {
      const wait = waitAfter(n, growth.fromNetwork);
      waits.push(wait);
      await expect(requireTurn(attempt, at(now + wait - 0.5))).rejects.toMatchObject({
        code: "rate_limited",
        retryAfter: 1,
      });
      now += wait;
      await requireTurn(attempt, at(now));
      await countWrongPassword(attempt, at(now));
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it("make nobody wait while they are free, not even who came a moment before one was counted", async () => {
    const attempt = from("beside@example.test");
    expect(await countWrongPassword(attempt, at(0.4))).toBeNull();
    await requireTurn(attempt, start);
    expect(await countWrongPassword(attempt, start)).toBeNull();
  });

  it("are forgotten after a day without one", async () => {
    const attempt = from("day@example.test");
    for (let n = 0; n < free; n += 1) await countWrongPassword(attempt, start);
    await expect(requireTurn(attempt, at(firstSeconds - 1))).rejects.toMatchObject({ code: "rate_limited" });
    const day = 24 * 3600;
    for (let n = 1; n < free; n += 1) {
      await requireTurn(attempt, at(day));
      expect(await countWrongPassword(attempt, at(day))).toBeNull();
    }
  });

  it("are not counted during the wait, which nobody makes longer by asking", async () => {
    const attempt = from("asks@example.test");
    for (let n = 0; n < free; n += 1) await countWrongPassword(attempt, start);
    for (let n = 0; n < 50; n += 1) {
      await expect(countWrongPassword(attempt, at(1))).rejects.toMatchObject({ code: "rate_limited" });
    }
    await requireTurn(attempt, at(firstSeconds));
    const rows = await database.sql<{ count: number }>("SELECT count FROM rate_limits WHERE count > $1", [
      free,
    ]);
    expect(rows.filter(({ count }) => count >= 50)).toEqual([]);
  });

  it("let no parallel attempt past the free ones", async () => {
    const attempt = from("parallel@example.test");
    const results = await Promise.allSettled(
      Array.from({ length: free * 4 }, () => countWrongPassword(attempt, start)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(free);
  });

  it("slow no other network, no other address and no browser that is known", async () => {
    await strangers("victim@example.test", growth.fromAnywhere.free - 1);
    for (let n = 0; n < free; n += 1) await countWrongPassword(from("near@example.test"), start);
    await requireTurn(from("victim@example.test", "203.0.113.1"), start);
    await requireTurn(from("near@example.test", "203.0.113.1"), start);
    await requireTurn(from("other@example.test"), start);
    await requireTurn(from("near@example.test", "198.51.100.7", "known"), start);
  });
});

describe("wrong passwords of one address from everywhere", () => {
  it("slow browsers that are not known by at most a minute, and known ones not at all", async () => {
    const email = "crowd@example.test";
    await strangers(email, growth.fromAnywhere.free);
    const stranger = from(email, "203.0.113.1");
    await expect(requireTurn(stranger, start)).rejects.toMatchObject({
      message:
        "Too many attempts failed. Try again in 1 second. In a browser where you signed in before, you do not have to wait.",
    });
    let now = 0;
    for (let n = growth.fromAnywhere.free; n < growth.fromAnywhere.free + 12; n += 1) {
      now += waitAfter(n, growth.fromAnywhere);
      await requireTurn(stranger, at(now));
      await countWrongPassword(from(email, `late-${n}`), at(now));
      expect(waitAfter(n, growth.fromAnywhere)).toBeLessThanOrEqual(60);
    }
    await expect(requireTurn(stranger, at(now + 59))).rejects.toMatchObject({ retryAfter: 1 });
    await requireTurn(stranger, at(now + 60));
    await requireTurn(from(email, "203.0.113.1", "known"), at(now));
  });
});

describe("a known browser", () => {
  it("is slowed by what is wrong in it, later than others, and by nothing else", async () => {
    const own = from("own@example.test", "198.51.100.7", "known");
    for (let n = 1; n < growth.fromKnownBrowser.free; n += 1) {
      expect(await countWrongPassword(own, start)).toBeNull();
    }
    expect(await countWrongPassword(own, start)).toBe("in 5 seconds");
    await expect(requireTurn(own, at(1))).rejects.toMatchObject({
      message: "Too many attempts failed in this browser. Try again in 4 seconds.",
    });
    await requireTurn(from("own@example.test", "198.51.100.7", "another"), at(1));
    await requireTurn(from("own@example.test"), at(1));
  });

  it("is not stopped by what its network got wrong for other addresses", async () => {
    const network = "192.0.2.1";
    for (let n = 0; n < limits.wrongSignInByAddress.max; n += 1) {
      await countWrongPassword(from(`spray-${n}@example.test`, network), start);
    }
    await expect(requireTurn(from("calm@example.test", network), start)).rejects.toMatchObject({
      code: "rate_limited",
    });
    const known = from("calm@example.test", network, "known");
    await requireTurn(known, start);
    expect(await countWrongPassword(known, start)).toBeNull();
  });

  it("uses nothing up that others of its network have", async () => {
    const network = "192.0.2.2";
    for (let n = 0; n < limits.wrongSignInByAddress.max; n += 1) {
      await countWrongPassword(from(`slip-${n}@example.test`, network, "known"), start);
    }
    await requireTurn(from("fine@example.test", network), start);
  });
});

it("a wrong password is counted after thousands as after one", async () => {
  const attempt = from("thousands@example.test");
  await countWrongPassword(attempt, start);
  await database.sql("UPDATE rate_limits SET count = 5000 WHERE key = $1", [
    keyOf("fromNetwork", "thousands@example.test\n198.51.100.7"),
  ]);
  expect(await countWrongPassword(attempt, at(longestSeconds))).toBe("in 15 minutes");
});

it("no wait is longer than the longest, however many failed", () => {
  expect(waitAfter(10_000, growth.fromNetwork)).toBe(longestSeconds);
  expect(waitAfter(0, growth.fromNetwork)).toBe(0);
});
