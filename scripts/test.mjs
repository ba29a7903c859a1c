/**
 * `npm test`: every gate, from a fresh clone. Installs what it needs, runs all gates even when one fails, and
 * ends with the tests passed and failed. `npm test -- check` (or unit, db, versions, e2e, containers) runs one of them.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "../bin/start/install.mjs";
import { root } from "../bin/start/paths.mjs";
import { endWith } from "../bin/start/progress.mjs";

const results = join(root, "test-results");
const bin = (name) => join(root, "node_modules", name);
const tools = {
  biome: [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"],
  types: [bin("typescript/bin/tsc"), "--noEmit"],
  unused: [bin("knip/bin/knip.js")],
  spelling: [bin("cspell/bin.mjs"), "lint", "--no-progress"],
  vitest: [bin("vitest/vitest.mjs"), "run"],
  playwright: [bin("@playwright/test/cli.js"), "test"],
  build: [join(root, "bin", "start.mjs"), "--build-only"],
};

const gates = {
  lockfile: () => node([join(root, "scripts", "lock.mjs"), "--check"]),
  generate: () => node([join(root, "scripts", "prisma-generate.mjs"), "--quiet"]),
  format: () => node(tools.biome),
  types: () => node([bin("next/dist/bin/next"), "typegen"]).then(() => node(tools.types)),
  unused: () => node(tools.unused),
  spelling: () => node(tools.spelling),
  unit: () => vitest("unit", ["--project", "unit", "--project", "sandbox"]),
  postgres: () => installPostgres(),
  db: () => vitest("db", ["--project", "db"]),
  versions: () => otherVersions(),
  compose: () => composeConfig(),
  containers: () => containers(),
  build: () => node(tools.build),
  firstLoad: () => node([join(root, "scripts", "first-load.mjs")]),
  e2e: () => playwright(),
};

const sets = {
  all: [
    "lockfile",
    "generate",
    "format",
    "types",
    "unused",
    "spelling",
    "unit",
    "postgres",
    "db",
    // Side by side: each keeps one core busy and waits a good part of its time.
    ["versions", "containers"],
    "compose",
    "build",
    "firstLoad",
    "e2e",
  ],
  check: ["lockfile", "generate", "format", "types", "unused", "spelling"],
  unit: ["generate", "unit"],
  db: ["generate", "db"],
  versions: ["generate", "postgres", "versions"],
  e2e: ["build", "e2e"],
  containers: ["generate", "containers"],
};

const count = { passed: 0, failed: 0 };
/** What could not be looked at here, said again at the end. */
const unchecked = [];
const rest = process.argv.slice(3);

function node(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
    const forward = () => child.kill("SIGTERM");
    process.once("SIGTERM", forward);
    process.once("SIGINT", forward);
    child.once("exit", (code) => {
      process.removeListener("SIGTERM", forward);
      process.removeListener("SIGINT", forward);
      resolve(code === 0);
    });
  });
}

/** A worker for each of two cores: by itself vitest leaves one idle, which costs minutes. */
const workers = "--maxWorkers=2";

