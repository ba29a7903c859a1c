import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assertCatalog } from "@/lib/db/catalog";
import { testDatabase } from "@/lib/db/testing/database";
import { onDatabase } from "@/lib/db/testing/on-database";
import { withClient } from "@/lib/db/with-client";
import { postgresFolder } from "@/scripts/postgres.mjs";
import { startEmbeddedPostgres } from "./embedded";
import { homeFor, serverUser } from "./embedded-files";
import { explainFailure } from "./explain-failure";
import { migrate } from "./migrate";
import { waitForDatabase } from "./wait-for-database";

// The program itself, as an operator runs it: what it says when it cannot do its work.

const database = testDatabase();
const name = `posturio_refusals_${Math.random().toString(36).slice(2)}_test`;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-migrate-"));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

const addresses = () => ({
  DATABASE_ADMIN_URL: database.adminUrl,
  DATABASE_OWNER_URL: onDatabase(database.ownerUrl, name),
  DATABASE_URL: onDatabase(database.appUrl, name),
  DATABASE_AUTH_URL: onDatabase(database.authUrl, name),
  DATABASE_KEEPER_URL: onDatabase(database.keeperUrl, name),
});

interface End {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

function migrateProgram(env: Record<string, string>, args: readonly string[] = []): Promise<End> {
  const child = spawn(process.execPath, ["--import", "tsx", "bin/migrate.ts", ...args], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let said = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, said })));
}

function expectRefusal({ code, out, said }: End, expected: number, ...parts: string[]) {
  for (const part of parts) expect(said).toContain(part);
  expect(said).not.toMatch(/\n\s+at /);
  expect({ code, out }).toEqual({ code: expected, out: "" });
}

