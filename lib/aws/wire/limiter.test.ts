import { setMaxListeners } from "node:events";
import { expect, it } from "vitest";
import { CallLimiter } from "./limiter";

it("lets a burst through at once and then keeps to the refill rate", async () => {
  const limiter = new CallLimiter();
  const limit = { capacity: 3, refill: 20 };
  const begun = performance.now();
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: 7 }, async () => {
      await limiter.take("111111111111/us-east-1", limit);
      times.push(performance.now() - begun);
    }),
  );
  expect(times.filter((time) => time < 30)).toHaveLength(3);
  expect(Math.max(...times)).toBeGreaterThanOrEqual(190);
  expect(Math.max(...times)).toBeLessThan(400);
});

it("keeps accounts and Regions apart", async () => {
  const limiter = new CallLimiter();
  const limit = { capacity: 1, refill: 0.1 };
  const begun = performance.now();
  await Promise.all(["1/us-east-1", "1/eu-west-1", "2/us-east-1"].map((key) => limiter.take(key, limit)));
  expect(performance.now() - begun).toBeLessThan(100);
});

it("never exceeds capacity plus refill, whatever the interleaving", async () => {
  let now = 0;
  const limiter = new CallLimiter(() => now);
  const limit = { capacity: 10, refill: 2 };
  let admitted = 0;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  for (let step = 0; step < 100; step++) {
    now += 100;
    limiter.take("k", limit, stop.signal).then(
      () => admitted++,
      () => undefined,
    );
    await Promise.resolve();
    await Promise.resolve();
  }
  stop.abort();
  expect(admitted).toBeLessThanOrEqual(10 + 20);
});

it("gives the token back when the waiting call is called off", async () => {
  let now = 0;
  const limiter = new CallLimiter(() => now);
  const limit = { capacity: 1, refill: 1 };
  await limiter.take("k", limit);
  const off = new AbortController();
  const waiting = limiter.take("k", limit, off.signal);
  off.abort();
  await expect(waiting).rejects.toThrow();
  now = 1_000;
  const begun = performance.now();
  await limiter.take("k", limit);
  expect(performance.now() - begun).toBeLessThan(50);
});