async function vitest(name, args, env = {}) {
  const file = join(results, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const ok = await node([...tools.vitest, workers, ...args, ...rest, ...reporters], env);
  tally(file, ({ numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests }) => [
    numPassedTests,
    Math.max(numFailedTests, numTotalTests === 0 ? numFailedTestSuites : 0),
  ]);
  return ok;
}

/** What differs between versions of PostgreSQL: migrations, roles and policies. */
const onEveryVersion = ["lib/db/", "lib/installation/", "lib/tenancy/"];
/** What an old one may lack besides: partitions, the queue, a worker's SQL. */
const onTheOldest = [
  ...onEveryVersion,
  "lib/history/",
  "lib/retention/",
  "lib/work-items/",
  "workers/reconciler",
  "workers/worker.",
];

/** The embedded version, 18, runs all of it in the gate `db`; 14 is there to be refused. */
const versions = [15, 16, 17];

async function installPostgres() {
  const { ensurePostgres } = await import("./postgres.mjs");
  let complete = true;
  for (const major of [14, ...versions]) {
    try {
      process.stdout.write(`PostgreSQL ${major}: ${await ensurePostgres(major)}\n`);
    } catch (error) {
      complete = false;
      process.stdout.write(
        `PostgreSQL ${major} could not be installed: it is NOT checked\n${error.message}\n`,
      );
    }
  }
  return complete || process.env.CI === undefined;
}

async function otherVersions() {
  const { postgresFolder } = await import("./postgres.mjs");
  let good = true;
  for (const major of versions) {
    if (postgresFolder(major) === null) {
      process.stdout.write(`PostgreSQL ${major} is not installed: nothing was checked on it\n`);
      good &&= process.env.CI === undefined;
      continue;
    }
    process.stdout.write(`\nPostgreSQL ${major}\n`);
    const env = { POSTURIO_TEST_POSTGRES: String(major) };
    const some = major === Math.min(...versions) ? onTheOldest : onEveryVersion;
    const filter = rest.length === 0 ? some : [];
    good = (await vitest(`postgres-${major}`, ["--project", "db", ...filter], env)) && good;
  }
  return good;
}

async function playwright(more = []) {
  const { ensureChromium } = await import("./chromium.mjs");
  try {
    ensureChromium();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return false;
  }
  const file = join(results, "e2e.json");
  const ok = await node([...tools.playwright, ...rest, ...more]);
  tally(file, ({ stats }) => [stats.expected + stats.flaky, stats.unexpected]);
  return ok;
}

function tally(file, read) {
  try {
    const [passed, failed] = read(JSON.parse(readFileSync(file, "utf8")));
    count.passed += passed;
    count.failed += failed;
  } catch {
    // The runner ended before it could report: its gate has failed and says why.
  }
}

/** Debian's docker-compose 1.29 or the plugin, whichever is there: neither needs an engine for this. */
async function composeConfig() {
  const env = Object.fromEntries(
    readFileSync(join(root, ".env.example"), "utf8")
      .split("\n")
      .filter((line) => /^\w+=/.test(line))
      .map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1) || "x"]),
  );
  for (const [command, ...prefix] of [["docker-compose"], ["docker", "compose"]]) {
    const args = [...prefix, "--profile", "sandbox", "config", "--quiet"];
    const run = spawnSync(command, args, { cwd: root, encoding: "utf8", env: { ...process.env, ...env } });
    if (run.error || /is not a docker command/.test(run.stderr)) continue;
    process.stdout.write(run.stderr);
    return run.status === 0;
  }
  process.stdout.write("docker-compose is not installed: docker-compose.yml was NOT checked\n");
  return process.env.CI === undefined;
}

/** The image, and the installation as the documents describe it: scripts/containers. */
function containers() {
  const file = join(results, "containers.json");
  const script = join(root, "scripts", "containers", "gate.sh");
  const child = spawn("bash", [script, ...rest], {
    cwd: root,
    stdio: ["ignore", "inherit", "pipe"],
    env: { ...process.env, RESULTS: file },
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    process.stderr.write(chunk);
    said += chunk;
  });
  const forward = () => child.kill("SIGTERM");
  process.once("SIGTERM", forward);
  process.once("SIGINT", forward);
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => {
      tally(file, ({ passed, failed }) => [passed, failed]);
      if (code === 75) unchecked.push(`the image and docker-compose.yml were NOT run. ${said.trim()}`);
      resolve(code === 0 || code === 75);
    });
  });
}

async function main() {
  const asked = process.argv[2] ?? "all";
  await ensureInstalled();
  const long = asked === "--long";
  const names = long ? [] : sets[asked];
  if (names === undefined) {
    process.stderr.write(`Unknown: ${asked}. Known: ${Object.keys(sets).join(", ")}, --long\n`);
    process.exit(64);
  }
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const failed = [];
  const run = async (name, work) => {
    const began = Date.now();
    process.stdout.write(`\n── ${name}\n`);
    const ok = await work();
    process.stdout.write(
      `── ${name}: ${ok ? "good" : "FAILED"}, ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
    );
    if (!ok) failed.push(name);
  };
  for (const step of names) await Promise.all([step].flat().map((name) => run(name, gates[name])));
  if (long) {
    const source = (file, ...args) => node(["--import", "tsx", file, ...args]);
    await run("build", gates.build);
    await run("first load", gates.firstLoad);
    await run("bench:scan", () => source("bench/scan.ts"));
    await run("bench:throughput", () => source("bench/throughput.ts"));
    await run("soak", () => source("bench/throughput.ts", "--soak"));
    await run("test:verifications", () => source("bench/verifications.ts"));
    await run("200 histories", () =>
      vitest("histories", ["--project", "db", "lib/verification/histories.db.test.ts"], { HISTORIES: "200" }),
    );
    await run("api fuzz", () => source("e2e/fuzz-api.ts"));
    await run("snippet types", () => source("e2e/snippets/check-types.ts"));
    await run("e2e, three times over", () => playwright(["--repeat-each=3"]));
    await run("lighthouse", () => source("e2e/judge-public-pages.ts"));
  }
  for (const sentence of unchecked) process.stdout.write(`\nNOT CHECKED: ${sentence}\n`);
  process.stdout.write(failed.length === 0 ? "\nEvery gate is good.\n" : `\nFailed: ${failed.join(", ")}\n`);
  process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
  process.exit(failed.length === 0 ? 0 : 1);
}

await main().catch(endWith);
