import { expect, it } from "vitest";
import { boundedQueue } from "./bounded-queue";

it("runs two at once, lets sixteen wait in order and refuses the next", async () => {
  const run = boundedQueue(2, 16);
  const open: (() => void)[] = [];
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const job = (n: number) => async () => {
    started.push(n);
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => open.push(resolve));
    running -= 1;
  };
  const jobs = Array.from({ length: 18 }, (_, n) => run(job(n)));
  await expect(run(job(99))).rejects.toMatchObject({ code: "rate_limited", retryAfter: 5 });
  while (started.length < 18 || open.length > 0) {
    open.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(jobs);
  expect(most).toBe(2);
  expect(started).toEqual(Array.from({ length: 18 }, (_, n) => n));
});

it("gives the place on when a job fails", async () => {
  const run = boundedQueue(1, 1);
  await expect(
    run(async () => {
      throw new Error("broken");
    }),
  ).rejects.toThrow("broken");
  expect(await run(async () => 7)).toBe(7);
});
