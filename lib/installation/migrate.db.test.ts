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
  migrate({ adminUrl: database.superuserUrl, ownerUrl, appUrl: onDatabase(database.appUrl, name), root });
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

test("a migration that fails leaves nothing of itself, and goes through once it is mended", async () => {
  write({ "1_first": first, "2_broken": "CREATE TABLE two (a int); SELECT 1 / 0;" });
  await expect(run()).rejects.toThrow("division by zero");
  expect(await rows("SELECT to_regclass('two') AS two, to_regclass('one')::text AS one")).toEqual([
    { two: null, one: "one" },
  ]);
  write({ "1_first": first, "2_broken": "CREATE TABLE two (a int);" });
  expect(await run()).toEqual(["2_broken"]);
  expect(await run()).toEqual([]);
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
    adminUrl: database.superuserUrl,
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
