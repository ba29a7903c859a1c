import { expect, test } from "vitest";
import { createClient } from "@/lib/db/client";
import { sql } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { inOneTransaction } from "./one-transaction";
import { readTenant, selectTenant } from "./read-tenant";
import type { TenantContext } from "./tenant-context";
import { withTenant } from "./with-tenant";

const database = testDatabase();

const names = sql`SELECT name FROM counters ORDER BY name`;
const count = (ctx: TenantContext, name: string) =>
  withTenant(ctx, (db) => db.counter.create({ data: { tenantId: ctx.tenantId, name, value: 1 } }));

/** Both ways to read the names of all counters that the context may see. */
const ways: readonly (readonly [string, (ctx: TenantContext) => Promise<{ name: string }[]>])[] = [
  ["readTenant", (ctx) => readTenant(ctx, (db) => db.$queryRaw(names))],
  ["selectTenant", (ctx) => selectTenant(ctx, names)],
];

async function idleInTransaction() {
  return database.sql(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'",
  );
}

test.each(ways)("%s: a tenant reads what is its own and nothing else", async (_, read) => {
  const [acme, beta] = [await database.makeOrganization("Acme"), await database.makeOrganization("Beta")];
  await count(acme, "of acme");
  await count(beta, "of beta");
  expect(await read(acme)).toEqual([{ name: "of acme" }]);
  expect(await read(beta)).toEqual([{ name: "of beta" }]);
});

test.each(ways)("%s: an object that only looks like a context opens nothing", async (_, read) => {
  const acme = await database.makeOrganization("Acme");
  const forged = { ...acme } as TenantContext;
  await expect(async () => read(forged)).rejects.toThrow("needs a tenant context");
});

test("nothing is written, and the error of the statement is what one hears", async () => {
  const acme = await database.makeOrganization("Acme");
  const write = sql`INSERT INTO counters (tenant_id, name, value) VALUES (${acme.tenantId}::uuid, 'x', 1)`;
  await expect(readTenant(acme, (db) => db.$queryRaw(write))).rejects.toMatchObject({ code: "25006" });
  await expect(selectTenant(acme, write)).rejects.toMatchObject({ code: "25006" });
  await expect(selectTenant(acme, sql`SELECT 1 / 0`)).rejects.toMatchObject({ code: "22012" });
  await expect(
    readTenant(acme, (db) => Promise.all([db.$queryRaw(sql`SELECT 1 / 0`), db.$queryRaw(names)])),
  ).rejects.toMatchObject({ code: "22012" });
  const thrown = readTenant(acme, async () => {
    throw new Error("planned");
  });
  await expect(thrown).rejects.toThrow("planned");
  expect(await selectTenant(acme, names)).toEqual([]);
});

test("statements under way together see one transaction with its limits", async () => {
  const acme = await database.makeOrganization("Acme");
  const setting = (name: string) => sql`SELECT current_setting(${name}) AS value, now() AS now`;
  const settings = [
    "app.tenant_id",
    "app.actor",
    "transaction_read_only",
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
  ];
  const rows = await readTenant(acme, async (db) => [
    ...(await Promise.all(settings.map((name) => db.$queryRaw<Setting[]>(setting(name))))),
    await db.$queryRaw<Setting[]>(setting("app.tenant_id")),
  ]);
  const actor = acme.principal.type === "user" ? `user:${acme.principal.userId}` : "";
  expect(rows.map(([row]) => row?.value)).toEqual([
    ...[acme.tenantId, actor, "on", "15s", "5s", "20s"],
    acme.tenantId,
  ]);
  expect(new Set(rows.map(([row]) => row?.now.getTime())).size).toBe(1);
});

interface Setting {
  readonly value: string;
  readonly now: Date;
}