const withPassword = (url: string, password: string) => Object.assign(new URL(url), { password }).href;

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("the migrate step says what is missing or wrong", () => {
  test("addresses that are not set, all of them at once", async () => {
    expectRefusal(await migrateProgram({}), 64, "DATABASE_OWNER_URL is not set");
    const { DATABASE_ADMIN_URL } = addresses();
    expectRefusal(
      await migrateProgram({ DATABASE_ADMIN_URL }),
      64,
      "DATABASE_OWNER_URL and DATABASE_URL are not set",
    );
    expectRefusal(
      await migrateProgram({}, ["--roles-only"]),
      64,
      "DATABASE_ADMIN_URL and DATABASE_OWNER_URL and DATABASE_URL are not set",
    );
    expectRefusal(await migrateProgram(addresses(), ["--role-only"]), 64, "Unknown: --role-only");
  });

  test("an address that is no URL, and one of another role", async () => {
    const broken = { ...addresses(), DATABASE_OWNER_URL: "db.example.com" };
    expectRefusal(await migrateProgram(broken), 1, "as posturio_owner is not a URL");
    const swapped = { ...addresses(), DATABASE_URL: addresses().DATABASE_OWNER_URL };
    expectRefusal(await migrateProgram(swapped), 1, 'expected "posturio_app"');
  });

  test("a wrong password, without waiting and without showing it", async () => {
    const began = Date.now();
    const end = await migrateProgram({
      ...addresses(),
      DATABASE_ADMIN_URL: withPassword(addresses().DATABASE_ADMIN_URL, "not-the-password"),
    });
    expectRefusal(
      end,
      1,
      "does not let postgres in: password authentication failed",
      "Correct the user name",
    );
    expect(end.said).not.toContain("not-the-password");
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  test("a database that does not exist", async () => {
    const { DATABASE_OWNER_URL } = addresses();
    expectRefusal(await migrateProgram({ DATABASE_OWNER_URL }), 1, `has no database "${name}"`);
  });

  test("an administrator who is none", async () => {
    const end = await migrateProgram({
      ...addresses(),
      DATABASE_ADMIN_URL: database.ownerUrl,
    });
    expectRefusal(end, 1, "SQLSTATE 42501", "name one in DATABASE_ADMIN_URL");
  });
});

test("the roles alone are created without a database", async () => {
  const end = await migrateProgram(addresses(), ["--roles-only"]);
  expect({ code: end.code, said: end.said }).toEqual({ code: 0, said: "" });
  expect(end.out).toContain("Restore the backup next");
  expect(await database.sql("SELECT 1 FROM pg_database WHERE datname = $1", [name])).toEqual([]);
});

test("a server that starts meanwhile is waited for", async () => {
  const port = await closedPort();
  const dataDir = join(folder, "late");
  const at = (url: string) => Object.assign(new URL(url), { port: String(port) }).href;
  const waiting: string[] = [];
  const starting = sleep(1_500).then(() => startEmbeddedPostgres({ dataDir, port, temporary: true }));
  // The password is not known before the server is there: one that is refused has been asked.
  const answer = waitForDatabase(at(database.superuserUrl), 30_000, (text) => waiting.push(text));
  await expect(answer).rejects.toThrow("does not let postgres in");
  expect(waiting).toHaveLength(1);
  expect(waiting[0]).toContain(`PostgreSQL does not answer at 127.0.0.1:${port} (ECONNREFUSED)`);
  const server = await starting;
  await waitForDatabase(server.superuserUrl, 5_000, () => undefined);
  await server.stop();
  rmSync(homeFor(dataDir, serverUser()), { recursive: true, force: true });
});

test("a server that never answers is given up, at a name with several addresses too", async () => {
  const port = await closedPort();
  const began = Date.now();
  const answer = waitForDatabase(
    `postgresql://postgres:x@localhost:${port}/postgres`,
    1_000,
    () => undefined,
  );
  await expect(answer).rejects.toThrow(
    `PostgreSQL does not answer at localhost:${port} (ECONNREFUSED). Check that it runs and that the address is right.`,
  );
  expect(Date.now() - began).toBeLessThan(5_000);
});

const mounts =
  serverUser() !== null &&
  spawnSync("sh", ["-c", "d=$(mktemp -d) && mount -t tmpfs -o size=16k tmpfs $d && umount $d"]).status === 0;

test.runIf(mounts)("a disk that is full, and goes on where it stopped once there is room", async () => {
  const dataDir = join(folder, "full");
  const home = homeFor(dataDir, serverUser());
  expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=90m,mode=711", "tmpfs", home]).status).toBe(0);
  const server = await startEmbeddedPostgres({ dataDir });
  const env = {
    DATABASE_ADMIN_URL: server.superuserUrl,
    DATABASE_OWNER_URL: server.ownerUrl,
    DATABASE_URL: server.appUrl,
  };
  try {
    spawnSync("dd", ["if=/dev/zero", `of=${join(home, "filler")}`]);
    const end = await migrateProgram(env);
    expectRefusal(
      end,
      1,
      "No space left on device",
      "Free space on the volume of PostgreSQL and run this step again",
    );
    rmSync(join(home, "filler"));
    expect((await migrateProgram(env)).out).toContain("Applied ");
  } finally {
    await server.stop();
    spawnSync("umount", [home]);
    rmSync(home, { recursive: true, force: true });
  }
});

test("a server that ends in the middle is said, and leaves nothing half done", async () => {
  const dataDir = join(folder, "ends");
  const server = await startEmbeddedPostgres({ dataDir, temporary: true });
  const running = migrate({
    adminUrl: server.superuserUrl,
    ownerUrl: server.ownerUrl,
    appUrl: server.appUrl,
  });
  const said = running.then(() => "", explainFailure);
  await withClient(server.superuserUrl, async (client) => {
    const migrating = "SELECT pid FROM pg_stat_activity WHERE usename = 'posturio_owner'";
    for (const end = Date.now() + 15_000; Date.now() < end; await sleep(5)) {
      if ((await client.query(migrating)).rowCount !== 0) break;
    }
    await client.query(`SELECT pg_terminate_backend(pid) FROM (${migrating}) AS s`);
  });
  expect(await said).toMatch(
    /Run this step again once the server is back; nothing of an interrupted migration/,
  );
  await server.stop();
});

const old = postgresFolder(14);

// Installed by `npm test`, or by `node scripts/postgres.mjs 14`.
test.runIf(old !== null)("a server of a version that is not supported, to the processes too", async () => {
  const dataDir = join(folder, "old");
  const server = await startEmbeddedPostgres({ dataDir, temporary: true, native: old ?? "" });
  const end = await migrateProgram({
    DATABASE_ADMIN_URL: server.superuserUrl,
    DATABASE_OWNER_URL: server.ownerUrl,
    DATABASE_URL: server.appUrl,
  });
  expectRefusal(
    end,
    1,
    "This server is PostgreSQL 14; Posturio runs on PostgreSQL 15 to 18. Upgrade the server.",
  );
  await expect(assertCatalog(server.superuserUrl)).rejects.toThrow("This server is PostgreSQL 14");
  await server.stop();
});
