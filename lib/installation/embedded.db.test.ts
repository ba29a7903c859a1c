import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withClient } from "@/lib/db/with-client";
import { startEmbeddedPostgres } from "./embedded";
import { homeFor, serverUser } from "./embedded-files";
import { processBirth, runningPostmaster } from "./embedded-process";
import { migrate } from "./migrate";

// A directory that other users cannot enter, as a clone in /root is.
const closed = mkdtempSync(join(tmpdir(), "posturio-embedded-"));
chmodSync(closed, 0o700);
const dataDir = join(closed, "clone", ".posturio", "postgres");
const home = homeFor(dataDir, serverUser());

afterAll(() => {
  rmSync(closed, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

const count = (url: string) =>
  withClient(url, async (client) => (await client.query("SELECT a FROM kept")).rowCount);

/** Starts it in a process of its own, which prints the URL when it is up. */
async function startElsewhere(): Promise<{ child: ChildProcess; said: string }> {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(process.cwd(), "lib/installation/embedded.ts"))};
    startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} }).then(
      ({ superuserUrl }) => { console.log("up " + superuserUrl); setInterval(() => {}, 1000); },
      (error) => { console.log("refused " + error.message); process.exit(1); });`;
  const file = join(closed, "start.mts");
  writeFileSync(file, script);
  const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: ["ignore", "pipe", "inherit"] });
  const said = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (data) => resolve(String(data))),
  );
  return { child, said };
}

test("it starts under a closed directory, keeps its data, and leaves no process", async () => {
  const first = await startEmbeddedPostgres({ dataDir });
  await withClient(first.superuserUrl, (client) => client.query("CREATE TABLE kept AS SELECT 1 AS a"));
  await migrate({ adminUrl: first.superuserUrl, ownerUrl: first.ownerUrl, appUrl: first.appUrl });
  const pid = runningPostmaster(join(home, "data"));
  expect(pid).not.toBeNull();
  await first.stop();
  await first.stop();
  expect(processBirth(pid ?? 0)).toBeNull();

  const second = await startEmbeddedPostgres({ dataDir });
  expect(await count(second.superuserUrl)).toBe(1);
  await second.stop();
});

test("no password file is left behind and the secrets are the caller's alone", () => {
  expect(readdirSync(home)).not.toContain("password");
  expect(statSync(join(home, "secrets.json")).mode & 0o077).toBe(0);
  expect(statSync(join(home, "data")).mode & 0o077).toBe(0);
});

test("a server whose starter was killed is stopped and its data used again", async () => {
  const { child, said } = await startElsewhere();
  expect(said).toContain("up ");
  const orphan = runningPostmaster(join(home, "data"));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  expect(processBirth(orphan ?? 0)).not.toBeNull();

  const next = await startEmbeddedPostgres({ dataDir });
  expect(processBirth(orphan ?? 0)).toBeNull();
  expect(await count(next.superuserUrl)).toBe(1);
  await next.stop();
});

test("a server whose starter lives is not touched: the second start is refused", async () => {
  const running = await startEmbeddedPostgres({ dataDir });
  const { child, said } = await startElsewhere();
  const ended = child.exitCode ?? new Promise((resolve) => child.once("exit", resolve));
  expect(said).toContain("refused");
  expect(said).toContain(`in use by process ${process.pid}`);
  expect(await count(running.superuserUrl)).toBe(1);
  await running.stop();
  await ended;
});

test("a pid file that names a foreign process stops nothing", async () => {
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  writeFileSync(
    join(home, "data", "postmaster.pid"),
    `${stranger.pid}\n${join(home, "data")}\n1\n5432\n\n127.0.0.1\n`,
  );
  const server = await startEmbeddedPostgres({ dataDir });
  expect(stranger.exitCode).toBeNull();
  expect(await count(server.superuserUrl)).toBe(1);
  await server.stop();
  stranger.kill();
});

test("an initdb that was killed half-way is done again", async () => {
  const other = join(closed, "half");
  const otherHome = homeFor(other, serverUser());
  mkdirSync(join(otherHome, "data.partial"), { recursive: true });
  writeFileSync(join(otherHome, "data.partial", "PG_VERSION"), "18\n");
  const server = await startEmbeddedPostgres({ dataDir: other, temporary: true });
  await withClient(server.superuserUrl, (client) => client.query("SELECT 1"));
  await server.stop();
  expect(existsSync(otherHome)).toBe(false);
});

test("it listens on loopback alone and refuses a wrong password", async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  const shown = await withClient(
    server.superuserUrl,
    async (client) => (await client.query("SHOW listen_addresses")).rows,
  );
  expect(shown).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const wrong = server.superuserUrl.replace(/:[^:@/]+@/, ":wrong@");
  await expect(withClient(wrong, (client) => client.query("SELECT 1"))).rejects.toThrow(
    "password authentication failed",
  );
  await server.stop();
});

test("data that someone keeps is never used as temporary", async () => {
  await expect(startEmbeddedPostgres({ dataDir, temporary: true })).rejects.toThrow(
    "holds a database to keep",
  );
});
