import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startEmbeddedPostgres } from "./embedded";
import { homeFor, serverUser } from "./embedded-files";

const isRoot = serverUser() !== null;
let folder = "";
let dataDir = "";
let home = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-refused-"));
});

beforeEach(() => {
  dataDir = join(folder, Math.random().toString(36).slice(2));
  home = homeFor(dataDir, serverUser());
});

afterEach(() => rmSync(home, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the start says; fails the test when it starts. */
async function refusal(): Promise<string> {
  const error = await startEmbeddedPostgres({ dataDir }).then(
    async (server) => {
      await server.stop();
      throw new Error("It started");
    },
    (reason: Error) => reason,
  );
  expect(error.name, error.message).toBe("Refusal");
  return error.message;
}

test("data of another major version is not touched", async () => {
  mkdirSync(join(home, "data"));
  writeFileSync(join(home, "data", "PG_VERSION"), "17\n");
  expect(await refusal()).toMatch(
    /The data in .* is of PostgreSQL 17, and this version of Posturio brings PostgreSQL 18\. Start the version/,
  );
  expect(readFileSync(join(home, "data", "PG_VERSION"), "utf8")).toBe("17\n");
});

test("data that others may read is refused at once, with the command that closes it", async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  await server.stop();
  chmodSync(join(home, "data"), 0o777);
  const began = Date.now();
  expect(await refusal()).toContain(`chmod 700 ${home}/data`);
  // Five attempts, which would change nothing, take longer.
  expect(Date.now() - began).toBeLessThan(5_000);
  spawnSync("chmod", ["700", join(home, "data")]);
  await (await startEmbeddedPostgres({ dataDir })).stop();
});

test.runIf(isRoot)("data of another user is refused", async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  await server.stop();
  chownSync(join(home, "data"), 1, 1);
  expect(await refusal()).toMatch(/belongs to another user|cannot be written/);
});

test("passwords that were cut short are not replaced", async () => {
  writeFileSync(join(home, "secrets.json"), '{"superuser": "a');
  expect(await refusal()).toContain("is not JSON. Put back the copy");
  expect(existsSync(join(home, "data"))).toBe(false);
});

const mounts =
  isRoot &&
  spawnSync("sh", ["-c", "d=$(mktemp -d) && mount -t tmpfs -o size=16k tmpfs $d && umount $d"]).status === 0;

test.runIf(mounts)("a disk that is full at the first start, and has room at the second", async () => {
  const options = ["-o", "size=8m,mode=711"];
  expect(spawnSync("mount", ["-t", "tmpfs", ...options, "tmpfs", home]).status).toBe(0);
  try {
    expect(await refusal()).toContain("The disk is full: the embedded database in");
    spawnSync("mount", ["-o", "remount,size=200m", home]);
    await (await startEmbeddedPostgres({ dataDir })).stop();
  } finally {
    spawnSync("umount", [home]);
  }
});
