import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import {
  binaries,
  handOver,
  homeFor,
  type Secrets,
  type ServerUser,
  secretsIn,
  serverUser,
} from "./embedded-files";
import { processBirth, runningPostmaster, stopPostmaster } from "./embedded-process";

export type EmbeddedPostgres = {
  readonly port: number;
  /** Superuser on the database `postgres`: makes roles and databases, never used by the product. */
  readonly superuserUrl: string;
  /** For migrations. Role and database exist once `migrate()` has run. */
  readonly ownerUrl: string;
  /** DATABASE_URL of web and worker. */
  readonly appUrl: string;
  /** DATABASE_AUTH_URL of web and worker. */
  readonly authUrl: string;
  /** DATABASE_KEEPER_URL of the worker. */
  readonly keeperUrl: string;
  /** Resolves with the exit code when the server ends, asked for or not. */
  readonly exited: Promise<number | null>;
  /** Stops the server; removes everything when it was temporary. May be called twice. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  /** A free one when absent. */
  port?: number;
  /** For tests: not durable, removed at stop; leftovers of killed runs beside it are removed first. */
  temporary?: boolean;
};

/**
 * Starts a real PostgreSQL from npm, on loopback only, as the caller or, for root, as nobody. Data that is there is
 * used again. A server left over from a killed run is stopped first; one whose starter still lives is refused.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  if (process.platform === "win32") {
    throw new Error(
      "The embedded PostgreSQL runs on Linux and macOS: set DATABASE_URL and DATABASE_OWNER_URL",
    );
  }
  const user = serverUser();
  const home = homeFor(options.dataDir, user);
  if (options.temporary) {
    // Temporary means removed at stop: never on data that somebody keeps.
    if (existsSync(join(home, "data")) && !existsSync(join(home, "temporary"))) {
      throw new Error(
        `${options.dataDir} holds a database to keep: choose another directory for a temporary one`,
      );
    }
    await sweep(dirname(home));
  }
  await claim(home);
  if (options.temporary) {
    writeFileSync(join(home, "temporary"), resolve(options.dataDir));
  }
  const native = binaries(user);
  const secrets = secretsIn(home);
  initialize(home, native, user, secrets, options.temporary ?? false);
  const server = await startServer(home, native, user, secrets, options);

  const url = (role: string, password: string, database: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${server.port}/${database}`;
  let stopping: Promise<void> | undefined;
  return {
    port: server.port,
    superuserUrl: url("postgres", secrets.superuser, "postgres"),
    ownerUrl: url("posturio_owner", secrets.owner, "posturio"),
    appUrl: url("posturio_app", secrets.app, "posturio"),
    authUrl: url("posturio_auth", secrets.auth, "posturio"),
    keeperUrl: url("posturio_keeper", secrets.keeper, "posturio"),
    exited: server.exited,
    stop() {
      stopping ??= (async () => {
        await stopPostmaster(server.pid);
        rmSync(join(home, "starter"), { force: true });
        if (options.temporary) {
          rmSync(home, { recursive: true, force: true });
          rmSync(options.dataDir, { recursive: true, force: true });
        }
      })();
      return stopping;
    },
  };
}

function starterLives(home: string): number | null {
  try {
    const [pid = "", birth = ""] = readFileSync(join(home, "starter"), "utf8").split("\n");
    return processBirth(Number(pid)) === birth ? Number(pid) : null;
  } catch {
    return null;
  }
}

/** Makes this process the one that runs the server here, and ends what a killed predecessor left running. */
async function claim(home: string): Promise<void> {
  const starter = starterLives(home);
  if (starter !== null) {
    throw new Error(`The embedded database in ${home} is in use by process ${starter}`);
  }
  const data = join(home, "data");
  const leftover = runningPostmaster(data);
  if (leftover !== null) {
    await stopPostmaster(leftover);
  }
  // What is left is stale. PostgreSQL would refuse to start if another process has got the same id meanwhile.
  rmSync(join(data, "postmaster.pid"), { force: true });
  writeFileSync(join(home, "starter"), `${process.pid}\n${processBirth(process.pid)}\n`);
}

/** Removes temporary databases whose starters are dead. */
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const home = join(parent, name);
    if (existsSync(join(home, "temporary")) && starterLives(home) === null) {
      const leftover = runningPostmaster(join(home, "data"));
      if (leftover !== null) {
        await stopPostmaster(leftover);
      }
      const asked = readFileSync(join(home, "temporary"), "utf8");
      rmSync(home, { recursive: true, force: true });
      rmSync(join(asked, "location.txt"), { force: true });
      if (existsSync(asked) && readdirSync(asked).length === 0) {
        rmdirSync(asked);
      }
    }
  }
}

/** A child sees no secret of ours and no setting of the operator's own PostgreSQL. */
const childEnvironment = {
  // biome-ignore lint/style/noProcessEnv: the search path of a child process is no setting of ours.
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
} as unknown as NodeJS.ProcessEnv;

function initialize(
  home: string,
  native: string,
  user: ServerUser,
  secrets: Secrets,
  temporary: boolean,
): void {
  const data = join(home, "data");
  if (existsSync(join(data, "PG_VERSION"))) {
    return;
  }
  // initdb writes PG_VERSION early: only the rename at the end says that the cluster is whole.
  const partial = `${data}.partial`;
  const passwordFile = join(home, "password");
  rmSync(partial, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(partial, { mode: 0o700 });
  handOver(partial, user);
  try {
    writeFileSync(passwordFile, secrets.superuser, { mode: 0o400, flag: "wx" });
    handOver(passwordFile, user);
    const args = [
      `--pgdata=${partial}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--data-checksums",
      ...(temporary ? ["--no-sync"] : []),
    ];
    const done = spawnSync(join(native, "bin", "initdb"), args, {
      cwd: home,
      env: childEnvironment,
      encoding: "utf8",
      ...(user ?? {}),
    });
    if (done.status !== 0) {
      throw new Error(`initdb failed: ${done.error?.message ?? done.stderr}`);
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, data);
}

type Server = { port: number; pid: number; exited: Promise<number | null> };

async function startServer(
  home: string,
  native: string,
  user: ServerUser,
  secrets: Secrets,
  options: EmbeddedOptions,
): Promise<Server> {
  const log = join(home, "postgres.log");
  // Orphaned backends of a killed server may hold its shared memory for a moment, and a free port may get taken.
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const server = spawnServer(home, native, user, port, log, options.temporary ?? false);
    if (await accepts(server, secrets)) {
      return server;
    }
    if (attempt === 5) {
      const tail = readFileSync(log, "utf8").trim().split("\n").slice(-8).join("\n");
      throw new Error(`The embedded PostgreSQL does not start:\n${tail}`);
    }
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
  return { port, pid: child.pid ?? -1, exited };
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
