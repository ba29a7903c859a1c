import { expect, test } from "vitest";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { Prisma } from "./generated/client";
import type { IdentityModel } from "./identity-db";
import { testDatabase } from "./testing/database";

const database = testDatabase();

const identityModels: ReadonlySet<string> = new Set<IdentityModel>([
  "organization",
  "user",
  "session",
  "passwordReset",
  "knownBrowser",
  "membership",
  "invite",
  "apiToken",
  "rateLimit",
]);

// A diff from a live database is beyond the WASM engine, so drift between schema.prisma and the migrations shows here:
// the client names every column it knows, and the database every column it has.
test("the migrated database has every column the client asks for", async () => {
  const ctx = await database.makeOrganization("Acme");
  const models = Object.values(Prisma.ModelName);
  expect(models.length).toBeGreaterThanOrEqual(22);
  for (const model of models) {
    const delegate = model.charAt(0).toLowerCase() + model.slice(1);
    await withTenant(ctx, async (db) => {
      const isIdentity = identityModels.has(delegate);
      const table = isIdentity ? database.identity[delegate as "user"] : db[delegate as "account"];
      const rows = (table as typeof db.account).findMany({ take: 1 });
      await expect(rows, model).resolves.toBeInstanceOf(Array);
    });
  }
});

test("the client knows every table and column of the database", async () => {
  const columns = await database.sql<{ name: string }>(`
    SELECT c.relname || '.' || a.attname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> '_prisma_migrations'`);
  const { readFile } = await import("node:fs/promises");
  const schema = await readFile("prisma/schema.prisma", "utf8");
  const known = new Set<string>();
  for (const [, body = ""] of schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)) {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    for (const line of body.split("\n")) {
      const field = /^ {2}(\w+) +([A-Z]\w*)/.exec(line);
      if (field !== null && !/^ {2}\w+ +[A-Z]\w*(\[\]|\?)? *($|@relation)/.test(line)) {
        known.add(`${table}.${/@map\("(\w+)"\)/.exec(line)?.[1] ?? field[1]}`);
      } else if (
        field !== null &&
        /^(String|Int|Boolean|DateTime|Json|Bytes)$/.test(field[2] ?? "") &&
        !line.includes("@relation")
      ) {
        known.add(`${table}.${field[1]}`);
      }
    }
  }
  expect(columns.map(({ name }) => name).sort()).toEqual([...known].sort());
});
