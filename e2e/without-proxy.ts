import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "@/bench/free-port";
import { rawRequest } from "./raw-request";
import { productHome } from "./start-product";

/** Links everything of a folder into another but what is named. */
function linkAll(from: string, to: string, ...except: readonly string[]): void {
  mkdirSync(to);
  for (const name of readdirSync(from))
    if (!except.includes(name)) symlinkSync(join(from, name), join(to, name));
}

/** The built server as it is, but for the list in which the framework finds proxy.ts. */
function buildWithoutProxy(): string {
  const built = resolve(".next/standalone");
  const folder = join(mkdtempSync(join(tmpdir(), "posturio-no-proxy-")), "server");
  linkAll(built, folder, ".next", "server.js");
  cpSync(join(built, "server.js"), join(folder, "server.js"));
  linkAll(join(built, ".next"), join(folder, ".next"), "server");
  const manifest = "functions-config-manifest.json";
  linkAll(join(built, ".next/server"), join(folder, ".next/server"), manifest);
  const config = JSON.parse(readFileSync(join(built, ".next/server", manifest), "utf8"));
  if (config.functions["/_middleware"] === undefined) throw new Error("The build has no proxy to leave out.");
  delete config.functions["/_middleware"];
  writeFileSync(join(folder, ".next/server", manifest), JSON.stringify(config));
  return folder;
}

/** A second web server of the running product, on the same database, in which proxy.ts never runs. */
export async function startWithoutProxy(): Promise<{ port: string; stop: () => Promise<void> }> {
  const folder = buildWithoutProxy();
  const port = String(await freePort());
  const { environment } = JSON.parse(readFileSync(join(productHome(), "run.json"), "utf8"));
  const child = spawn(process.execPath, ["--max-old-space-size=256", join(folder, "server.js")], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      ...environment,
      NEXTAUTH_URL: environment.POSTURIO_URL,
      PORT: port,
      HOSTNAME: "127.0.0.1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((done) => child.once("exit", done));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(join(folder, ".."), { recursive: true, force: true });
  };
  try {
    await answering(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

async function answering(child: ChildProcess, port: string): Promise<void> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  for (const end = Date.now() + 60_000; Date.now() < end && child.exitCode === null; ) {
    const answer = await rawRequest("GET", "/api/health", { port }).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((again) => setTimeout(again, 200));
  }
  throw new Error(`The server without proxy did not answer:\n${output}`);
}
