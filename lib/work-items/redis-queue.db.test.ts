import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openQueue } from "./backend";
import { checkQueue } from "./check-queue";
import { queueContract } from "./testing/queue-contract";
import { hasRedis, startRedis, type TestRedis } from "./testing/redis";

describe.runIf(hasRedis)("the queue on Redis", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
    process.env.REDIS_URL = redis.url;
  });
  afterAll(() => redis?.stop());

  queueContract("redis");

  test("forgets what nobody can read, and keeps what a worker holds", async () => {
    const { client } = redis;
    const held = `held-${Date.now()}`;
    const prefix = "bull:posturio";
    const long = Date.now() - 3_600_000;
    // As a job of someone else stays once no worker could read it.
    await client.hset(`${prefix}:broken`, { name: "work", data: "{no json", timestamp: long });
    await client.lpush(`${prefix}:active`, "broken", "without-a-job", held);
    await client.hset(`${prefix}:${held}`, { name: "work", data: "{}", timestamp: long, processedOn: long });
    await client.set(`${prefix}:${held}:lock`, "a worker", "PX", 60_000);
    const queue = openQueue(() => {});
    await queue.dropAbandoned();
    await queue.close();
    expect(await client.lrange(`${prefix}:active`, 0, -1)).toEqual([held]);
    await client.del(`${prefix}:active`, `${prefix}:${held}`, `${prefix}:${held}:lock`);
  });

  test("is refused while Redis may evict keys", async () => {
    await redis.client.config("SET", "maxmemory-policy", "allkeys-lru");
    await expect(checkQueue()).rejects.toThrow(/noeviction/);
    await redis.client.config("SET", "maxmemory-policy", "noeviction");
    await checkQueue();
  });

  test("is refused while Redis is full, though it answers", async () => {
    await redis.client.config("SET", "maxmemory", "1");
    await expect(checkQueue()).rejects.toThrow("Redis takes no writes (OOM).");
    await redis.client.config("SET", "maxmemory", "64mb");
    await checkQueue();
  });

  test("is refused while Redis is the copy of another", async () => {
    const main = await startRedis();
    const { port } = new URL(main.url);
    await redis.client.replicaof("127.0.0.1", Number(port));
    await expect(checkQueue()).rejects.toThrow(/Redis takes no writes \((READONLY|MASTERDOWN|LOADING)\)/);
    await redis.client.replicaof("NO", "ONE");
    await checkQueue();
    await main.stop();
  });
});
