import { createHash, randomUUID } from "node:crypto";
import type { Client } from "pg";
import { Refusal } from "./refusal";

export type Migration = { name: string; sql: string };

/** Prisma's own ledger, column for column, so that its commands see the same history. */
const createLedger = `
CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the migrations that the database has not seen, in order, each in one transaction with its line in the
 * ledger: a process killed at any instant leaves a migration wholly applied or not at all. Returns the names just
 * applied. The caller holds the lock, on this connection.
 *
 * Throws before it applies anything when a migration was changed after the database applied it, and with the name and
 * the line of one that fails.
 */
export async function applyMigrations(client: Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(createLedger);
  // Unfinished lines are of versions that wrote the line first; they rolled the migration itself back whole.
  await client.query(
    "UPDATE public._prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    "SELECT migration_name, checksum FROM public._prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  for (const migration of migrations) refuseChanged(migration, applied.get(migration.name));
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await applyOne(client, migration);
  return missing.map(({ name }) => name);
}

async function applyOne(client: Client, { name, sql }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksumOf(sql), name],
    );
    await client.query("COMMIT");
  } catch (error) {
    // A broken connection has rolled back already and cannot answer.
    await client.query("ROLLBACK").catch(() => undefined);
    const { message, position } = error as Error & { position?: string };
    const line =
      position === undefined ? "" : ` at line ${sql.slice(0, Number(position)).split("\n").length}`;
    throw new Refusal(`Migration ${name} failed${line} and was undone: ${message}`, { cause: error });
  }
}

/** Line breaks do not count: Git may have written the file with others. */
function refuseChanged({ name, sql }: Migration, recorded: string | undefined): void {
  const unix = sql.replaceAll("\r\n", "\n");
  const checksums = [sql, unix, unix.replaceAll("\n", "\r\n")].map(checksumOf);
  if (recorded === undefined || checksums.includes(recorded)) return;
  throw new Refusal(
    `Migration ${name} was changed after this database applied it. Restore its migration.sql, and put the change into a new migration.`,
  );
}

function checksumOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}
