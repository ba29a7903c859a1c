import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

  test("is refused while Redis may evict keys", async () => {
    await redis.client.config("SET", "maxmemory-policy", "allkeys-lru");
    await expect(checkQueue()).rejects.toThrow(/noeviction/);
    await redis.client.config("SET", "maxmemory-policy", "noeviction");
    await checkQueue();
  });
});
