import type { TestDatabase } from "./database";

/**
 * A digest of every row of every table, but for how often and when somebody asked, and for lines of the audit log with
 * the action `remembers`.
 */
export async function everything(database: TestDatabase, remembers = ""): Promise<Record<string, string>> {
  const tables = await database.sql<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'rate_limits'
     ORDER BY 1`,
  );
  const parts = tables.map(
    ({ name }) => `SELECT '${name}' AS name, coalesce(md5(string_agg(row, ',' ORDER BY row)), '') AS digest
      FROM (SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM public."${name}" t
            ${name === "audit_log" ? "WHERE action <> $1" : "WHERE $1 <> '-'"}) rows`,
  );
  const rows = await database.sql<{ name: string; digest: string }>(parts.join(" UNION ALL "), [remembers]);
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}
