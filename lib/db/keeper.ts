import { type Client, escapeIdentifier, escapeLiteral } from "pg";
import { withClient } from "./with-client";

// As posturio_keeper, which owns the history and may delete what is past its time. It is bound by row-level security
// like everyone: it sees an organization's rows only under that organization's id.

/** A partition of a history table. */
export interface Partition {
  readonly table: string;
  readonly name: string;
  /** Its first day: `2026-11-01`. */
  readonly month: string;
  /** Holds only the rows that a legal hold kept when the month was dropped. */
  readonly isKept: boolean;
}

export interface Keeper {
  /** Creates the partitions that are missing from this month to `ahead` months later. Returns how many. */
  createMonths(ahead: number): Promise<number>;
  partitions(): Promise<Partition[]>;
  /** Drops a partition; rows of the organizations named are kept in one that takes its place. */
  dropPartition(partition: Partition, heldTenants: readonly string[]): Promise<void>;
  /** Deletes from a kept partition what belongs to an organization that is no longer held. */
  deleteFromPartition(partition: Partition, tenantId: string): Promise<number>;
  /** Runs statements under one organization's id in one transaction; returns the rows that each deleted. */
  deleteUnder(tenantId: string, statements: readonly Deletion[]): Promise<number[]>;
}

/** One DELETE; its first parameter is the organization's id. */
export interface Deletion {
  readonly sql: string;
  readonly values?: readonly unknown[];
}

/** A short wait for a lock: who holds the table longer is more important, and the keeper comes again. */
const lockTimeout = "5s";

export async function withKeeper<T>(url: string, work: (keeper: Keeper) => Promise<T>): Promise<T> {
  return withClient(url, async (client) => {
    await client.query(`SET lock_timeout = ${escapeLiteral(lockTimeout)}`);
    return work({
      createMonths: (ahead) => createMonths(client, ahead),
      partitions: () => listPartitions(client),
      dropPartition: (partition, held) => dropPartition(client, partition, held),
      deleteFromPartition: (partition, tenantId) =>
        inTenant(client, tenantId, async () => {
          const { rowCount } = await client.query(
            `DELETE FROM ${escapeIdentifier(partition.name)} WHERE tenant_id = $1`,
            [tenantId],
          );
          return rowCount ?? 0;
        }),
      deleteUnder: (tenantId, statements) =>
        inTenant(client, tenantId, async () => {
          const counts: number[] = [];
          for (const { sql, values = [] } of statements) {
            counts.push((await client.query(sql, [tenantId, ...values])).rowCount ?? 0);
          }
          return counts;
        }),
    });
  });
}

async function createMonths(client: Client, ahead: number): Promise<number> {
  const { rows } = await client.query<{ created: number }>(
    `SELECT sum(create_history_month((date_trunc('month', business_now() AT TIME ZONE 'UTC')
                                      + make_interval(months => step))::date))::int AS created
     FROM generate_series(0, $1::int) AS step`,
    [ahead],
  );
  return rows[0]?.created ?? 0;
}

async function listPartitions(client: Client): Promise<Partition[]> {
  const { rows } = await client.query<{ table: string; name: string }>(`
    SELECT i.inhparent::regclass::text AS table, i.inhrelid::regclass::text AS name
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE c.relispartition AND c.relkind = 'r' AND c.relowner = current_user::regrole
    ORDER BY 2`);
  return rows.flatMap(({ table, name }) => {
    const found = /_(\d{4})_(\d\d)(_kept)?$/.exec(name);
    return found
      ? [{ table, name, month: `${found[1]}-${found[2]}-01`, isKept: found[3] !== undefined }]
      : [];
  });
}

async function dropPartition(client: Client, partition: Partition, held: readonly string[]): Promise<void> {
  const [parent, part, kept] = [partition.table, partition.name, `${partition.name}_kept`].map((name) =>
    escapeIdentifier(name),
  );
  if (held.length === 0) {
    await client.query(`DROP TABLE ${part}`);
    return;
  }
  await transaction(client, async () => {
    await client.query(`CREATE TABLE ${kept} (LIKE ${part} INCLUDING ALL)`);
    for (const tenantId of held) {
      await client.query("SELECT set_config('app.tenant_id', $1, true)", [tenantId]);
      await client.query(`INSERT INTO ${kept} SELECT * FROM ${part} WHERE tenant_id = $1`, [tenantId]);
    }
    await client.query(`ALTER TABLE ${kept} ENABLE ROW LEVEL SECURITY`);
    await client.query(`ALTER TABLE ${kept} FORCE ROW LEVEL SECURITY`);
    const canonical = "tenant_id = current_setting('app.tenant_id')::uuid";
    await client.query(`CREATE POLICY tenant ON ${kept} USING (${canonical}) WITH CHECK (${canonical})`);
    await client.query(`ALTER TABLE ${parent} DETACH PARTITION ${part}`);
    await client.query(`DROP TABLE ${part}`);
    await client.query(
      `ALTER TABLE ${parent} ATTACH PARTITION ${kept} FOR VALUES IN (${escapeLiteral(partition.month)})`,
    );
  });
}

/** Under one organization's id, which row-level security asks for, in one transaction. */
function inTenant<T>(client: Client, tenantId: string, work: () => Promise<T>): Promise<T> {
  return transaction(client, async () => {
    await client.query("SELECT set_config('app.tenant_id', $1, true)", [tenantId]);
    return work();
  });
}

async function transaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
