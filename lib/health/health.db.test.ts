import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { hintsWaitTooLong } from "@/lib/db/system/work-queue";
import { beatWorker } from "@/lib/db/system/workers";
import { testDatabase } from "@/lib/db/testing/database";
import { withClient } from "@/lib/db/with-client";
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

test("a worker that has not been seen for a minute fails", async () => {
  await beatWorker("w");
  await database.sql("UPDATE worker_heartbeats SET seen_at = now() - interval '59 seconds'");
  expect((await health()).failing).toEqual([]);
  await database.sql("UPDATE worker_heartbeats SET seen_at = now() - interval '61 seconds'");
  expect((await health()).failing).toEqual(["worker"]);
  await beatWorker("w");
});

test("history without a place for this month or the next fails", async () => {
  for (const ahead of ["0 months", "1 month"]) {
    const [month] = await database.sql<{ name: string }>(
      "SELECT 'runs_' || to_char((business_now() + $1::interval) AT TIME ZONE 'UTC', 'YYYY_MM') AS name",
      [ahead],
    );
    await database.sql(`ALTER TABLE ${month?.name} RENAME TO elsewhere`);
    expect((await health()).failing, ahead).toEqual(["history"]);
    await database.sql(`ALTER TABLE elsewhere RENAME TO ${month?.name}`);
  }
});

test("a database that one of the two roles may not enter fails", async () => {
  await beatWorker("w");
  const [{ name } = { name: "" }] = await database.sql<{ name: string }>("SELECT current_database() AS name");
  await database.sql(`REVOKE CONNECT ON DATABASE ${name} FROM posturio_auth`);
  await database.sql(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = 'posturio_auth'",
    [name],
  );
  expect((await health()).failing).toEqual(["database"]);
  await database.sql(`GRANT CONNECT ON DATABASE ${name} TO posturio_auth`);
  await expect.poll(async () => (await health()).failing).toEqual([]);
});

test("an item whose worker died neither waits nor runs", async () => {
  await running(1);
  await database.sql(
    "UPDATE work_items SET lease_until = now() - interval '1 second', hinted_at = now(), first_hinted_at = now() - interval '1 hour'",
  );
  expect(await hintsWaitTooLong(60)).toBe(false);
  await hinted(1, 100);
  expect(await hintsWaitTooLong(60)).toBe(true);
});

test("the answer comes in time, also when a part of it does not", async () => {
  await withClient(database.superuserUrl, async (client) => {
    await client.query("BEGIN; LOCK TABLE work_items IN ACCESS EXCLUSIVE MODE");
    const asked = performance.now();
    expect((await health()).failing).toEqual(["queue"]);
    expect(performance.now() - asked).toBeLessThan(4_500);
    await client.query("ROLLBACK");
  });
});

test("who asks more than once a second gets the same answer", async () => {
  at += 10_000;
  const first = readHealth(at);
  expect(readHealth(at + 999)).toBe(first);
  expect(readHealth(at + 1_000)).not.toBe(first);
});
