import { setTimeout as sleep } from "node:timers/promises";
import { withClient } from "@/lib/db/with-client";
import type { TestDatabase } from "./database";

/**
 * Runs works that insert into a table at the same moment: the database holds every insert until so many statements
 * wait, for it or for each other. What counts before it inserts, or after, without a lock of its own, then counts wrong
 * at every run and not at one in a hundred.
 */
export async function heldInserts<T>(
  database: TestDatabase,
  table: "invites" | "api_tokens" | "accounts",
  waiting: number,
  works: () => Promise<T>[],
): Promise<PromiseSettledResult<T>[]> {
  await database.sql(`
    CREATE FUNCTION held_insert() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END $$;
    CREATE TRIGGER held_insert BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION held_insert()`);
  try {
    return await withClient(database.superuserUrl, async (client) => {
      await client.query("SELECT pg_advisory_lock(4711)");
      const settled = Promise.allSettled(works());
      for (let held = 0; held < waiting; await sleep(10)) {
        const { rows } = await client.query<{ held: number }>(
          `SELECT count(*)::int AS held FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        held = rows[0]?.held ?? 0;
      }
      await client.query("SELECT pg_advisory_unlock(4711)");
      return settled;
    });
  } finally {
    await database.sql("DROP FUNCTION held_insert CASCADE");
  }
}
