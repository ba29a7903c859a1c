import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "@/bench/free-port";
import { handOver, packagedBinaries, runnable, serverUser } from "@/lib/installation/embedded-files";
import { localeArguments } from "@/lib/installation/embedded-version";
import { ensurePostgres } from "@/scripts/postgres.mjs";

/** A PostgreSQL that can be stopped, cut off and started again on the same data and port. */
export interface PostgresServer {
  readonly version: string;
  /** A superuser on the database `postgres`. */
  readonly adminUrl: string;
  start(): Promise<void>;
  /** `fast` ends sessions and writes a checkpoint; `immediate` is what a crash leaves behind. */
  stop(mode: "fast" | "immediate"): Promise<void>;
  /** Ends the server and removes its data. */
  remove(): Promise<void>;
}

const signals = { fast: "SIGINT", immediate: "SIGQUIT" } as const;
const password = "for-this-run-only";

/** The folder of the wanted major version: 18 is the embedded one, the others are installed when they are missing. */
async function folderOf(version: string): Promise<string> {
  const folder = version === "18" ? packagedBinaries() : await ensurePostgres(Number(version));
  if (folder === null) throw new Error(`PostgreSQL ${version} is not installed, and cannot be`);
  return folder;
}

/** Creates a cluster and starts it on a free port of the loopback, as root under an unprivileged user. */
export async function startPostgres(version: string): Promise<PostgresServer> {
  const user = serverUser();
  const home = mkdtempSync("/var/tmp/posturio-faults-");
  chmodSync(home, 0o755);
  const programs = join(runnable(await folderOf(version), home, user), "bin");
  const data = join(home, "data");
  mkdirSync(data, { mode: 0o700 });
  handOver(data, user);
  const passwordFile = join(home, "password");
  writeFileSync(passwordFile, password, { mode: 0o444 });
  const made = spawnSync(
    join(programs, "initdb"),
    [
      `--pgdata=${data}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      ...localeArguments(Number(version)),
    ],
    { cwd: home, encoding: "utf8", ...(user ?? {}) },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const adminUrl = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;

  const start = async () => {
    child = spawn(
      join(programs, "postgres"),
      ["-D", data, "-p", `${port}`, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
      { cwd: home, stdio: "ignore", detached: true, ...(user ?? {}) },
    );
    for (const last = Date.now() + 60_000; Date.now() < last; await sleep(50)) {
      if (await answers(adminUrl)) return;
      if (child.exitCode !== null) throw new Error("PostgreSQL ended while it started");
    }
    throw new Error("PostgreSQL did not answer within a minute");
  };
  const stop = async (mode: keyof typeof signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signals[mode]);
    await ended;
  };
  await start();
  return {
    version,
    adminUrl,
    start,
    stop,
    remove: async () => {
      await stop("immediate");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
