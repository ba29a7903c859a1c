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

/** A queue with one place, and jobs that end when told; answers who ran, in order. */
function manual(maxWaiting: number) {
  const run = boundedQueue(1, maxWaiting);
  const ran: string[] = [];
  const open: (() => void)[] = [];
  const send = (sender: string) =>
    run(async () => {
      ran.push(sender);
      await new Promise<void>((resolve) => open.push(resolve));
    }, sender).catch((error: { code: string }) => error.code);
  const finish = async () => {
    for (let idle = 0; idle < 3; idle += 1) {
      while (open.length > 0) {
        idle = 0;
        open.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  return { send, finish, ran };
}

it("lets senders take turns, so that a flood from one delays nobody else", async () => {
  const { send, finish, ran } = manual(16);
  const all = [..."aaaaaa", "b", "c", "b"].map(send);
  await finish();
  await Promise.all(all);
  expect(ran.join(" ")).toBe("a a b c a b a a a");
});

it("gives up the last place of the longest line when there is no more room", async () => {
  const { send, finish, ran } = manual(4);
  const flood = ["f", "f", "f", "f", "f"].map(send);
  expect(await send("f")).toBe("rate_limited");
  const other = send("o");
  const third = send("t");
  expect(await send("f")).toBe("rate_limited");
  await finish();
  expect(await Promise.all(flood)).toEqual([undefined, undefined, undefined, "rate_limited", "rate_limited"]);
  expect(await Promise.all([other, third])).toEqual([undefined, undefined]);
  expect(ran.join(" ")).toBe("f f o t f");
});

it("finds the longest line wherever it stands", async () => {
  const { send, finish, ran } = manual(4);
  const all = ["a", "s", "f", "f", "f", "t"].map(send);
  await finish();
  expect(await Promise.all(all)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    "rate_limited",
    undefined,
  ]);
  expect(ran.join(" ")).toBe("a s f t f");
});

it("refuses the newcomer when no line is longer than the newcomer's would be", async () => {
  const { send, finish, ran } = manual(3);
  const waiting = ["a", "a", "a", "b"].map(send);
  expect(await send("b")).toBe("rate_limited");
  await finish();
  expect(await Promise.all(waiting)).toEqual([undefined, undefined, undefined, undefined]);
  expect(ran.join(" ")).toBe("a a b a");
});

it("runs on after a full queue, with every place free again", async () => {
  const { send, finish, ran } = manual(2);
  for (let round = 0; round < 3; round += 1) {
    const all = ["x", "x", "x", "y"].map(send);
    await finish();
    await Promise.all(all);
  }
  expect(ran.join(" ")).toBe("x x y x x y x x y");
});
