/**
 * Writes the SQL of a new migration: the difference between the committed prisma/schema.prisma and the edited one.
 *
 *   npm run db:diff -- add_exceptions   # writes prisma/migrations/<time>_add_exceptions/migration.sql
 *   npm run -s db:diff                  # prints it
 *
 * Needs no database. What Prisma's schema cannot say (row-level security, policies, grants, checks, partial
 * indexes) is written by hand below the generated part, in the same file: a tenant table arrives with its policy.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { diffSchemas } from "@/lib/installation/schema-engine";

const schemaPath = "prisma/schema.prisma";
const name = process.argv[2];

function committedSchema(): string | null {
  if (process.argv.includes("--from-empty")) {
    return null;
  }
  return execFileSync("git", ["show", `HEAD:${schemaPath}`], { encoding: "utf8" });
}

const sql = await diffSchemas(committedSchema(), readFileSync(schemaPath, "utf8"));
if (name === undefined || name.startsWith("--")) {
  process.stdout.write(sql);
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = `prisma/migrations/${stamp}_${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, sql);
  process.stdout.write(`${folder}/migration.sql\n`);
}
