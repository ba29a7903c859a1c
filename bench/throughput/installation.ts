import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "@/bin/start/build.mjs";
import { startEmbeddedPostgres } from "@/lib/installation/embedded";
import { homeFor, serverUser } from "@/lib/installation/embedded-files";
import { migrate } from "@/lib/installation/migrate";
import type { WorldFile } from "@/sandbox/world/world-file";

export const scannerArn = "arn:aws:iam::999999999999:role/posturio-scanner";

/** As `npm start` runs the worker. */
const heapLimits = ["--max-old-space-size=192", "--max-semi-space-size=32"];

export interface Program {
  readonly pid: number;
  /** It has not ended, asked for or not. */
  isRunning(): boolean;
  /** All that it wrote so far. */
  output(): string;
  stop(): Promise<void>;
}

export interface Installation {
  readonly appUrl: string;
  readonly authUrl: string;
  /** A superuser on the product's database: for fixtures and for counting over all organizations. */
  readonly allUrl: string;
  readonly postgresPid: number;
  readonly sandbox: Program & { readonly url: string };
  /** `nodeOptions` go before the program, e.g. those of the profiler. */
  startWorker(environment: Record<string, string>, nodeOptions: readonly string[]): Promise<Program>;
  stop(): Promise<void>;
}

/**
 * Database, sandbox and bundles as `npm start` has them, in a directory of their own that `stop` removes. The
 * database is a durable one: commits wait for the disk, as they do in the product.
 */
export async function startInstallation(world: WorldFile): Promise<Installation> {
  const home = mkdtempSync(join(tmpdir(), "posturio-bench-"));
  const dist = join("dist", "bench");
  await bundle({ worker: "workers/main.ts", sandbox: "sandbox/main.ts" }, { outdir: dist });
  const dataDir = join(home, "database");
  const postgres = await startEmbeddedPostgres({ dataDir });
  const programs: Program[] = [];
  const stop = async () => {
    await Promise.all(programs.splice(0).map((program) => program.stop()));
    await postgres.stop();
    rmSync(homeFor(dataDir, serverUser()), { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await migrate({ ...postgres, adminUrl: postgres.superuserUrl });
    const file = join(home, "world.json");
    writeFileSync(file, JSON.stringify(world));
    const sandbox = await run([join(dist, "sandbox.mjs"), "--world", file], {}, /"url":"([^"]+)"/);
    programs.push(sandbox);
    const url = /"url":"([^"]+)"/.exec(sandbox.output())?.[1] ?? "";
    return {
      appUrl: postgres.appUrl,
      authUrl: postgres.authUrl,
      allUrl: postgres.superuserUrl.replace(/\/postgres$/, "/posturio"),
      postgresPid: postgresPid(dataDir),
      sandbox: { ...sandbox, url },
      startWorker: async (environment, nodeOptions) => {
        const worker = await run(
          [...heapLimits, ...nodeOptions, join(dist, "worker.mjs")],
          {
            NODE_ENV: "production",
            DATABASE_URL: postgres.appUrl,
            DATABASE_AUTH_URL: postgres.authUrl,
            DATABASE_KEEPER_URL: postgres.keeperUrl,
            NEXTAUTH_SECRET: "of-no-use-to-a-worker-but-asked-for-in-production",
            POSTURIO_URL: "http://localhost:3000",
            POSTURIO_AWS_ENDPOINT: url,
            POSTURIO_PRINCIPAL_ARN_AWS: scannerArn,
            AWS_ACCESS_KEY_ID: "AKIA999999999999SCAN",
            AWS_SECRET_ACCESS_KEY: "sandbox-does-not-check-signatures",
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
            ...environment,
          },
          /worker ready/,
        );
        programs.push(worker);
        return worker;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The process of an embedded database that runs. */
export function postgresPid(dataDir: string): number {
  const pidFile = join(homeFor(dataDir, serverUser()), "data", "postmaster.pid");
  return Number.parseInt(readFileSync(pidFile, "utf8"), 10);
}

/** Starts a Node program with nothing of our environment but the search path; resolves once it says it is ready. */
export async function run(
  args: readonly string[],
  environment: Record<string, string>,
  ready: RegExp,
): Promise<Program> {
  const child = spawn(process.execPath, args, {
    env: { ...environment, PATH: process.env.PATH, HOME: process.env.HOME } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const isReady = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        // A soak logs for long; its end is enough.
        output = (output + chunk).slice(-200_000);
        if (ready.test(output)) resolve();
      });
    }
    child.once("exit", (code) => reject(new Error(`${args.join(" ")} ended with ${code}:\n${output}`)));
  });
  await isReady;
  return {
    pid: child.pid ?? -1,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(timer);
}
