import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { isFinal, startFailure } from "./embedded-failure";
import type { Secrets, ServerUser } from "./embedded-files";
import { childEnvironment, stopPostmaster } from "./embedded-process";
import { type Watch, watchOver } from "./embedded-watch";

export type Server = { port: number; pid: number; exited: Promise<number | null>; watch: Watch };

/** Starts the server on a port that is free, and resolves when it lets its superuser in. Throws Refusal when it does not. */
export async function startServer(
  home: string,
  native: string,
  user: ServerUser,
  secrets: Secrets,
  options: { readonly port?: number; readonly temporary?: boolean },
): Promise<Server> {
  const log = join(home, "postgres.log");
  // Orphaned backends of a killed server may hold its shared memory for a moment, and a free port may get taken.
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const server = spawnServer(home, native, user, port, log, options.temporary ?? false);
    if (await accepts(server, secrets)) {
      return server;
    }
    await server.watch.end();
    const said = readFileSync(log, "utf8");
    if (attempt === 5 || isFinal(said)) throw startFailure(home, said);
    await sleep(500 * attempt);
  }
}

function spawnServer(
  home: string,
  native: string,
  user: ServerUser,
  port: number,
  log: string,
  temporary: boolean,
): Server {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=120",
    "shared_buffers=64MB",
    "max_wal_size=256MB",
    "jit=off",
    "log_timezone=UTC",
    "timezone=UTC",
    ...(temporary ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : []),
  ];
  // Rewritten at every start: it must not grow for ever.
  const output = openSync(log, "w", 0o600);
  const args = [
    "-D",
    join(home, "data"),
    "-p",
    String(port),
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  const child = spawn(join(native, "bin", "postgres"), args, {
    cwd: home,
    env: childEnvironment,
    stdio: ["ignore", output, output],
    // Its own process group: Ctrl-C must reach the database last, through stop().
    detached: true,
    ...(user ?? {}),
  });
  closeSync(output);
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.once("error", () => resolve(null));
  });
  child.unref();
  const pid = child.pid ?? -1;
  const watch = watchOver(pid, join(home, "data"), childEnvironment);
  // Its id may be another process's from then on.
  void exited.then(() => watch.end());
  return { port, pid, exited, watch };
}

async function accepts(server: Server, secrets: Secrets): Promise<boolean> {
  let ended = server.pid === -1;
  void server.exited.then(() => {
    ended = true;
  });
  const end = Date.now() + 60_000;
  while (!ended && Date.now() < end) {
    const client = new Client({
      host: "127.0.0.1",
      port: server.port,
      user: "postgres",
      password: secrets.superuser,
      database: "postgres",
    });
    // A connection cut during start must not become an uncaught error.
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return !ended;
    } catch {
      await client.end().catch(() => undefined);
      await sleep(40);
    }
  }
  if (!ended) {
    await stopPostmaster(server.pid);
  }
  return false;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
