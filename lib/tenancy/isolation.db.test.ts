import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import {
  firstParents,
  fixture,
  insert,
  type Row,
  type TenantTable,
  tenantTables,
} from "@/lib/db/testing/rows";
import { withClient } from "@/lib/db/with-client";

const database = testDatabase();
const tables = await withClient(database.superuserUrl, tenantTables);
const a = { tenantId: "", rows: new Map<string, Row>() };
const b = { tenantId: "", rows: new Map<string, Row>() };

/** What happened: rows touched, or the SQLSTATE. */
type Outcome = number | string;

const denied = "42501";
const brokenReference = "23503";

/** Runs SQL as the product's role bound to a tenant, and takes it back afterwards unless it is to stay. */
async function as(
  tenantId: string,
  work: (client: Client) => Promise<{ rowCount: number | null } | undefined>,
  stays = false,
): Promise<Outcome> {
  return withClient(database.appUrl, async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.tenant_id', $1, true)", [tenantId]);
    try {
      const result = await work(client);
      await client.query(stays ? "COMMIT" : "ROLLBACK");
      return result?.rowCount ?? 0;
    } catch (error) {
      return String((error as { code?: string }).code);
    }
  });
}

function whereKey(table: TenantTable, row: Row): { text: string; values: unknown[] } {
  return {
    text: table.key.map((name, index) => `"${name}" = $${index + 1}`).join(" AND "),
    values: table.key.map((name) => row[name]),
  };
}

async function digest(tenantId: string): Promise<string> {
  const parts: string[] = [];
  for (const table of tables) {
    const found = await database.sql(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS md5 FROM "${table.name}" t WHERE tenant_id = $1`,
      [tenantId],
    );
    parts.push(`${table.name} ${found[0]?.["md5"]}`);
  }
  return parts.join("\n");
}

let before = "";

beforeAll(async () => {
  for (const side of [a, b]) {
    const ctx = await database.makeOrganization(side === a ? "Acme" : "Beta");
    side.tenantId = ctx.tenantId;
    for (const [name, row] of firstParents(ctx)) side.rows.set(name, row);
    for (const table of tables) {
      const row = fixture(table, side.tenantId, side.rows);
      expect(await as(side.tenantId, async (client) => void (await insert(client, table, row)), true)).toBe(
        0,
      );
      side.rows.set(table.name, row);
    }
  }
  before = await digest(a.tenantId);
  expect(before).not.toContain("null");
});

test("the walk covers the product's tenant tables", () => {
  expect(tables.length).toBeGreaterThanOrEqual(16);
});

test("a partition is closed to the product's role, and bound to one tenant even for the role that owns it", async () => {
  const partitions = await database.sql<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relispartition AND relkind = 'r' AND relname ~ $1",
    [new Date().toISOString().slice(0, 7).replace("-", "_")],
  );
  expect(partitions).toHaveLength(9);
  for (const { name } of partitions) {
    expect(await as(a.tenantId, (client) => client.query(`SELECT 1 FROM "${name}"`)), name).toBe(denied);
    await withClient(database.keeperUrl, async (client) => {
      await expect(client.query(`SELECT 1 FROM "${name}"`), name).rejects.toThrow("app.tenant_id");
      await client.query("SELECT set_config('app.tenant_id', $1, false)", [b.tenantId]);
      const { rows } = await client.query(`SELECT DISTINCT tenant_id::text FROM "${name}"`);
      expect(rows, name).toEqual([{ tenant_id: b.tenantId }]);
    });
  }
});

describe.each(tables.map((table) => ({ name: table.name, table })))("$name", ({ name, table }) => {
  const rowOf = (side: typeof a) => side.rows.get(name) as Row;

  test("organization B does not read A's row, by its key or by walking the table", async () => {
    const key = whereKey(table, rowOf(a));
    expect(
      await as(b.tenantId, (client) => client.query(`SELECT 1 FROM "${name}" WHERE ${key.text}`, key.values)),
    ).toBe(0);
    expect(await as(b.tenantId, (client) => client.query(`SELECT 1 FROM "${name}"`))).toBe(1);
    expect(
      await as(a.tenantId, (client) => client.query(`SELECT 1 FROM "${name}" WHERE ${key.text}`, key.values)),
    ).toBe(1);
  });

  test("organization B neither changes nor deletes A's row", async () => {
    const key = whereKey(table, rowOf(a));
    const column = table.columns.at(-1)?.name;
    expect([0, denied]).toContain(
      await as(
        b.tenantId,
        (client) =>
          client.query(`UPDATE "${name}" SET "${column}" = "${column}" WHERE ${key.text}`, key.values),
        true,
      ),
    );
    expect([0, denied]).toContain(
      await as(
        b.tenantId,
        (client) => client.query(`DELETE FROM "${name}" WHERE ${key.text}`, key.values),
        true,
      ),
    );
  });

  test("organization B writes no row into A and gives A none of its own", async () => {
    const forged = fixture(table, a.tenantId, a.rows);
    expect(await as(b.tenantId, async (client) => void (await insert(client, table, forged)), true)).toBe(
      denied,
    );
    const own = whereKey(table, rowOf(b));
    expect(
      await as(
        b.tenantId,
        (client) =>
          client.query(`UPDATE "${name}" SET tenant_id = '${a.tenantId}' WHERE ${own.text}`, own.values),
        true,
      ),
    ).toBe(denied);
  });

  test("organization B takes over no row of A by a conflicting key", async () => {
    const column = table.columns.at(-1)?.name;
    const ending = `ON CONFLICT (${table.key.join(", ")}) DO UPDATE SET "${column}" = excluded."${column}"`;
    expect(
      await as(b.tenantId, async (client) => void (await insert(client, table, rowOf(a), ending)), true),
    ).toBe(denied);
    expect(
      await as(
        b.tenantId,
        async (client) => void (await insert(client, table, rowOf(a), "ON CONFLICT DO NOTHING")),
        true,
      ),
    ).toBe(denied);
  });

  test("organization B points at nothing of A's, and A's ids answer like ids that do not exist", async () => {
    for (const foreignKey of table.foreignKeys) {
      for (const parent of [a.rows.get(foreignKey.table), undefined]) {
        const row = fixture(table, b.tenantId, b.rows);
        foreignKey.columns.forEach((column, index) => {
          if (column !== "tenant_id") {
            row[column] = parent === undefined ? randomUUID() : parent[foreignKey.parentColumns[index] ?? ""];
          }
        });
        expect(await as(b.tenantId, async (client) => void (await insert(client, table, row)), true)).toBe(
          brokenReference,
        );
      }
    }
  });

  test("without a tenant the table raises, on a new connection and on a used one", async () => {
    await withClient(database.appUrl, async (client) => {
      await expect(client.query(`SELECT 1 FROM "${name}"`)).rejects.toMatchObject({ code: "42704" });
      await client.query("BEGIN");
      await client.query("SELECT set_config('app.tenant_id', $1, true)", [a.tenantId]);
      await client.query("COMMIT");
      await expect(client.query(`SELECT 1 FROM "${name}"`)).rejects.toMatchObject({ code: "22P02" });
    });
  });

  test("the owner is bound by the policy too", async () => {
    await withClient(database.ownerUrl, async (client) => {
      await expect(client.query(`SELECT 1 FROM "${name}"`)).rejects.toMatchObject({ code: "42704" });
    });
  });
});

test("after all attempts A's rows are what they were", async () => {
  expect(await digest(a.tenantId)).toBe(before);
});
