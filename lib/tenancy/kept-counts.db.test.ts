import { expect, test, vi } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { audit } from "./audit";
import { keptCounts } from "./kept-counts";
import type { TenantContext } from "./tenant-context";
import { withTenant } from "./with-tenant";

const database = testDatabase();

/** Asks for a count that is `size` when it is really counted. */
async function ask(ctx: TenantContext, size: number, question: readonly unknown[] = ["findings"]) {
  let counted = false;
  const value = await withTenant(ctx, (db) =>
    keptCounts(
      ctx,
      db,
      question,
      async () => {
        counted = true;
        return size;
      },
      (counts) => counts,
    ),
  );
  return { value, counted };
}

/** Asked twice, because changes are looked for only once a count was large. */
async function keep(ctx: TenantContext, size: number) {
  await ask(ctx, size);
  return ask(ctx, size);
}

test("a small organization is counted every time", async () => {
  const small = await database.makeOrganization("Small");
  await keep(small, 4_999);
  expect(await ask(small, 4_998)).toEqual({ value: 4_998, counted: true });
});

test("a large one is counted once in five seconds for each question", async () => {
  const large = await database.makeOrganization("Large");
  await keep(large, 5_000);
  expect(await ask(large, 6_000)).toEqual({ value: 5_000, counted: false });
  expect(await ask(large, 7_000, ["findings", "prod"])).toEqual({ value: 7_000, counted: true });
  const later = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5_001);
  expect(await ask(large, 6_000)).toEqual({ value: 6_000, counted: true });
  later.mockRestore();
});

test("what is few in a large one is kept too: to find it took as long", async () => {
  const large = await database.makeOrganization("Much");
  await keep(large, 5_000);
  await ask(large, 3, ["findings", "rare"]);
  expect(await ask(large, 3, ["findings", "rare"])).toEqual({ value: 3, counted: true });
  expect(await ask(large, 4, ["findings", "rare"])).toEqual({ value: 3, counted: false });
});

test("what one organization got is given to no other", async () => {
  const [acme, beta] = [await database.makeOrganization("Acme"), await database.makeOrganization("Beta")];
  await keep(acme, 5_000);
  expect(await ask(beta, 9_000)).toEqual({ value: 9_000, counted: true });
  expect(await ask(acme, 9_999)).toEqual({ value: 5_000, counted: false });
});

test("what a person changes shows at once, and what is rolled back changes nothing", async () => {
  const large = await database.makeOrganization("Changed");
  await keep(large, 5_000);
  const undone = withTenant(large, async (db) => {
    await audit(db, large, "account.updated", "account:1");
    throw new Error("planned");
  });
  await expect(undone).rejects.toThrow("planned");
  expect(await ask(large, 5_001)).toEqual({ value: 5_000, counted: false });
  await withTenant(large, (db) => audit(db, large, "account.updated", "account:1"));
  expect(await ask(large, 5_001)).toEqual({ value: 5_001, counted: true });
  expect(await ask(large, 5_002)).toEqual({ value: 5_001, counted: false });
});

test("the change of another organization does not count here", async () => {
  const [acme, beta] = [await database.makeOrganization("Acme"), await database.makeOrganization("Beta")];
  await keep(acme, 5_000);
  await withTenant(beta, (db) => audit(db, beta, "account.updated", "account:1"));
  expect(await ask(acme, 6_000)).toEqual({ value: 5_000, counted: false });
});
