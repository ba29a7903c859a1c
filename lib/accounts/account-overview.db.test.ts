import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { listFindings } from "@/lib/findings/list-findings";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { accountOverview } from "./account-overview";
import { disconnectAccount } from "./disconnect-account";
import { updateAccount } from "./edit-account";
import { listAccounts } from "./list-accounts";

const database = testDatabase();
let large: TenantContext;

beforeAll(async () => {
  large = await database.makeOrganization("Large");
  await database.sql(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status)
       SELECT $1, (300000000000 + i)::text, 'aws', 'n' || i, 'pst_o' || i, 'connected' FROM generate_series(1, 5000) i
       RETURNING id)
     INSERT INTO findings (tenant_id, account_id, check_id, observation, severity, observation_since)
     SELECT $1, id, 'cloudtrail.not_multi_region', 'failing', 'HIGH', now() FROM a`,
    [large.tenantId],
  );
});

test("in a large organization the numbers tell at once what a person has changed", async () => {
  for (let asked = 0; asked < 3; asked += 1) {
    expect((await accountOverview(large)).counts).toMatchObject({ connected: 5_000, disconnected: 0 });
    expect((await listFindings(large, { q: "n77" })).total).toBe(11);
    expect((await listFindings(large)).total).toBe(5_000);
  }
  const [first, second] = (await listAccounts(large)).rows;
  if (!first || !second) throw new Error("no accounts");
  await disconnectAccount(large, { id: first.id, confirmName: first.name });
  expect((await accountOverview(large)).counts).toMatchObject({ connected: 4_999, disconnected: 1 });
  await updateAccount(large, { id: second.id, name: "n77-renamed" });
  expect((await listFindings(large, { q: "n77" })).total).toBe(12);
});

test("another organization sees nothing of it", async () => {
  const other = await database.makeOrganization("Other");
  expect((await accountOverview(other)).total).toBe(0);
  expect((await listFindings(other)).total).toBe(0);
});
