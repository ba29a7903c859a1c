#!/usr/bin/env node
/**
 * `npm start`: from a fresh clone to a running product, with nothing but Node's own modules until the
 * dependencies are there.
 *
 *   npm start                 demo installation: loopback only, every AWS call goes to the built-in sandbox
 *   npm start -- --real       your own AWS identity for the worker; no sandbox, no demo data
 *   npm start -- --build-only installs and builds, starts nothing
 *   npm start -- --dev        the same processes from source, reloading the web pages (npm run dev)
 *
 * Settings: PORT, DATABASE_URL, REDIS_URL, POSTURIO_HOME and those of docs/operations.md.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureBuilt } from "./start/build.mjs";
import { ensureClient } from "./start/client.mjs";
import { startDatabase } from "./start/database.mjs";
import { demoEnvironment, processEnvironments } from "./start/environment.mjs";
import { guardOutputs } from "./start/guard-outputs.mjs";
import { checkNode, ensureInstalled } from "./start/install.mjs";
import { homeDirectory, root } from "./start/paths.mjs";
import { anyPort, choosePort, refuseTakenPort } from "./start/ports.mjs";
import { adoptPrincipal } from "./start/principal.mjs";
import { Processes } from "./start/processes.mjs";
import { program, webArguments } from "./start/programs.mjs";
import { endWith, Refusal, say, step, textOf } from "./start/progress.mjs";
import { installationSecrets, writePrivate } from "./start/secrets.mjs";
import { whenParentDies } from "./start/when-parent-dies.mjs";

const known = new Set(["--real", "--dev", "--build-only"]);
const flags = new Set(process.argv.slice(2));
const real = flags.has("--real");
const dev = flags.has("--dev");

async function main() {
  guardOutputs();
  const unknown = [...flags].filter((flag) => !known.has(flag));
  if (unknown.length > 0) throw new Refusal(`Unknown: ${unknown.join(" ")}. Known: ${[...known].join(" ")}`);
  checkNode();
  if (flags.has("--build-only")) {
    await prepare();
    return;
  }
  // What would end the start is said before a build of minutes.
  const home = homeDirectory({ real });
  const secrets = installationSecrets(home);
  await refuseTakenPort();
  await prepare();
  const processes = new Processes(home);
  await processes.claim();
  const port = await choosePort();

  let database;
  let ending;
  const end = (code, reason) => {
    ending ??= (async () => {
      if (reason) process.stderr.write(`\n${reason}\n`);
      else process.stdout.write("\nStopping …\n");
      await processes.stop();
      await database?.stop();
      process.exit(code);
    })();
    return ending;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(0));
  whenParentDies(() => void end(0));
  processes.onCrash = (reason) => void end(1, reason);

  try {
    database = await step("Starting the database", () => startDatabase({ home, secrets, dev }));
    database.onExit(() => void end(1, "The database ended unexpectedly."));
    if (!ending) await start({ home, secrets, processes, port, database });
  } catch (error) {
    await end(1, textOf(error));
  }
  if (ending) await ending;
}

async function prepare() {
  await ensureInstalled();
  if (dev) await ensureClient();
  else await ensureBuilt();
}

async function start({ home, secrets, processes, port, database }) {
  const url = process.env.POSTURIO_URL || `http://localhost:${port}`;
  const sandboxPort = real ? undefined : await anyPort();
  const sandboxUrl = real ? undefined : `http://127.0.0.1:${sandboxPort}`;
  const principal = real ? await step("Asking AWS who the worker is", async () => adoptPrincipal(dev)) : "";
  const environments = processEnvironments({ real, dev, url, port, secrets, database, sandboxUrl });
  const options = (env, memoryMb) => ({ env, memoryMb, cwd: root });

  if (!real) {
    // What a person changed in the demo's AWS is still so at the next start.
    const journal = ["--journal", join(home, "sandbox.jsonl")];
    processes.start("sandbox", [...program("sandbox", dev), "--port", String(sandboxPort), ...journal], {
      ...options(environments.sandbox, 128),
    });
  }
  if (environments.migrate) {
    await step("Migrating the database", () =>
      processes.run("migrate", program("migrate", dev), options(environments.migrate, 192)),
    );
  }
  say("Starting web and worker");
  processes.start("web", webArguments(dev, port), {
    ...options(environments.web, dev ? 2048 : 256),
  });
  if (!real) {
    await until(`${sandboxUrl}/_sandbox/health`, "The AWS sandbox", 30);
    await step("Preparing the demo organization", () =>
      processes.run("seed-demo", program("seed-demo", dev), options(environments.seed, 192)),
    );
  }
  // Short-lived objects of many scans at once die young with this: an eighth less CPU per scan.
  const worker = ["--max-semi-space-size=32", ...program("worker", dev)];
  processes.start("worker", worker, options(environments.worker, 192));
  await until(`http://127.0.0.1:${port}/api/health`, "Posturio", 90);
  const ofAdmin = [
    "DATABASE_URL",
    "DATABASE_AUTH_URL",
    "POSTURIO_URL",
    "NEXTAUTH_SECRET",
    "NODE_ENV",
    "POSTURIO_DEMO",
    "POSTURIO_AWS_ENDPOINT",
  ];
  const environment = Object.fromEntries(
    ofAdmin.flatMap((name) => (environments.seed[name] ? [[name, environments.seed[name]]] : [])),
  );
  processes.isUp = true;
  processes.record({ url, environment });

  if (real) {
    printReal(url, environments, principal);
    return;
  }
  const demo = { ...demoEnvironment(secrets), url, sandboxUrl };
  const { organization, email, password, apiToken } = demo;
  writePrivate(join(home, "demo.json"), { url, organization, email, password, apiToken, sandboxUrl });
  process.stdout.write(`
  Posturio runs at   ${url}
  Sign in as         ${email}
  with the password  ${password}

  This is a demo: it listens on this machine alone, and every AWS call goes to the built-in sandbox.
  Your own AWS:      npm start -- --real
  Logs:              ${join(home, "logs")}
  Ctrl-C stops everything; the data stays.

`);
}

function printReal(url, environments, principal) {
  const identity = environments.worker.AWS_PROFILE
    ? `profile ${environments.worker.AWS_PROFILE}`
    : "your ambient AWS credentials";
  process.stdout.write(`
  Posturio runs at   ${url}
  Sign up there; the first organization is yours.

  The worker uses ${identity}; the web process gets none.
  ${principal}
  Ctrl-C stops everything; the data stays.

`);
}

/** Waits for a 200; says what the address answered when it never came. */
async function until(address, name, seconds) {
  const end = Date.now() + seconds * 1000;
  let last = "no answer";
  let told = Date.now();
  while (Date.now() < end) {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) return;
      last = `${response.status} ${(await response.text()).slice(0, 300)}`;
    } catch (error) {
      last = error.cause?.message ?? error.message;
    }
    if (Date.now() - told > 10_000) {
      told = Date.now();
      say(`Waiting for ${name}: ${last}`);
    }
    await sleep(100);
  }
  throw new Refusal(`${name} was not ready after ${seconds} s. ${address} said: ${last}`);
}

main().catch(endWith);
