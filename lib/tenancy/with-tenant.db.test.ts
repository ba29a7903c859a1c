import { expect, test } from "vitest";
import { createClient } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "./tenant-context";
import { withIdentity } from "./with-identity";
import { withTenant } from "./with-tenant";

const database = testDatabase();

const setting = () =>
  database.prisma.$queryRaw<{ id: string | null }[]>`SELECT current_setting('app.tenant_id', true) AS id`;
const count = (ctx: TenantContext, name: string) =>
  withTenant(ctx, (db) => db.counter.create({ data: { tenantId: ctx.tenantId, name, value: 1 } }));

test("a tenant reads what it wrote, another tenant does not", async () => {
  const acme = await database.makeOrganization("Acme");
  const beta = await database.makeOrganization("Beta");
  await count(acme, "scan");
  expect(await withTenant(acme, (db) => db.counter.count())).toBe(1);
  expect(await withTenant(beta, (db) => db.counter.count())).toBe(0);
});

test("what was written before a throw is gone, and the pooled connection forgets the tenant", async () => {
  const acme = await database.makeOrganization("Acme");
  const failing = withTenant(acme, async (db) => {
    await db.counter.create({ data: { tenantId: acme.tenantId, name: "scan", value: 1 } });
    throw new Error("planned");
  });
  await expect(failing).rejects.toThrow("planned");
  expect(await withTenant(acme, (db) => db.counter.count())).toBe(0);
  for (let i = 0; i < 20; i++) {
    expect((await setting())[0]?.id ?? "").toBe("");
  }
});

test("a query outside the door raises instead of finding nothing", async () => {
  const acme = await database.makeOrganization("Acme");
  await count(acme, "scan");
  await expect(database.prisma.counter.findMany()).rejects.toThrow();
  await withTenant(acme, async () => {
    await expect(database.prisma.counter.findMany()).rejects.toThrow();
  });
});

test("the door does not nest", async () => {
  const acme = await database.makeOrganization("Acme");
  const [tenant, identity] = [() => withTenant(acme, async () => 1), () => withIdentity(acme, async () => 1)];
  for (const inner of [tenant, identity]) {
    await expect(withTenant(acme, inner)).rejects.toThrow("does not nest");
    await expect(withIdentity(acme, inner)).rejects.toThrow("does not nest");
  }
  await expect(withTenant(acme, async () => 1)).resolves.toBe(1);
});

test("an object that only looks like a context opens nothing", async () => {
  const acme = await database.makeOrganization("Acme");
  const forged = { ...acme } as TenantContext;
  await expect(withTenant(forged, async () => 1)).rejects.toThrow("needs a tenant context");
  const inherited = Object.create(acme) as TenantContext;
  await expect(withTenant(inherited, async () => 1)).rejects.toThrow("needs a tenant context");
  for (const ctx of [forged, inherited]) {
    await expect(withIdentity(ctx, async () => 1)).rejects.toThrow("needs a tenant context");
  }
  expect(() => Object.assign(acme, { tenantId: "other" })).toThrow();
});

test("a read-only transaction refuses to write", async () => {
  const acme = await database.makeOrganization("Acme");
  const write = withTenant(
    acme,
    (db) => db.counter.create({ data: { tenantId: acme.tenantId, name: "scan", value: 1 } }),
    { readOnly: true },
  );
  await expect(write).rejects.toThrow("read-only");
  await count(acme, "scan");
});

test("a handle kept after its transaction is dead", async () => {
  const acme = await database.makeOrganization("Acme");
  const kept = await withTenant(acme, async (db) => ({ db }));
  await expect(kept.db.counter.count()).rejects.toThrow();
});

test("the database ends a transaction that idles and a statement that lasts, not only the client", async () => {
  const [limits] = await database.prisma.$queryRaw<Record<string, string>[]>`
    SELECT current_setting('statement_timeout') AS statement,
           current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('lock_timeout') AS lock`;
  expect(limits).toEqual({ statement: "15s", idle: "20s", lock: "5s" });
});

test("400 interleaved transactions with random aborts over 5 connections leak nothing", async () => {
  const organizations = await Promise.all(
    Array.from({ length: 20 }, (_, index) => database.makeOrganization(`Tenant ${index}`)),
  );
  await Promise.all(organizations.map((ctx) => count(ctx, `CANARY-${ctx.tenantId}`)));
  // The product's own pool is replaced for this test: the fewer connections, the more each is handed on.
  const kept = globalThis as { posturioPrisma?: ReturnType<typeof createClient> };
  await kept.posturioPrisma?.$disconnect();
  const small = createClient(database.appUrl, 5);
  kept.posturioPrisma = small;

  let aborted = 0;
  const expected = new Map<string, number>(organizations.map(({ tenantId }) => [tenantId, 0]));
  const one = async (index: number) => {
    const ctx = organizations[(index * 7) % organizations.length] as TenantContext;
    const isAborted = (index * 2_654_435_761) % 5 < 2;
    try {
      await withTenant(ctx, async (db) => {
        const rows = await db.counter.findMany();
        expect(rows.every(({ tenantId }) => tenantId === ctx.tenantId)).toBe(true);
        expect(rows.some(({ name }) => name === `CANARY-${ctx.tenantId}`)).toBe(true);
        await db.counter.create({ data: { tenantId: ctx.tenantId, name: `n${index}`, value: index } });
        if (isAborted && index % 2 === 0) {
          await db.$queryRaw`SELECT 1 / 0`;
        }
        if (isAborted) {
          throw new Error("planned");
        }
      });
      expected.set(ctx.tenantId, (expected.get(ctx.tenantId) ?? 0) + 1);
    } catch (error) {
      aborted++;
      expect(isAborted, String(error)).toBe(true);
    }
  };
  // Twenty at a time, so that none waits longer for a connection than the door allows.
  const queue = Array.from({ length: 400 }, (_, index) => index);
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        await one(index);
      }
    }),
  );

  expect(aborted).toBeGreaterThan(100);
  for (const ctx of organizations) {
    expect(await withTenant(ctx, (db) => db.counter.count())).toBe((expected.get(ctx.tenantId) ?? 0) + 1);
  }
  const settings = await Promise.all(Array.from({ length: 25 }, setting));
  expect(settings.every(([row]) => (row?.id ?? "") === "")).toBe(true);
  const idle = await database.sql(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'",
  );
  expect(idle).toEqual([]);
});
