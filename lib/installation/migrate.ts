import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_SCHEMA, runMigrations } from "bullmq";
import { type Client, escapeIdentifier } from "pg";
import { installationRoot } from "@/lib/db/installation-root";
import { withClient } from "@/lib/db/with-client";
import { applyMigrations, type Migration } from "./apply-migrations";
import { appRole, ensureRoles, keeperRole } from "./roles";

export type MigrateInput = {
  /** Superuser; when given, roles and database are created first. An operator may have created them instead. */
  adminUrl?: string | undefined;
  ownerUrl: string;
  /** Needed with `adminUrl` alone: it carries the password of the product's role. */
  appUrl?: string | undefined;
  /** With `adminUrl` alone: the password of the role that keeps the history. */
  keeperUrl?: string | undefined;
  /** Folder that holds prisma/; found from the working directory or this file when absent. */
  root?: string | undefined;
};

/**
 * Brings database and queue schema up to date as the owner; does nothing when they are. Returns the names of the
 * migrations applied. Of two at once the second waits for the first.
 */
export async function migrate(input: MigrateInput): Promise<string[]> {
  if (input.adminUrl !== undefined) {
    if (input.appUrl === undefined) {
      throw new Error("Creating the roles needs the product's database URL too");
    }
    const { adminUrl, ownerUrl, appUrl, keeperUrl } = input;
    await ensureRoles({ adminUrl, ownerUrl, appUrl, keeperUrl });
  }
  return withClient(input.ownerUrl, async (client) => {
    for (const role of [appRole, keeperRole]) {
      const found = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
      if (found.rowCount === 0) {
        throw new Error(
          `The role ${role} is missing. Create it as docs/operations.md says, or set DATABASE_ADMIN_URL.`,
        );
      }
    }
    // Held by this session, so that it ends with the process whatever happens.
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    const applied = await applyMigrations(client, readMigrations(input.root ?? installationRoot()));
    await migrateQueue(client);
    return applied;
  });
}

/** Any number that no other lock in this database uses. */
const migrationLock = 7_026_112_219;

/** The queue's tables hold ids alone (tenant and scan): hints, never obligations. */
async function migrateQueue(client: Client): Promise<void> {
  await runMigrations(client, DEFAULT_SCHEMA);
  const schema = escapeIdentifier(DEFAULT_SCHEMA);
  await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${appRole}`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${appRole}`);
  await client.query(`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${appRole}`);
  await client.query(`GRANT EXECUTE ON ALL ROUTINES IN SCHEMA ${schema} TO ${appRole}`);
  await client.query(`REVOKE INSERT, UPDATE, DELETE ON ${schema}.migration FROM ${appRole}`);
}

function readMigrations(root: string): Migration[] {
  const folder = join(root, "prisma", "migrations");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, "migration.sql"), "utf8") }));
}
