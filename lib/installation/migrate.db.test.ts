import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { onDatabase } from "@/lib/db/testing/on-database";
import { withClient } from "@/lib/db/with-client";
import { migrate } from "./migrate";
import { diffSchemas } from "./schema-engine";

const database = testDatabase();
let root = "";
let name = "";
let ownerUrl = "";

/** Writes migrations of our own, so that a failing one can be shown. */
function write(migrations: Record<string, string>) {
  rmSync(join(root, "prisma"), { recursive: true, force: true });
  for (const [folder, sql] of Object.entries(migrations)) {
    mkdirSync(join(root, "prisma", "migrations", folder), { recursive: true });
    writeFileSync(join(root, "prisma", "migrations", folder, "migration.sql"), sql);
  }
}

const run = () =>
  migrate({ adminUrl: database.adminUrl, ownerUrl, appUrl: onDatabase(database.appUrl, name), root });
const rows = (sql: string) => withClient(ownerUrl, async (client) => (await client.query(sql)).rows);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "posturio-migrate-"));
  name = `posturio_migrate_${Math.random().toString(36).slice(2)}_test`;
  ownerUrl = onDatabase(database.ownerUrl, name);
});

afterEach(async () => {
  rmSync(root, { recursive: true, force: true });
  await database.sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

const first = "CREATE TABLE one (a int);\n-- a semicolon; in a comment\nINSERT INTO one VALUES (1);";

test("migrations are applied once, in order, and written into Prisma's ledger", async () => {
  write({ "1_first": first, "2_second": "ALTER TABLE one ADD b text DEFAULT ';'" });
  expect(await run()).toEqual(["1_first", "2_second"]);
  expect(await run()).toEqual([]);
  expect(await rows("SELECT a, b FROM one")).toEqual([{ a: 1, b: ";" }]);
  const ledger = await rows(
    "SELECT migration_name, finished_at IS NOT NULL AS finished, length(checksum) AS sum FROM _prisma_migrations ORDER BY 1",
  );
  expect(ledger).toEqual([
    { migration_name: "1_first", finished: true, sum: 64 },
    { migration_name: "2_second", finished: true, sum: 64 },
  ]);
});

test("a migration that fails leaves nothing of itself, and is applied once it is repaired", async () => {
  write({ "1_first": first, "2_broken": "CREATE TABLE two (a int);\nSELECT 1 / 0;" });
  await expect(run()).rejects.toThrow("Migration 2_broken failed and was undone: division by zero");
  expect(await rows("SELECT to_regclass('two') AS two, to_regclass('one')::text AS one")).toEqual([
    { two: null, one: "one" },
  ]);
  write({ "1_first": first, "2_broken": "CREATE TABLE two (a int);" });
  expect(await run()).toEqual(["2_broken"]);
  expect(await run()).toEqual([]);
});

test("an error names the line of the script", async () => {
  write({ "1_first": first, "2_broken": "CREATE TABLE two (a int);\n\nSELECT nothing FROM two;" });
  await expect(run()).rejects.toThrow('Migration 2_broken failed at line 3 and was undone: column "nothing"');
});

test("a migration that was changed after it was applied is refused before anything new is applied", async () => {
  write({ "1_first": first });
  await run();
  write({ "1_first": `${first} `, "2_second": "CREATE TABLE two (a int)" });
  await expect(run()).rejects.toThrow("Migration 1_first was changed after this database applied it");
  expect(await rows("SELECT to_regclass('two') AS two")).toEqual([{ two: null }]);
  write({ "1_first": first.replaceAll("\n", "\r\n"), "2_second": "CREATE TABLE two (a int)" });
  expect(await run()).toEqual(["2_second"]);
});

test("a line that an earlier version left unfinished is marked as rolled back, and the migration is applied", async () => {
  write({ "1_first": first });
  await run();
  await rows(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', '${"0".repeat(64)}', '2_second')`,
  );
  write({ "1_first": first, "2_second": "CREATE TABLE two (a int)" });
  expect(await run()).toEqual(["2_second"]);
  const ledger = await rows(
    "SELECT rolled_back_at IS NOT NULL AS back, finished_at IS NOT NULL AS done FROM _prisma_migrations WHERE migration_name = '2_second' ORDER BY done",
  );
  expect(ledger).toEqual([
    { back: true, done: false },
    { back: false, done: true },
  ]);
});

test("the ledger is Prisma's, with its checksum", async () => {
  write({ "1_first": first });
  await run();
  // As Prisma 7.10 wrote it for this script.
  const columns = await rows(
    "SELECT string_agg(column_name || ' ' || udt_name || coalesce(character_maximum_length::text, ''), ', ' ORDER BY ordinal_position) AS of FROM information_schema.columns WHERE table_name = '_prisma_migrations'",
  );
  expect(columns).toEqual([
    {
      of: "id varchar36, checksum varchar64, finished_at timestamptz, migration_name varchar255, logs text, rolled_back_at timestamptz, started_at timestamptz, applied_steps_count int4",
    },
  ]);
  expect(await rows("SELECT checksum, applied_steps_count AS steps FROM _prisma_migrations")).toEqual([
    { checksum: createHash("sha256").update(first).digest("hex"), steps: 1 },
  ]);
});

test("a process that ends in the middle of a migration leaves nothing of it", async () => {
  write({ "1_first": first });
  await run();
  write({
    "1_first": first,
    "2_killed": "CREATE TABLE two (a int); SELECT pg_terminate_backend(pg_backend_pid());",
  });
  await expect(run()).rejects.toThrow("Migration 2_killed failed and was undone");
  expect(await rows("SELECT to_regclass('two') AS two")).toEqual([{ two: null }]);
  write({ "1_first": first, "2_killed": "CREATE TABLE two (a int);" });
  expect(await run()).toEqual(["2_killed"]);
});

test("a function body with semicolons is one statement", async () => {
  write({
    "1_function":
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$; SELECT f();",
  });
  await run();
  expect(await rows("SELECT f() AS f")).toEqual([{ f: 2 }]);
});

test("two at once apply each migration once", async () => {
  write({ "1_first": first });
  await run();
  write({ "1_first": first, "2_second": "INSERT INTO one VALUES (2)" });
  const applied = await Promise.all([run(), run()]);
  expect(applied.flat()).toEqual(["2_second"]);
  expect(await rows("SELECT a FROM one ORDER BY 1")).toEqual([{ a: 1 }, { a: 2 }]);
});

test("the product's role uses the queue's schema and cannot change it", async () => {
  write({ "1_first": first });
  await run();
  const appUrl = onDatabase(database.appUrl, name);
  await withClient(appUrl, async (client) => {
    await client.query("SELECT * FROM bullmq.migration");
    await expect(client.query("CREATE TABLE bullmq.x (a int)")).rejects.toThrow("permission denied");
    await expect(client.query("DELETE FROM bullmq.migration")).rejects.toThrow("permission denied");
    await expect(client.query("SELECT * FROM one")).rejects.toThrow("permission denied");
  });
});

test("URLs that name other roles are refused", async () => {
  const appUrl = onDatabase(database.appUrl, name);
  const refusal = migrate({
    adminUrl: database.adminUrl,
    ownerUrl: onDatabase(database.superuserUrl, name),
    appUrl,
  });
  await expect(refusal).rejects.toThrow('expected "posturio_owner"');
});

test("the SQL of a new migration is written without a database", async () => {
  const head = 'datasource db {\n  provider = "postgresql"\n}\n';
  const before = `${head}model A {\n  id Int @id\n}\n`;
  const after = `${head}model A {\n  id Int @id\n  name String?\n}\n`;
  expect(await diffSchemas(null, before)).toContain('CREATE TABLE "A"');
  expect(await diffSchemas(before, after)).toContain('ALTER TABLE "A" ADD COLUMN     "name" TEXT');
  expect(await diffSchemas(after, after)).not.toContain("TABLE");
});
