import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/bench/free-port";

/** Written by `npm start`; what a stranger has to work with. */
export interface Demo {
  readonly url: string;
  readonly organization: string;
  readonly email: string;
  readonly password: string;
  readonly apiToken: string;
  readonly sandboxUrl: string;
}

/** The running product of this test run. */
export function demo(): Demo {
  return JSON.parse(readFileSync(join(productHome(), "demo.json"), "utf8")) as Demo;
}

export function productHome(): string {
  const home = process.env.POSTURIO_E2E_HOME;
  if (home === undefined) throw new Error("The product was not started: run the tests with npm run e2e");
  return home;
}

/** Resolves when the product says that it runs; rejects with what it said when it ends instead. */
function running(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const listen = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Posturio runs at")) resolve();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", (code) =>
      reject(new Error(`npm start ended with ${code} before it was ready:\n${output}`)),
    );
  });
}

export interface StartedProduct {
  readonly home: string;
  readonly process: ChildProcess;
  /** Resolves when `npm start` has ended. */
  readonly ended: Promise<unknown>;
}

/** Starts the product as a stranger does, on a free port and with data of its own. */
export async function startAlone(): Promise<StartedProduct> {
  const home = mkdtempSync(join(tmpdir(), "posturio-e2e-"));
  const port = await freePort();
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...inherited } = process.env;
  const child = spawn(process.execPath, ["bin/start.mjs"], {
    env: { ...inherited, POSTURIO_HOME: home, PORT: String(port), POSTURIO_URL: `http://localhost:${port}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await running(child);
  return { home, process: child, ended };
}

/** Removes what a product kept; root's database stands elsewhere, and its folder says where. */
export function removeData(home: string): void {
  const data = readdirSync(join(home, "postgres"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("location.txt"))
    .map((name) => /keeps its data in (\S+)/.exec(readFileSync(join(home, "postgres", name), "utf8"))?.[1]);
  for (const folder of [home, ...data])
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/**
 * Starts the product of this test run; the returned function ends it. With POSTURIO_E2E_HOME the tests run against the
 * product that already runs from there.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  if (process.env.POSTURIO_E2E_HOME !== undefined) return async () => {};
  const product = await startAlone();
  process.env.POSTURIO_E2E_HOME = product.home;
  return async () => {
    product.process.kill("SIGTERM");
    await product.ended;
    removeData(product.home);
  };
}
