import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { freePort } from "@/bench/free-port";
import { withClient } from "@/lib/db/with-client";
import { type OwnDatabase, ownDatabase, ownProcess, ownWeb, webEnvironment } from "./own-web";

// What an operator meets when settings, disk or log reader are not as they should be.

let database: OwnDatabase;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  database = await ownDatabase();
});
test.afterAll(() => database?.remove());

interface Line {
  readonly level: string;
  readonly message: string;
}

/** Every line must be JSON. */
function linesOf(output: string): Line[] {
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

const workerEnvironment = () => ({
  DATABASE_URL: database.appUrl,
  DATABASE_AUTH_URL: database.authUrl,
  DATABASE_KEEPER_URL: database.keeperUrl,
  POSTURIO_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "x".repeat(40),
});

test.describe("settings with which the product must not run", () => {
  const bad: readonly [string, Record<string, string>, RegExp][] = [
    ["a secret that is too short", { NEXTAUTH_SECRET: "short" }, /NEXTAUTH_SECRET/],
    ["no secret", { NEXTAUTH_SECRET: "" }, /NEXTAUTH_SECRET is not set/],
    [
      "the development secret",
      { NEXTAUTH_SECRET: "for-development-only-never-in-production" },
      /development secret/,
    ],
    ["no database", { DATABASE_URL: "" }, /DATABASE_URL is not set/],
    ["an address that is none", { POSTURIO_URL: "posturio" }, /POSTURIO_URL/],
    ["a number that is none", { POSTURIO_DATABASE_POOL: "many" }, /POSTURIO_DATABASE_POOL/],
  ];
  for (const [what, settings, names] of bad) {
    test(`web ends with a fatal line: ${what}`, async () => {
      const env = { ...webEnvironment(database, await freePort()), ...settings };
      const web = ownProcess(["bin/web.mjs"], env);
      expect(await web.ended).toBe(1);
      const fatal = linesOf(web.output()).filter(({ level }) => level === "fatal");
      expect(fatal.map(({ message }) => message).join()).toMatch(names);
      expect(web.output()).not.toContain("    at ");
    });
  }

  test("a worker without settings ends with one fatal line", async () => {
    const worker = ownProcess(["dist/worker.mjs"], {});
    expect(await worker.ended).toBe(1);
    const lines = linesOf(worker.output());
    expect(lines.map(({ level }) => level)).toEqual(["fatal"]);
    expect(lines[0]?.message).toContain("DATABASE_URL is not set");
  });
});

test("the log of a web server is JSON from its first line to its last", async () => {
  const web = await ownWeb(database);
  await fetch(`${web.url}/o/nobody/findings`);
  await web.stop();
  const lines = linesOf(web.output());
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter(({ level }) => !["info", "warn"].includes(level))).toEqual([]);
});

/** Runs a program through a shell, which decides where its output goes. */
function throughShell(command: string, env: Readonly<Record<string, string>>) {
  const child = spawn("sh", ["-c", command], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    stdio: "ignore",
    detached: true,
  });
  return {
    ended: new Promise<number | null>((resolve) => child.once("exit", resolve)),
    stop: () => process.kill(-(child.pid ?? 0), "SIGTERM"),
  };
}

/** Where output goes that nobody can take. Only Linux has a device that is always full. */
const sinks: readonly [string, (command: string) => string][] = [
  ["a full disk", (command) => `exec ${command} > /dev/full 2>&1`],
  [
    "a reader that has gone",
    (command) => `{ ${command}; echo $? > "$CODE"; } 2>&1 | true; while [ ! -s "$CODE" ]; do sleep 0.1; done`,
  ],
];

for (const [what, into] of sinks.filter(([what]) => what !== "a full disk" || existsSync("/dev/full"))) {
  test(`web goes on with ${what}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "posturio-sink-"));
    const port = await freePort();
    const web = throughShell(into("node bin/web.mjs"), {
      ...webEnvironment(database, port),
      CODE: join(folder, "code"),
    });
    const url = `http://localhost:${port}`;
    await expect(async () => expect((await fetch(`${url}/api/health/live`)).status).toBe(200)).toPass({
      timeout: 40_000,
    });
    // Refusals and failures, each with lines of the log.
    for (let n = 0; n < 20; n++) {
      expect((await fetch(`${url}/api/v1/accounts`)).status).toBe(401);
      expect((await fetch(`${url}/api/health`)).status).toBe(503);
    }
    expect((await fetch(`${url}/login`)).status).toBe(200);
    web.stop();
    await web.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  test(`a worker goes on with ${what}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "posturio-sink-"));
    const worker = throughShell(into("node dist/worker.mjs"), {
      ...workerEnvironment(),
      CODE: join(folder, "code"),
    });
    const beats = () =>
      withClient(database.superuserUrl, async (client) => {
        const { rows } = await client.query<{ n: string }>(
          "SELECT count(*) AS n FROM worker_heartbeats WHERE seen_at > now() - interval '4 seconds'",
        );
        return Number(rows[0]?.n);
      });
    await expect.poll(beats, { timeout: 30_000 }).toBe(1);
    await sleep(7_000);
    expect(await beats(), "it still beats").toBe(1);
    worker.stop();
    await worker.ended;
    rmSync(folder, { recursive: true, force: true });
  });
}

test("npm start goes on when nobody reads what it says", async () => {
  test.setTimeout(240_000);
  const home = mkdtempSync(join(tmpdir(), "posturio-start-"));
  const port = await freePort();
  const start = throughShell("node bin/start.mjs 2>&1 | true", {
    ...(process.env.HOME === undefined ? {} : { HOME: process.env.HOME }),
    POSTURIO_HOME: home,
    PORT: String(port),
  });
  try {
    await expect.poll(() => existsSync(join(home, "demo.json")), { timeout: 180_000 }).toBe(true);
    await sleep(1_000);
    expect((await fetch(`http://localhost:${port}/api/health`)).status).toBe(200);
  } finally {
    start.stop();
    await start.ended;
    await expect.poll(() => existsSync(join(home, "run.json")), { timeout: 30_000 }).toBe(false);
  }
  rmSync(home, { recursive: true, force: true });
});
