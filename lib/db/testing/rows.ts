import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

export type Row = Record<string, unknown>;

export type TenantTable = {
  name: string;
  key: string[];
  columns: { name: string; type: string; isRequired: boolean; allowed: string[] }[];
  foreignKeys: { columns: string[]; table: string; parentColumns: string[] }[];
};

/**
 * Every table with row-level security, read from the catalog, parents before children. No list is kept by hand.
 * Partitions are reached through their tables; a test of their own shows that they are closed.
 */
export async function tenantTables(client: Client): Promise<TenantTable[]> {
  const { rows } = await client.query<TenantTable>(`
    SELECT c.relname AS name,
      (SELECT json_agg(a.attname ORDER BY k.o) FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(n, o)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
      (SELECT json_agg(json_build_object('name', a.attname, 'type', a.atttypid::regtype::text,
          'isRequired', a.attnotnull,
          'allowed', (SELECT coalesce(json_agg(m[1]), '[]') FROM pg_constraint q
            CROSS JOIN regexp_matches(pg_get_constraintdef(q.oid), '''([^'']+)''::text', 'g') m
            WHERE q.conrelid = c.oid AND q.contype = 'c' AND q.conkey = ARRAY[a.attnum])) ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          AND a.attgenerated = '') AS columns,
      (SELECT coalesce(json_agg(json_build_object(
          'columns', (SELECT json_agg(a.attname ORDER BY k.o) FROM unnest(f.conkey) WITH ORDINALITY k(n, o)
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.n),
          'table', f.confrelid::regclass::text,
          'parentColumns', (SELECT json_agg(a.attname ORDER BY k.o) FROM unnest(f.confkey) WITH ORDINALITY k(n, o)
            JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.n))), '[]')
        FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f') AS "foreignKeys"
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relrowsecurity AND NOT c.relispartition
    ORDER BY c.relname`);
  // Who may enter is no tenant's table, and there already.
  const isThere = (name: string) => !rows.some((table) => table.name === name);
  const sorted: TenantTable[] = [];
  while (sorted.length < rows.length) {
    const ready = rows.filter(
      (table) =>
        !sorted.includes(table) &&
        table.foreignKeys.every(
          (key) =>
            key.table === table.name || isThere(key.table) || sorted.some(({ name }) => name === key.table),
        ),
    );
    if (ready.length === 0) {
      throw new Error("The foreign keys of the tenant tables go in a circle");
    }
    sorted.push(...ready);
  }
  return sorted;
}

/** What a row may point at before any is inserted: the membership of whom the context is. */
export function firstParents(ctx: TenantContext): Map<string, Row> {
  const userId = ctx.principal.type === "user" ? ctx.principal.userId : null;
  return new Map([["memberships", { tenant_id: ctx.tenantId, user_id: userId }]]);
}

let counter = 0;

/** A row for the table from its column types, pointing at the given parents. Throws for a type it does not know. */
export function fixture(table: TenantTable, tenantId: string, parents: ReadonlyMap<string, Row>): Row {
  const row: Row = {};
  for (const { name, type, allowed } of table.columns) {
    row[name] = allowed[0] ?? sampleOf(type, `CANARY-${tenantId}-${table.name}-${name}-${++counter}`);
  }
  for (const { columns, table: parent, parentColumns } of table.foreignKeys) {
    columns.forEach((column, index) => {
      row[column] = parents.get(parent)?.[parentColumns[index] ?? ""];
    });
  }
  return { ...row, tenant_id: tenantId };
}

function sampleOf(type: string, canary: string): unknown {
  switch (type) {
    case "uuid":
      return randomUUID();
    case "text":
      return canary;
    case "smallint":
      return 1;
    case "integer":
    case "bigint":
      return ++counter;
    case "boolean":
      return false;
    case "date":
      // The month of history: this one, for which there is a partition.
      return `${new Date().toISOString().slice(0, 7)}-01`;
    case "bytea":
      return Buffer.from(canary);
    case "timestamp with time zone":
      return new Date();
    case "jsonb":
      return JSON.stringify({ canary });
    case "uuid[]":
      return [randomUUID()];
    case "text[]":
      return [canary];
    case "smallint[]":
    case "integer[]":
      return [1];
    default:
      throw new Error(
        `No fixture is known for a column of type ${type}: add one, so that its table is walked`,
      );
  }
}

export async function insert(client: Client, table: TenantTable, row: Row, ending = ""): Promise<void> {
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${index + 1}`);
  await client.query(
    `INSERT INTO "${table.name}" (${names.map((name) => `"${name}"`).join(", ")}) VALUES (${places.join(", ")}) ${ending}`,
    Object.values(row),
  );
}
