import { expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { withTenant } from "./with-tenant";

const database = testDatabase();

test("a tenant writes and reads its own rows", async () => {
  const ctx = await database.makeOrganization("Acme");
  await withTenant(ctx, (db) =>
    db.counter.create({ data: { tenantId: ctx.tenantId, name: "scan", value: 1 } }),
  );
  expect(await withTenant(ctx, (db) => db.counter.count())).toBe(1);
});
