import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { birthOf } from "./processes.mjs";
import { webArguments } from "./programs.mjs";

const web = fileURLToPath(new URL("../web.mjs", import.meta.url));

let home: string;
let started: ChildProcess[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "posturio-web-"));
  started = [];
});

afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

/** Tells its process id and its port. */
const server = `
  import { createServer } from "node:http";
  const server = createServer((_request, response) => {
    response.setHeader("connection", "close");
    response.end(String(process.pid));
  });
  server.listen(0, "127.0.0.1", () => console.log("pid " + process.pid + " port " + server.address().port));
  process.on("SIGTERM", () => process.exit(143));
`;

interface Web {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Ids of all processes that ever listened. */
  readonly ids: () => number[];
  readonly ended: Promise<number | null>;
}

function start(
  source: string,
  processes: string,
  {
    options = [],
    stderr = "pipe",
    startingMs,
  }: { options?: readonly string[]; stderr?: number | "pipe"; startingMs?: number } = {},
): Web {
  const file = join(home, "server.mjs");
  writeFileSync(file, source);
  const child = spawn(
    process.execPath,
    [...options, web, file, ...(startingMs === undefined ? [] : [String(startingMs)])],
    {
      env: { ...process.env, POSTURIO_WEB_PROCESSES: processes },
      stdio: ["ignore", "pipe", stderr],
    },
  );
  started.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  return {
    child,
    output: () => output,
    ids: () => [...output.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid)),
    ended: new Promise((done) => child.once("exit", done)),
  };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 9_000; !condition(); await sleep(25)) {
    if (Date.now() > end) throw new Error(`Timed out: ${what}`);
  }
}

const gone = (ids: readonly number[]) => ids.every((pid) => birthOf(pid) === null);

test("npm start serves the built pages through it", () => {
  expect(webArguments(false, 3000)).toEqual([web]);
});

test("all processes answer at one port, and SIGTERM leaves none behind", async () => {
  const { child, output, ids, ended } = start(server, "3");
  await until(() => ids().length === 3, "three processes");
  const port = /port (\d+)/.exec(output())?.[1];
  const answers = new Set<string>();
  for (let asked = 0; asked < 6; asked += 1) {
    answers.add(await (await fetch(`http://127.0.0.1:${port}`)).text());
  }
  expect([...answers].map(Number).sort()).toEqual(ids().sort());
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(gone(ids())).toBe(true);
});

test("a process that crashes is replaced, and the others stay", async () => {
  const { ids, output } = start(server, "2");
  await until(() => ids().length === 2, "two processes");
  const [first = 0, second = 0] = ids();
  process.kill(first, "SIGKILL");
  await until(() => ids().length === 3, "a third");
  expect(output()).toContain("A web process ended (SIGKILL) and is started again.");
  expect(birthOf(second)).not.toBeNull();
});

test.runIf(existsSync("/dev/full"))("a line that cannot be written ends nothing", async () => {
  const full = openSync("/dev/full", "w");
  const { child, ids } = start(server, "2", { stderr: full });
  await until(() => ids().length === 2, "two processes");
  process.kill(ids()[0] ?? 0, "SIGKILL");
  await until(() => ids().length === 3, "a third");
  expect(child.exitCode).toBeNull();
  closeSync(full);
});

test("what the processes print is JSON, and what is preloaded here is not preloaded there", async () => {
  const preload = 'data:text/javascript,process.stdout.write(JSON.stringify("preloaded") + "\\n")';
  const { ids, output } = start(server, "2", { options: ["--import", preload] });
  await until(() => ids().length === 2, "two processes");
  const lines = output().trim().split("\n");
  expect(lines.map((line) => typeof JSON.parse(line))).toEqual(["string", "object", "object"]);
});

test.each(["SIGINT", "SIGHUP"] as const)("%s leaves no process behind either", async (signal) => {
  const { child, ids, ended } = start(server, "2");
  await until(() => ids().length === 2, "two processes");
  child.kill(signal);
  expect(await ended).toBe(0);
  expect(gone(ids())).toBe(true);
});

test("processes that keep crashing end all", async () => {
  const { ended, ids } = start(`${server} setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);`, "2");
  expect(await ended).toBe(1);
  expect(gone(ids())).toBe(true);
});

test("a server that refuses to start ends all at once", async () => {
  const { ended, output } = start('console.log("no database"); process.exit(1);', "2");
  expect(await ended).toBe(1);
  expect(output()).toContain("no database");
  expect(output()).not.toContain("started again");
});

test("a server that ends by itself when its start is long past is replaced", async () => {
  const ending = `${server} process.on("SIGUSR2", () => process.exit(1));`;
  const { child, ids, output } = start(ending, "2", { startingMs: 100 });
  await until(() => ids().length === 2, "two processes");
  const [first = 0, second = 0] = ids();
  await sleep(150);
  process.kill(first, "SIGUSR2");
  await until(() => ids().length === 3 || child.exitCode !== null, "a third");
  expect(output()).toContain("A web process ended (exit code 1) and is started again.");
  expect(birthOf(second)).not.toBeNull();
});

test("no process outlives one that was killed outright", async () => {
  const { child, ids } = start(server, "2");
  await until(() => ids().length === 2, "two processes");
  child.kill("SIGKILL");
  await until(() => gone(ids()), "the processes follow");
});

test("one that is deaf to SIGTERM is ended all the same", { timeout: 20_000 }, async () => {
  const { child, ids, ended } = start(
    `${server} process.removeAllListeners("SIGTERM");
    process.on("SIGTERM", () => {});`,
    "1",
  );
  await until(() => ids().length === 1, "the process");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(gone(ids())).toBe(true);
});

test("a count that is none is refused", async () => {
  const { ended, output } = start(server, "many");
  expect(await ended).toBe(1);
  expect(output()).toContain("POSTURIO_WEB_PROCESSES");
});
