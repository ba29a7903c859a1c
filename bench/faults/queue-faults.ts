import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { openQueue } from "@/lib/work-items/backend";
import { type Fault, notComplete, tally } from "./fault";
import type { RedisServer } from "./redis-server";
import type { Stack } from "./stack";

const slow = { kind: "latency", api: "cloudtrail:DescribeTrails", latencyMs: 1_500 } as const;

function redisOf(stack: Stack): RedisServer {
  if (!stack.redis) throw new Error("This installation has no Redis");
  return stack.redis;
}

export const queueFaults: readonly Fault[] = [
  {
    id: "F4",
    title: "Redis loses everything (FLUSHALL), with scans running, waiting and none",
    ofRedis: true,
    run: async (stack, ground) => {
      const redis = redisOf(stack);
      await stack.addFaults([slow]);
      const asked = await ground.request(ground.next(40));
      await ground.running(1);
      await redis.client.flushall();
      const whileRunning = await ground.settled(90);
      await redis.client.flushall();
      await stack.removeFaults();
      asked.push(...(await ground.request(ground.next(6))));
      const idle = await ground.settled(60);
      return {
        seen: `settled ${whileRunning.toFixed(1)} s after it in the middle of scans, ${idle.toFixed(1)} s when idle`,
        violations: notComplete(await ground.statuses(asked), asked),
      };
    },
  },
  {
    id: "F5",
    title: "kill -9 of Redis, back with its file and back empty",
    ofRedis: true,
    run: async (stack, ground) => {
      const redis = redisOf(stack);
      await stack.addFaults([slow]);
      const asked: number[] = [];
      const seconds: string[] = [];
      for (const empty of [false, true]) {
        asked.push(...(await ground.request(ground.next(12))));
        await ground.running(1);
        await redis.kill();
        if (empty) redis.forget();
        await sleep(1_000);
        await redis.start();
        seconds.push((await ground.settled(90)).toFixed(1));
      }
      await stack.removeFaults();
      return {
        seen: `settled after ${seconds.join(" and ")} s`,
        violations: notComplete(await ground.statuses(asked), asked),
      };
    },
  },
  {
    id: "F6",
    title: "Redis away for 40 s: requests, health, recovery",
    ofRedis: true,
    run: async (stack, ground) => {
      const redis = redisOf(stack);
      await redis.kill();
      const begun = Date.now();
      const asked = await ground.request(ground.next(10));
      const accepted = Date.now() - begun;
      await sleep(5_000);
      const health = await healthOf(stack);
      await sleep(33_000);
      await redis.start();
      const seconds = await ground.settled(60);
      return {
        seen: `${asked.length} requests accepted in ${accepted} ms; health ${health.status} (${health.failing}); settled ${seconds.toFixed(1)} s after the return`,
        violations: [
          ...(asked.length === 10 ? [] : [`${10 - asked.length} requests were refused`]),
          ...(health.status === 503 && health.failing.includes("queue")
            ? []
            : ["health does not name the queue"]),
          ...notComplete(await ground.statuses(asked), asked),
        ],
      };
    },
  },
  {
    id: "F7",
    title: "Redis out of memory: kept, told by health, drained",
    ofRedis: true,
    run: async (stack, ground) => {
      const redis = redisOf(stack);
      await redis.client.config("SET", "maxmemory", "1");
      const asked = await ground.request(ground.next(14));
      await sleep(3_000);
      const health = await healthOf(stack);
      await redis.client.config("SET", "maxmemory", "0");
      const seconds = await ground.settled(90);
      return {
        seen: `health ${health.status} (${health.failing}); drained ${seconds.toFixed(1)} s after release`,
        violations: [
          ...(health.status === 503 && health.failing.includes("queue")
            ? []
            : [`health says ${health.status} while Redis refuses every job`]),
          ...notComplete(await ground.statuses(asked), asked),
        ],
      };
    },
  },
  {
    id: "F15",
    title: "hints that we did not write: repeated, forged, broken",
    run: async (stack, ground) => {
      const first = await ground.request(ground.next(4));
      await ground.settled(60);
      const before = await ground.statuses(first);
      const works = await stack.sql<{ id: string }>(
        "SELECT id FROM work_items ORDER BY created_at DESC LIMIT 20",
      );
      const queue = openQueue(() => undefined);
      const forged: unknown[] = [
        ...Array.from({ length: 7 }, () => works.map(({ id }) => ({ v: 2, workId: id }))).flat(),
        { v: 2, workId: works[0]?.id, tenantId: randomUUID() },
        { v: 1, dispatchId: randomUUID() },
        { v: 2, workId: "1 OR 1=1" },
        { v: 2, workId: randomUUID() },
        null,
        [],
        "text",
        { v: 2, workId: "x".repeat(1_000_000) },
      ];
      for (const payload of forged) await queue.add(payload, `forged-${randomUUID()}`);
      await queue.close();
      await sleep(2_000);
      const begun = Date.now();
      const asked = await ground.request(ground.next(4));
      await ground.settled(60);
      const after = await ground.statuses(first);
      return {
        seen: `${forged.length} hints put on the queue; four scans afterwards took ${Date.now() - begun} ms`,
        violations: [
          ...(tally([...before.keys()]) === tally([...after.keys()]) ? [] : ["a scan ran again"]),
          ...notComplete(after, first),
          ...notComplete(await ground.statuses(asked), asked),
          ...(stack.workers.every((worker) => worker.isRunning()) ? [] : ["a worker ended"]),
        ],
      };
    },
  },
];

async function healthOf(stack: Stack): Promise<{ status: number; failing: string[] }> {
  const answer = await fetch(`${stack.url}/api/health`).catch(() => null);
  const body = (await answer?.json().catch(() => ({}))) as { failing?: string[] };
  return { status: answer?.status ?? 0, failing: body?.failing ?? [] };
}
