import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { createClient } from "./client";
import { testDatabase } from "./testing/database";
import { isUnavailable, unavailableReason } from "./unavailable";
import { withClient } from "./with-client";

const database = testDatabase();

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error: unknown) => error,
  );

/** A client of the product's role with one connection. */
async function withOneConnection<T>(
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

const held = (table: string, work: () => Promise<void>) =>
  withClient(database.superuserUrl, async (client) => {
    await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    await work();
    await client.query("ROLLBACK");
  });

describe("a database that is away, told from a fault", () => {
  test("nobody listens", async () => {
    const closed = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
      });
    });
    const url = new URL(database.appUrl);
    url.port = String(closed);
    const error = await withOneConnection(url.href, (client) => failure(client.$queryRaw`SELECT 1`));
    expect(isUnavailable(error)).toBe(true);
  });

  test("a lock is not given in time", async () => {
    await held("accounts, users", async () => {
      const model = await failure(database.identity.user.findFirst());
      expect(unavailableReason(model)).toBe("55P03");
      const raw = await failure(database.identity.$queryRaw`SELECT id FROM users`);
      expect(unavailableReason(raw)).toBe("55P03");
    });
  });

  test("a statement takes too long", async () => {
    const error = await withOneConnection(database.appUrl, async (client) => {
      await client.$executeRaw`SET statement_timeout = '50ms'`;
      return failure(client.$queryRaw`SELECT 1 FROM pg_sleep(5)`);
    });
    expect(unavailableReason(error)).toBe("57014");
  });

  test("connections are cut in the middle of a transaction", async () => {
    const error = await withOneConnection(database.appUrl, (client) =>
      failure(
        client.$transaction(async (tx) => {
          const rows = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
          await database.sql("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
          await tx.$queryRaw`SELECT 1`;
        }),
      ),
    );
    expect(isUnavailable(error)).toBe(true);
  });

  test("no connection becomes free", async () => {
    const error = await withOneConnection(database.appUrl, (client) =>
      client.$transaction(() =>
        failure(client.$transaction((tx) => tx.$queryRaw`SELECT 1`, { maxWait: 200 })),
      ),
    );
    expect(isUnavailable(error)).toBe(true);
  });

  test("a role may have no more connections", async () => {
    const role = "planted_few";
    await database.sql(`CREATE ROLE ${role} LOGIN PASSWORD 'planted' CONNECTION LIMIT 0`);
    await database.sql(
      `DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${role}', current_database()); END $$`,
    );
    const url = database.appUrl.replace(/\/\/[^@]+@/, `//${role}:planted@`);
    const error = await withOneConnection(url, (client) => failure(client.$queryRaw`SELECT 1`));
    expect(unavailableReason(error)).toMatch(/53300|TooManyConnections/);
    await database.sql(
      `DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM ${role}', current_database()); END $$; DROP ROLE ${role}`,
    );
  });

  test("the password is being changed", async () => {
    const url = database.appUrl.replace(/\/\/([^:]+):[^@]+@/, "//$1:not-this-one@");
    const error = await withOneConnection(url, (client) => failure(client.$queryRaw`SELECT 1`));
    expect(isUnavailable(error)).toBe(true);
  });

  test("the server takes no writes", async () => {
    const error = await withOneConnection(database.appUrl, async (client) => {
      await client.$executeRaw`SET default_transaction_read_only = on`;
      return failure(client.$executeRaw`INSERT INTO worker_heartbeats (worker_id) VALUES ('planted')`);
    });
    expect(unavailableReason(error)).toBe("25006");
  });

  test("the disk is full, or the server starts or stops", async () => {
    for (const state of ["53100", "53200", "53400", "57P01", "57P02", "57P03", "58030", "40001", "40P01"]) {
      const error = await failure(
        database.prisma.$executeRawUnsafe(
          `DO $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '${state}'; END $$`,
        ),
      );
      expect(unavailableReason(error), state).toBe(state);
    }
  });
});

describe("a fault of ours stays one", () => {
  test.each([
    ["a statement that is none", "SELECT FROM WHERE"],
    ["a table that is not there", "SELECT * FROM nowhere"],
    ["a right we do not have", "DELETE FROM findings"],
    ["a value that is none", "SELECT 'x'::uuid"],
  ])("%s", async (_, text) => {
    const error = await failure(database.prisma.$queryRawUnsafe(text));
    expect(unavailableReason(error)).toBeNull();
  });

  test("a row that is there already", async () => {
    const data = { email: "twice@example.test", name: "Twice", passwordHash: "none" };
    await database.identity.user.create({ data });
    expect(isUnavailable(await failure(database.identity.user.create({ data })))).toBe(false);
  });
});
