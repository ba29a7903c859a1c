import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "@/bench/free-port";

/** A Redis as docker-compose.yml has it (append-only file, noeviction) that can be killed and started again. */
export interface RedisServer {
  readonly url: string;
  readonly client: Redis;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Removes what the append-only file keeps. Only while it does not run. */
  forget(): void;
  remove(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const home = mkdtempSync(join(tmpdir(), "posturio-faults-redis-"));
  let child: ChildProcess | undefined;
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => 100 });
  client.on("error", () => undefined);
  const start = async () => {
    const options = [
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "yes",
      "--maxmemory-policy",
      "noeviction",
    ];
    child = spawn("redis-server", ["--port", `${port}`, "--dir", home, ...options], { stdio: "ignore" });
    for (const last = Date.now() + 20_000; Date.now() < last; await sleep(50)) {
      if ((await client.ping().catch(() => "")) === "PONG") return;
    }
    throw new Error("redis-server did not answer within 20 s");
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    url,
    client,
    start,
    kill,
    forget: () => rmSync(join(home, "appendonlydir"), { recursive: true, force: true }),
    remove: async () => {
      client.disconnect();
      await kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