test("values are those that the other door gives", async () => {
  const acme = await database.makeOrganization("Acme");
  const query = sql`
    SELECT 1::smallint AS small, 2 AS whole, 3::bigint AS large, 'a' AS text, true AS yes, NULL::text AS nothing,
           DATE '2026-11-26' AS day, TIMESTAMPTZ '2026-11-26 13:34:26.123+01' AS moment, '\\x00ff'::bytea AS bytes,
           '{"a": [1, "b"]}'::json AS json, '{"a": null}'::jsonb AS jsonb, ARRAY['x', 'y'] AS texts,
           ${acme.tenantId}::uuid AS id, ${new Date(0)}::timestamptz AS epoch,
           ${["q", "r"]}::text[] AS given, ${[1, 2]}::smallint[] AS numbers, ${null}::text AS null`;
  type Rows = readonly Readonly<Record<string, unknown>>[];
  const plain = (rows: Rows) => rows.map((row) => ({ ...row, bytes: [...(row["bytes"] as Uint8Array)] }));
  const expected = plain(await withTenant(acme, (db) => db.$queryRaw<Rows>(query)));
  expect(plain(await readTenant(acme, (db) => db.$queryRaw<Rows>(query)))).toEqual(expected);
  expect(plain(await selectTenant<Rows>(acme, query))).toEqual(expected);
});

test("neither opens inside another door", async () => {
  const acme = await database.makeOrganization("Acme");
  for (const inner of [() => readTenant(acme, async () => 1), () => selectTenant(acme, names)]) {
    await expect(withTenant(acme, inner)).rejects.toThrow("does not nest");
    await expect(readTenant(acme, inner)).rejects.toThrow("does not nest");
  }
});

test("within a request's one transaction they see what it has written, and still write nothing", async () => {
  const acme = await database.makeOrganization("Acme");
  await inOneTransaction(acme, async () => {
    await count(acme, "new");
    for (const [, read] of ways) expect(await read(acme)).toEqual([{ name: "new" }]);
    const write = readTenant(acme, (db) => db.$queryRaw`DELETE FROM counters RETURNING 1`);
    await expect(write).rejects.toThrow(/read-only transaction/);
    await count(acme, "newer");
  });
  expect(await selectTenant(acme, names)).toHaveLength(2);
});

test("400 interleaved readings with random failures over 5 connections leak nothing", async () => {
  const organizations = await Promise.all(
    Array.from({ length: 20 }, (_, index) => database.makeOrganization(`Tenant ${index}`)),
  );
  await Promise.all(organizations.map((ctx) => count(ctx, `CANARY-${ctx.tenantId}`)));
  const kept = globalThis as { posturioPrisma?: ReturnType<typeof createClient> };
  await kept.posturioPrisma?.$disconnect();
  kept.posturioPrisma = createClient(database.appUrl, 5);

  let failed = 0;
  const one = async (index: number) => {
    const ctx = organizations[(index * 7) % organizations.length] as TenantContext;
    const own = [{ name: `CANARY-${ctx.tenantId}` }];
    const kind = (index * 2_654_435_761) % 5;
    if (kind === 0) return expect(await selectTenant(ctx, names)).toEqual(own);
    const reading = readTenant(ctx, async (db) => {
      const all = await Promise.all([db.$queryRaw(names), db.$queryRaw(names)]);
      expect(all).toEqual([own, own]);
      if (kind === 1) await db.$queryRaw`SELECT 1 / 0`;
      if (kind === 2) throw new Error("planned");
      expect(await db.$queryRaw(names)).toEqual(own);
    });
    if (kind > 2) return reading;
    failed += 1;
    await expect(reading).rejects.toThrow(/planned|division by zero/);
  };
  await Promise.all(Array.from({ length: 400 }, (_, index) => one(index)));

  expect(failed).toBeGreaterThan(100);
  const settings = await Promise.all(
    Array.from(
      { length: 25 },
      () =>
        database.prisma.$queryRaw<
          { id: string | null }[]
        >`SELECT current_setting('app.tenant_id', true) AS id`,
    ),
  );
  expect(settings.every(([row]) => (row?.id ?? "") === "")).toBe(true);
  expect(await idleInTransaction()).toEqual([]);
});

test("a connection that breaks under a reading is thrown away", async () => {
  const acme = await database.makeOrganization("Acme");
  await count(acme, "kept");
  const kill = (await readTenant(acme, (db) =>
    db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`.then(async ([row]) => {
      await database.sql("SELECT pg_terminate_backend($1)", [row?.pid]);
      return db.$queryRaw(names).catch((error: Error) => error);
    }),
  ).catch((error: Error) => error)) as Error;
  expect(kill).toBeInstanceOf(Error);
  for (let round = 0; round < 10; round += 1)
    expect(await selectTenant(acme, names)).toEqual([{ name: "kept" }]);
});
