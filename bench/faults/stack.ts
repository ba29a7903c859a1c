import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "@/bench/free-port";
import { type Program, run, scannerArn } from "@/bench/throughput/installation";
import { webArguments } from "@/bin/start/programs.mjs";
import type { FaultSpec, WorldFile } from "@/sandbox/world/world-file";
import { type PostgresServer, startPostgres } from "./postgres-server";
import { type RedisServer, startRedis } from "./redis-server";

export interface StackOptions {
  readonly postgres: string;
  readonly queue: "redis" | "postgres";
}

/** The product as docker-compose.yml runs it: migrated by its own step, one web server, workers, a queue. */
export interface Stack {
  readonly options: StackOptions;
  readonly postgres: PostgresServer;
  readonly redis: RedisServer | null;
  readonly sandbox: { readonly url: string };
  /** All workers that run, the oldest first. */
  readonly workers: Program[];
  readonly url: string;
  /** `app` as the product signs in, `all` as a superuser. */
  readonly urls: Readonly<Record<"app" | "all", string>>;
  /** What `startWorker` starts one with. */
  readonly workerEnvironment: Readonly<Record<string, string>>;
  startWorker(environment?: Record<string, string>): Promise<Program>;
  /** SIGKILL: no good-bye to the database. */
  killWorker(worker: Program): Promise<void>;
  killWeb(): Promise<void>;
  startWeb(): Promise<void>;
  webRuns(): boolean;
  /** As the superuser, over all organizations. */
  sql<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  addFaults(faults: readonly FaultSpec[]): Promise<void>;
  removeFaults(): Promise<void>;
  stop(): Promise<void>;
}

const json = { "content-type": "application/json" };
export const webSecret = "of-no-use-to-anyone-but-required-in-production";
/** As `npm start` runs them. */
const heap = {
  worker: ["--max-old-space-size=192", "--max-semi-space-size=32"],
  web: ["--max-old-space-size=256"],
};

export async function startStack(options: StackOptions, world: WorldFile): Promise<Stack> {
  const home = mkdtempSync(join(tmpdir(), "posturio-faults-"));
  const undo: (() => unknown)[] = [() => rmSync(home, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const postgres = await startPostgres(options.postgres);
    undo.push(() => postgres.remove());
    const redis = options.queue === "redis" ? await startRedis() : null;
    if (redis) undo.push(() => redis.remove());
    const environment = migrated(postgres, redis);
    const worldFile = join(home, "world.json");
    writeFileSync(worldFile, JSON.stringify(world));
    const sandboxProgram = await run(
      [join("dist", "sandbox.mjs"), "--world", worldFile],
      {},
      /"url":"([^"]+)"/,
    );
    undo.push(() => sandboxProgram.stop());
    const sandbox = { url: /"url":"([^"]+)"/.exec(sandboxProgram.output())?.[1] ?? "" };

    const workers: Program[] = [];
    undo.push(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));
    const forget = (worker: Program) => void workers.splice(workers.indexOf(worker), 1);
    const port = await freePort();
    let web: Program | undefined;
    undo.push(() => web?.stop());
    const origin = `http://localhost:${port}`;
    const common = {
      ...environment,
      NODE_ENV: "production",
      NEXTAUTH_SECRET: webSecret,
      POSTURIO_URL: origin,
    };
    const workerEnvironment = {
      ...common,
      POSTURIO_AWS_ENDPOINT: sandbox.url,
      POSTURIO_ALLOW_AWS_ENDPOINT: "1",
      POSTURIO_PRINCIPAL_ARN_AWS: scannerArn,
      AWS_ACCESS_KEY_ID: "AKIA999999999999SCAN",
      AWS_SECRET_ACCESS_KEY: "sandbox-does-not-check-signatures",
    };
    const all = postgres.adminUrl.replace(/\/postgres$/, "/posturio");
    const faults: string[] = [];
    const faultsUrl = `${sandbox.url}/_sandbox/faults`;

    const stack: Stack = {
      options,
      postgres,
      redis,
      sandbox,
      workers,
      url: `http://127.0.0.1:${port}`,
      urls: { app: environment.DATABASE_URL, all },
      workerEnvironment,
      startWorker: async (own = {}) => {
        const program = [...heap.worker, join("dist", "worker.mjs")];
        const worker = await run(program, { ...workerEnvironment, ...own }, /worker ready/);
        workers.push(worker);
        return worker;
      },
      killWorker: async (worker) => {
        process.kill(worker.pid, "SIGKILL");
        while (worker.isRunning()) await sleep(10);
        forget(worker);
      },
      killWeb: async () => {
        if (!web) return;
        process.kill(web.pid, "SIGKILL");
        while (web.isRunning()) await sleep(10);
      },
      startWeb: async () => {
        web = await run(
          [...heap.web, ...webArguments(false, port)],
          {
            ...common,
            NEXTAUTH_URL: origin,
            POSTURIO_PRINCIPAL_ARN_AWS: scannerArn,
            PORT: `${port}`,
            HOSTNAME: "127.0.0.1",
            NEXT_TELEMETRY_DISABLED: "1",
          },
          /Ready in|"web ready"|web is ready/,
        );
        await healthy(`http://127.0.0.1:${port}/api/health/live`);
      },
      webRuns: () => web?.isRunning() ?? false,
      sql: async <Row>(text: string, values: readonly unknown[] = []) => {
        const client = new pg.Client({ connectionString: all });
        client.on("error", () => undefined);
        await client.connect();
        try {
          return (await client.query(text, [...values])).rows as Row[];
        } finally {
          await client.end();
        }
      },
      addFaults: async (specs) => {
        // The latency of the world is a fault too, and stays: each of ours has an id of its own.
        const named = specs.map((spec) => ({ ...spec, id: randomUUID() }));
        const answer = await fetch(faultsUrl, { method: "POST", headers: json, body: JSON.stringify(named) });
        if (!answer.ok) throw new Error(`The sandbox refuses the fault: ${await answer.text()}`);
        faults.push(...named.map(({ id }) => id));
      },
      removeFaults: async () => {
        for (const id of faults.splice(0)) await fetch(`${faultsUrl}?id=${id}`, { method: "DELETE" });
      },
      stop,
    };
    return stack;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs the migrate step as an operator does, and returns the addresses that web and worker get. */
function migrated(postgres: PostgresServer, redis: RedisServer | null) {
  const url = (role: string) =>
    postgres.adminUrl.replace("//postgres:", `//posturio_${role}:`).replace(/\/postgres$/, "/posturio");
  const running = {
    DATABASE_URL: url("app"),
    DATABASE_AUTH_URL: url("auth"),
    DATABASE_KEEPER_URL: url("keeper"),
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  const done = spawnSync(process.execPath, [join("dist", "migrate.mjs")], {
    env: {
      PATH: process.env.PATH,
      ...running,
      DATABASE_OWNER_URL: url("owner"),
      DATABASE_ADMIN_URL: postgres.adminUrl,
    } as unknown as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
  if (done.status !== 0)
    throw new Error(`migrate on a fresh PostgreSQL ${postgres.version} fails: ${done.stderr}`);
  return running;
}

async function healthy(url: string): Promise<void> {
  for (const last = Date.now() + 30_000; Date.now() < last; await sleep(50)) {
    if ((await fetch(url).catch(() => null)) !== null) return;
  }
  throw new Error("The web server does not answer within 30 s");
}
