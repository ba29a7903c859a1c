import { afterAll, beforeAll, expect, test } from "vitest";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { createClient } from "./client";
import { databaseLimits } from "./limits";
import { queuePool } from "./queue-pool";
import { testDatabase } from "./testing/database";

const database = testDatabase();

interface Settings {
  readonly statement_timeout: string;
  readonly idle_in_transaction_session_timeout: string;
  readonly lock_timeout: string;
}

const settings = `SELECT current_setting('statement_timeout') AS statement_timeout,
  current_setting('idle_in_transaction_session_timeout') AS idle_in_transaction_session_timeout,
  current_setting('lock_timeout') AS lock_timeout`;

const everyLimit = Object.keys(databaseLimits);

/** As a role may do for itself; in this database alone, because other test files share the server. */
const lift = (value: string) =>
  database.sql(
    `DO $$ BEGIN ${everyLimit
      .map(
        (name) =>
          `EXECUTE format('ALTER ROLE posturio_app IN DATABASE %I ${value}', current_database(), '${name}');`,
      )
      .join(" ")} END $$`,
  );

beforeAll(() => lift("SET %I = 0"));
afterAll(() => lift("RESET %I"));

async function withFreshClient<T>(
  url: string,
  work: (client: ReturnType<typeof createClient>) => Promise<T>,
) {
  const client = createClient(url, 1);
  try {
    return await work(client);
  } finally {
    await client.$disconnect();
  }
}

test("a role that lifts its own limits changes nothing for the product's statements", async () => {
  const rows = await withFreshClient(database.appUrl, (client) =>
    client.$queryRawUnsafe<Settings[]>(settings),
  );
  expect(rows[0]).toEqual(databaseLimits);
});

test("nor for the queue's", async () => {
  const pool = queuePool(1);
  const { rows } = await pool.query<Settings>(settings);
  await pool.end();
  expect(rows[0]).toEqual(databaseLimits);
});

test("nor for a transaction of an organization, also on a connection without options", async () => {
  const ctx = await database.makeOrganization("Acme");
  // What a pooler hands out that keeps options to itself.
  await database.prisma
    .$executeRaw`SELECT set_config(name, '0', false) FROM unnest(${everyLimit}::text[]) AS name`;
  const rows = await withTenant(ctx, (db) => db.$queryRawUnsafe<Settings[]>(settings));
  expect(rows[0]).toEqual(databaseLimits);
});

test("nor for a transaction on identity", async () => {
  const ctx = await database.makeOrganization("Identity");
  // Every connection of the pool, whichever the transaction gets.
  await Promise.all(
    Array.from(
      { length: 8 },
      () =>
        database.identity
          .$executeRaw`SELECT set_config(name, '0', false), pg_sleep(0.05) FROM unnest(${everyLimit}::text[]) AS name`,
    ),
  );
  const rows = await withIdentity(
    ctx,
    (db) => db.$queryRaw<Settings[]>`
      SELECT current_setting('statement_timeout') AS statement_timeout,
        current_setting('idle_in_transaction_session_timeout') AS idle_in_transaction_session_timeout,
        current_setting('lock_timeout') AS lock_timeout`,
  );
  expect(rows[0]).toEqual(databaseLimits);
});

test("the limits hold: a statement is ended in time", async () => {
  const started = performance.now();
  await withFreshClient(database.appUrl, (client) =>
    expect(client.$queryRaw`SELECT 1 FROM pg_sleep(40)`).rejects.toThrow(/statement timeout/),
  );
  expect(performance.now() - started).toBeLessThan(25_000);
});

test("no role of the product keeps anything outside its tables", async () => {
  for (const url of [database.appUrl, database.authUrl, database.keeperUrl]) {
    for (const call of ["lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, 'x')"]) {
      await withFreshClient(url, (client) =>
        expect(client.$queryRawUnsafe(`SELECT ${call}::text`)).rejects.toThrow(/permission denied/),
      );
    }
  }
});
