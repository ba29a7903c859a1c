import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { startFailure } from "./embedded-failure";
import {
  handOver,
  homeFor,
  packagedBinaries,
  runnable,
  type Secrets,
  type ServerUser,
  secretsIn,
  serverUser,
} from "./embedded-files";
import { childEnvironment, processBirth, runningPostmaster, stopPostmaster } from "./embedded-process";
import { startServer } from "./embedded-server";
import { localeArguments, majorVersion, refuseOtherData } from "./embedded-version";
import { Refusal } from "./refusal";

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
  /** For tests: folder with the bin/ of another PostgreSQL than the one installed with the product. */
  native?: string;
};

/**
 * Starts a real PostgreSQL from npm, on loopback only, as the caller or, for root, as nobody. Data that is there is
 * used again. A server left over from a killed run is stopped first; one whose starter still lives is refused.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  if (process.platform === "win32") {
    throw new Refusal(
      "The embedded PostgreSQL runs on Linux and macOS: set DATABASE_URL to a server of your own.",
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
  const { server, secrets } = await run(home, user, options).catch((error: unknown) => {
    // Nothing runs here: the next attempt, of this process too, must not be refused.
    rmSync(join(home, "starter"), { force: true });
    throw error;
  });

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
        await server.watch.end();
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

async function run(home: string, user: ServerUser, options: EmbeddedOptions) {
  const native = runnable(options.native ?? packagedBinaries(), home, user);
  const secrets = secretsIn(home);
  const major = majorVersion(native);
  refuseOtherData(join(home, "data"), major);
  initialize(home, native, major, user, secrets, options.temporary ?? false);
  return { server: await startServer(home, native, user, secrets, options), secrets };
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
    throw new Refusal(
      `The embedded database in ${home} is in use by process ${starter}. Stop that one first.`,
    );
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

function initialize(
  home: string,
  native: string,
  major: number,
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
      ...localeArguments(major),
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
      throw startFailure(home, done.error?.message ?? done.stderr);
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, data);
}
