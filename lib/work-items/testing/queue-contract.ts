import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type HintConsumer, type HintQueue, openConsumer, openQueue } from "@/lib/work-items/backend";
import { checkQueue } from "@/lib/work-items/check-queue";
import { jobIdOf, parseHint, payloadOf } from "@/lib/work-items/hint";

/** What both backends must do; each test file runs it on its own. */
export function queueContract(backend: "redis" | "postgres"): void {
  const open: (HintQueue | HintConsumer)[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  const fail = (error: Error) => {
    throw error;
  };
  const queue = () => {
    const opened = openQueue(fail);
    open.push(opened);
    return opened;
  };
  const consume = async (onHint: (workId: string) => Promise<void>) => {
    const consumer = openConsumer({
      concurrency: 2,
      onHint: (data) => onHint(parseHint(data).workId),
      onError: () => {},
    });
    open.push(consumer);
    await consumer.waitUntilReady();
  };
  const item = () => ({ workId: randomUUID(), fence: 0 });
  const add = (to: HintQueue, of: ReturnType<typeof item>) => to.add(payloadOf(of), jobIdOf(of));

  test("a hint arrives as it was given", async () => {
    await checkQueue();
    const to = queue();
    expect(to.backend).toBe(backend);
    const arrived: string[] = [];
    await consume(async (workId) => void arrived.push(workId));
    const given = item();
    await add(to, given);
    await expect.poll(() => arrived, { timeout: 5_000 }).toEqual([given.workId]);
    // Nothing is held any more, and nothing that waits is forgotten.
    await to.dropAbandoned();
    const next = item();
    await add(to, next);
    await expect.poll(() => arrived, { timeout: 5_000 }).toEqual([given.workId, next.workId]);
  });

  test("a hint given ten times while it waits is taken once, and that of the next claim is not swallowed", async () => {
    const to = queue();
    const given = item();
    for (let time = 0; time < 10; time += 1) await add(to, given);
    const arrived: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await consume(async (workId) => {
      arrived.push(workId);
      await held;
    });
    await expect.poll(() => arrived.length, { timeout: 5_000 }).toBe(1);
    // While the first one runs: the item was parked and is due again.
    await add(to, { ...given, fence: 1 });
    await expect.poll(() => arrived.length, { timeout: 5_000 }).toBe(2);
    release();
  });

  test("a job that throws is not repeated by the queue", async () => {
    const to = queue();
    let runs = 0;
    await consume(async () => {
      runs += 1;
      throw new Error("as the test wants it");
    });
    await add(to, item());
    await sleep(1_500);
    expect(runs).toBe(1);
  });
}
