import type pg from "pg";
import { types } from "pg";
import { connections } from "./client";
import { type Sql, sql } from "./sql";

/** What reads by SQL alone. Prisma's clients and transactions are one as well, and answer the same values. */
export interface Reader {
  $queryRaw<T>(query: TemplateStringsArray | Sql, ...values: unknown[]): Promise<T>;
}

/**
 * Statements of pages go past Prisma's query engine, which has nothing to do for SQL but costs a third of a statement.
 * Dates without a time are UTC and 64-bit numbers are whole, as there.
 */
const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.DATE, (text) => new Date(`${text}T00:00:00Z`)],
  [types.builtins.INT8, (text) => BigInt(text)],
]);
const values = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    (format !== "binary" && parsers.get(oid)) || types.getTypeParser(oid, format as "text"),
} as unknown as pg.CustomTypesConfig;

/** One statement as the role that knows who may enter. For lib/db/system alone. */
export const identityReader: Reader = {
  async $queryRaw<T>(query: TemplateStringsArray | Sql, ...parameters: unknown[]): Promise<T> {
    const { rows } = await connections.identity().query(statement(query, parameters));
    return rows as T;
  },
};

/**
 * A transaction that reads, on a connection of the product's role. `settings` is its first statement and sets what
 * holds for the rest of it. Begin, settings and what `work` asks for before it first waits are sent together, and the
 * end is not waited for: nothing depends on it.
 */
export async function readTransaction<T>(settings: Sql, work: (db: Reader) => Promise<T>): Promise<T> {
  const client = await connections.product().connect();
  // Without a listener a connection that breaks would end the process; the statements say what happened.
  client.on("error", ignore);
  const release = (broken?: Error) => {
    client.removeListener("error", ignore);
    client.release(broken);
  };
  const [begun, reading] = together(client, () => [
    Promise.all([client.query("BEGIN READ ONLY"), client.query(statement(settings, []))]),
    work(readerOn(client)),
  ]);
  const [beginning, read] = await Promise.allSettled([begun, reading]);
  const failed = [beginning, read].find((step) => step.status === "rejected");
  client.query(failed ? "ROLLBACK" : "COMMIT").then(() => release(), release);
  // The first error: where the beginning failed, so did everything after it, and does not say why.
  if (failed) throw failed.reason;
  return (read as PromiseFulfilledResult<Awaited<T>>).value;
}

/** One statement in a transaction of its own that reads, all of it in one turn to the server. */
export async function readOnce<T>(settings: Sql, query: Sql): Promise<T> {
  const client = await connections.product().connect();
  client.on("error", ignore);
  const [begun, set, read, ended] = await together(client, () =>
    Promise.allSettled([
      client.query("BEGIN READ ONLY"),
      client.query(statement(settings, [])),
      client.query(statement(query, [])),
      // Takes the transaction back when the statement failed.
      client.query("COMMIT"),
    ]),
  );
  client.removeListener("error", ignore);
  client.release(ended.status === "rejected" ? (ended.reason as Error) : undefined);
  for (const step of [begun, set, read]) if (step.status === "rejected") throw step.reason;
  return (read as PromiseFulfilledResult<pg.QueryResult>).value.rows as T;
}

function readerOn(client: pg.PoolClient): Reader {
  return {
    async $queryRaw<T>(query: TemplateStringsArray | Sql, ...parameters: unknown[]): Promise<T> {
      const { rows } = await together(client, () => client.query(statement(query, parameters)));
      return rows as T;
    },
  };
}

/** What is written meanwhile and in the same turn of the program goes to the server as one. */
function together<T>({ connection: { stream } }: pg.PoolClient, write: () => T): T {
  stream.cork();
  process.nextTick(() => stream.uncork());
  return write();
}

function statement(query: TemplateStringsArray | Sql, parameters: readonly unknown[]): pg.QueryConfig {
  const { text, values: given } = "raw" in query ? sql(query, ...parameters) : query;
  return { text, values: given as unknown[], types: values };
}

function ignore(): void {}
