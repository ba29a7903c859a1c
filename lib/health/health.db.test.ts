import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { hintsWaitTooLong } from "@/lib/db/system/work-queue";
import { beatWorker } from "@/lib/db/system/workers";
import { testDatabase } from "@/lib/db/testing/database";
import { readHealth } from "./health";

const database = testDatabase();
afterEach(() => database.sql("DELETE FROM work_items"));

/** Asks as at a time of its own, so that no answer is one that was kept. */
let at = 0;
const health = () => {
  at += 10_000;
  return readHealth(at);
};

async function hinted(count: number, ageSeconds: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await database.sql(
      `INSERT INTO work_items (kind, subject_id, expires_at, hinted_at, first_hinted_at)
       VALUES ('planted', $1, now() + interval '1 day', now(), now() - make_interval(secs => $2))`,
      [randomUUID(), ageSeconds],
    );
  }
}

async function running(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await database.sql(
      `INSERT INTO work_items (kind, subject_id, expires_at, state, lease_owner, lease_until, fence)
       VALUES ('planted', $1, now() + interval '1 day', 'running', 'w', now() + interval '20 seconds', 1)`,
      [randomUUID()],
    );
  }
}

test("a queue that takes and delivers is good", async () => {
  await beatWorker("w");
  expect(await health()).toMatchObject({ status: "ok", failing: [] });
});

test("hints that nobody takes for a minute fail the queue, whatever the cause", async () => {
  await beatWorker("w");
  await hinted(2, 50);
  expect((await health()).failing).toEqual([]);
  await hinted(1, 61);
  const failing = await health();
  expect(failing.failing).toEqual(["queue"]);
  expect(failing.parts.queue).toContain("work has waited in it for more than 60 s");
});

test("a worker that is busy lets as many wait as it runs, and that is no fault", async () => {
  await hinted(5, 100);
  await running(5);
  expect(await hintsWaitTooLong(60)).toBe(false);
  await hinted(1, 100);
  expect(await hintsWaitTooLong(60)).toBe(true);
});

test("work that is parked or was never hinted waits without a fault", async () => {
  await database.sql(
    "INSERT INTO work_items (kind, subject_id, expires_at, first_hinted_at) VALUES ('planted', gen_random_uuid(), now() + interval '1 day', now() - interval '1 hour')",
  );
  expect(await hintsWaitTooLong(60)).toBe(false);
});

test("a queue whose tables cannot be written to fails", async () => {
  await database.sql("REVOKE INSERT ON bullmq.meta FROM posturio_app");
  expect((await health()).failing).toContain("queue");
  await database.sql("GRANT INSERT ON bullmq.meta TO posturio_app");
  expect((await health()).failing).not.toContain("queue");
});

test("who asks more than once a second gets the same answer", async () => {
  at += 10_000;
  const first = readHealth(at);
  expect(readHealth(at + 999)).toBe(first);
  expect(readHealth(at + 1_000)).not.toBe(first);
});
