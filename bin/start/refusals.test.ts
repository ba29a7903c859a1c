import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

// `npm start` in a checkout that was never installed: what is wrong with its surroundings is said first, in a sentence.

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-refusals-"));
  // Other users read this checkout, as they do one in /opt.
  chmodSync(folder, 0o755);
  cpSync("bin", join(folder, "bin"), { recursive: true });
  cpSync("package.json", join(folder, "package.json"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface End {
  readonly code: number | null;
  readonly said: string;
}

function start(env: Record<string, string>, user: { uid?: number; gid?: number } = {}): Promise<End> {
  const child = spawn(process.execPath, ["bin/start.mjs"], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...user,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, said: said.trim() })));
}

function expectSentence({ code, said }: End, ...parts: (string | RegExp)[]) {
  expect(code).toBe(1);
  expect(said).not.toMatch(/\n\s+at /);
  expect(said.split("\n")).toHaveLength(1);
  for (const part of parts) expect(said).toMatch(part);
}

test("a home that belongs to somebody else", async () => {
  const home = join(folder, "closed");
  mkdirSync(home, { mode: 0o500 });
  // Root enters everywhere: it is nobody who must not.
  const end = await start({ POSTURIO_HOME: home }, isRoot ? { uid: nobody, gid: nobody } : {});
  expectSentence(end, home, "cannot be used by this user", "POSTURIO_HOME=");
});

test("secrets that belong to somebody else", async () => {
  const home = join(folder, "secret");
  mkdirSync(join(home, "logs"), { recursive: true });
  writeFileSync(join(home, "secrets.json"), "{}", { mode: isRoot ? 0o600 : 0o000 });
  chmodSync(home, 0o755);
  const end = await start({ POSTURIO_HOME: home }, isRoot ? { uid: nobody, gid: nobody } : {});
  expectSentence(end, join(home, "secrets.json"), "cannot be used by this user");
});

test("a home that is a file", async () => {
  writeFileSync(join(folder, "file"), "");
  expectSentence(await start({ POSTURIO_HOME: join(folder, "file") }), "is in the way", "POSTURIO_HOME");
});

test("secrets that were cut short are not replaced by new ones", async () => {
  const home = join(folder, "cut");
  mkdirSync(home);
  writeFileSync(join(home, "secrets.json"), '{"nextauthSecret": "ab');
  const end = await start({ POSTURIO_HOME: home });
  expectSentence(end, join(home, "secrets.json"), "is not JSON", "backup");
  expect(statSync(join(home, "secrets.json")).size).toBe(22);
});

test("a port that is taken, before anything is installed or built", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const end = await start({ POSTURIO_HOME: join(folder, "home"), PORT: String(port) });
  server.close();
  expectSentence(end, `Port ${port} is taken`, "PORT=3001 npm start");
  expectSentence(
    await start({ POSTURIO_HOME: join(folder, "home"), PORT: "http" }),
    "PORT=http is not a port",
  );
});

const small = () => join(folder, "small");
const mounts = isRoot && spawnSync("mount", ["--version"]).status === 0 && mountSmall();

/** A disk of 16 kB, where the system lets us have one. */
function mountSmall(): boolean {
  const probe = mkdtempSync(join(tmpdir(), "posturio-mount-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", probe]).status === 0;
  if (mounted) spawnSync("umount", [probe]);
  rmSync(probe, { recursive: true, force: true });
  return mounted;
}

test.runIf(mounts)("a full disk", async () => {
  mkdirSync(small());
  expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", small()]).status).toBe(0);
  try {
    mkdirSync(join(small(), "logs"));
    spawnSync("dd", ["if=/dev/zero", `of=${join(small(), "filler")}`]);
    expectSentence(await start({ POSTURIO_HOME: small() }), "The disk is full", "Free some space");
  } finally {
    spawnSync("umount", [small()]);
  }
});
