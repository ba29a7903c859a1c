import { expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { inOneTransaction } from "./one-transaction";
import type { TenantContext } from "./tenant-context";
import { withIdentity } from "./with-identity";
import { withTenant } from "./with-tenant";

const database = testDatabase();

const count = (ctx: TenantContext, name: string) =>
  withTenant(ctx, (db) => db.counter.create({ data: { tenantId: ctx.tenantId, name, value: 1 } }));
const names = async (ctx: TenantContext) =>
  (await withTenant(ctx, (db) => db.counter.findMany({ orderBy: { name: "asc" } }))).map(({ name }) => name);
const committed = async (ctx: TenantContext) =>
  (
    await database.sql<{ name: string }>("SELECT name FROM counters WHERE tenant_id = $1 ORDER BY name", [
      ctx.tenantId,
    ])
  ).map(({ name }) => name);

test("all steps are committed together, and each sees those before", async () => {
  const acme = await database.makeOrganization("Acme");
  await inOneTransaction(acme, async (db) => {
    await count(acme, "a");
    expect(await names(acme)).toEqual(["a"]);
    await count(acme, "b");
    expect(await db.counter.count()).toBe(2);
    expect(await committed(acme)).toEqual([]);
  });
  expect(await committed(acme)).toEqual(["a", "b"]);
});

test("what is thrown takes every step back", async () => {
  const acme = await database.makeOrganization("Acme");
  const failing = inOneTransaction(acme, async () => {
    await count(acme, "a");
    throw new Error("planned");
  });
  await expect(failing).rejects.toThrow("planned");
  expect(await committed(acme)).toEqual([]);
  await count(acme, "later");
  expect(await committed(acme)).toEqual(["later"]);
});

test("a step that throws takes back itself alone, also when it was the database that refused", async () => {
  const acme = await database.makeOrganization("Acme");
  await inOneTransaction(acme, async () => {
    await count(acme, "a");
    const planned = withTenant(acme, async (db) => {
      await db.counter.create({ data: { tenantId: acme.tenantId, name: "b", value: 1 } });
      throw new Error("planned");
    });
    await expect(planned).rejects.toThrow("planned");
    await expect(count(acme, "a")).rejects.toThrow();
    await expect(withTenant(acme, (db) => db.$queryRaw`SELECT 1 / 0`)).rejects.toThrow("division by zero");
    await count(acme, "c");
  });
  expect(await committed(acme)).toEqual(["a", "c"]);
});

test("steps that are started together run one after the other, and none is left behind at the end", async () => {
  const acme = await database.makeOrganization("Acme");
  await inOneTransaction(acme, async () => {
    const steps = await Promise.allSettled([count(acme, "a"), count(acme, "a"), count(acme, "b")]);
    expect(steps.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    void count(acme, "c");
  });
  expect(await committed(acme)).toEqual(["a", "b", "c"]);
});

test("a step that only reads cannot write, and the next one can", async () => {
  const acme = await database.makeOrganization("Acme");
  const data = { tenantId: acme.tenantId, name: "a", value: 1 };
  await inOneTransaction(acme, async () => {
    expect(await withTenant(acme, (db) => db.counter.count(), { readOnly: true })).toBe(0);
    const write = withTenant(acme, (db) => db.counter.create({ data }), { readOnly: true });
    await expect(write).rejects.toThrow("read-only");
    await count(acme, "b");
  });
  expect(await committed(acme)).toEqual(["b"]);
});

test("another context has its own transaction, and the door still does not nest", async () => {
  const acme = await database.makeOrganization("Acme");
  const beta = await database.makeOrganization("Beta");
  const failing = inOneTransaction(acme, async () => {
    await count(beta, "stays");
    await withIdentity(acme, (db) => db.membership.count());
    await expect(inOneTransaction(acme, async () => 1)).rejects.toThrow("does not nest");
    await expect(withTenant(acme, () => withTenant(acme, async () => 1))).rejects.toThrow("does not nest");
    await expect(withTenant(acme, () => withIdentity(acme, async () => 1))).rejects.toThrow("does not nest");
    throw new Error("planned");
  });
  await expect(failing).rejects.toThrow("planned");
  expect([await committed(acme), await committed(beta)]).toEqual([[], ["stays"]]);
});

test("a context that was not admitted opens nothing", async () => {
  const acme = await database.makeOrganization("Acme");
  const forged = { ...acme } as TenantContext;
  await expect(inOneTransaction(forged, async () => 1)).rejects.toThrow("needs a tenant context");
});
