import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type HintConsumer, type HintQueue, openConsumer, openQueue } from "@/lib/jobs/backend";
import { checkQueue } from "@/lib/jobs/check-queue";
import { type JobReference, jobIdOf, parseJob, payloadOf } from "@/lib/jobs/payload";

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
  const consume = async (onJob: (job: JobReference) => Promise<void>) => {
    const consumer = openConsumer({
      concurrency: 2,
      onJob: (name, id, data) => onJob(parseJob(name, id, data)),
      onError: () => {},
    });
    open.push(consumer);
    await consumer.waitUntilReady();
  };
  const hint = (attempt = 1): JobReference => ({
    kind: "scan",
    tenantId: randomUUID(),
    subjectId: randomUUID(),
    attempt,
  });
  const add = (to: HintQueue, job: JobReference) => to.add(job.kind, payloadOf(job), jobIdOf(job));

  test("a hint arrives as it was given", async () => {
    await checkQueue();
    const to = queue();
    expect(to.backend).toBe(backend);
    const arrived: JobReference[] = [];
    await consume(async (job) => void arrived.push(job));
    const job = hint();
    await add(to, job);
    await expect.poll(() => arrived, { timeout: 5_000 }).toEqual([job]);
  });

  test("a hint given ten times while it waits is taken once, and the next attempt is not swallowed", async () => {
    const to = queue();
    const job = hint();
    for (let time = 0; time < 10; time += 1) await add(to, job);
    const arrived: JobReference[] = [];
    await consume(async (taken) => void arrived.push(taken));
    await expect.poll(() => arrived.length, { timeout: 5_000 }).toBe(1);
    await add(to, job);
    await add(to, { ...job, attempt: 2 });
    await expect.poll(() => arrived.map((taken) => taken.attempt), { timeout: 5_000 }).toEqual([1, 1, 2]);
  });

  test("a job that throws is not repeated by the queue", async () => {
    const to = queue();
    let runs = 0;
    await consume(async () => {
      runs += 1;
      throw new Error("as the test wants it");
    });
    await add(to, hint());
    await sleep(1_500);
    expect(runs).toBe(1);
  });
}
