import { expect, test, vi } from "vitest";
import { readOnce } from "./reader";
import { sql } from "./sql";
import { testDatabase } from "./testing/database";

const database = testDatabase();

const settings = sql`SELECT set_config('app.tenant_id', '00000000-0000-4000-8000-000000000000', true)`;

test("an idle connection that the database cuts ends no process that has only read", async () => {
  const uncaught = vi.fn();
  process.on("uncaughtException", uncaught);
  try {
    const [mine] = await readOnce<{ pid: number }[]>(settings, sql`SELECT pg_backend_pid() AS pid`);
    await database.sql("SELECT pg_terminate_backend($1)", [mine?.pid]);
    // The break is told to the idle connection, not to the next statement.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [next] = await readOnce<{ pid: number }[]>(settings, sql`SELECT pg_backend_pid() AS pid`);
    expect(next?.pid).not.toBe(mine?.pid);
    expect(uncaught).not.toHaveBeenCalled();
  } finally {
    process.off("uncaughtException", uncaught);
  }
});
