import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { accountOverview } from "./account-overview";
import { accountStatuses } from "./account-states";
import { getAccount, listAccounts, listAccountsById } from "./list-accounts";

const database = testDatabase();
let acme: TenantContext;

async function account(ctx: TenantContext, name: string, status = "connected"): Promise<string> {
  const rows = await database.sql<{ id: string }>(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status)
     VALUES ($1, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', $2, 'pst_' || gen_random_uuid(), $3)
     RETURNING id::text`,
    [ctx.tenantId, name, status],
  );
  return rows[0]?.id ?? "";
}

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
  await account(acme, "zeta");
  await account(acme, "Beta");
  await account(acme, "alpha");
  await account(acme, "left", "disconnected");
  await account(acme, "begun", "draft");
  await account(acme, "dark", "unreachable");
});

async function everyPage(list: typeof listAccounts): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(acme, { limit: 2, cursor });
    expect(page.rows.length).toBeLessThanOrEqual(2);
    names.push(...page.rows.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return names;
}

test("accounts that need attention come first, then by name in any case, page after page", async () => {
  expect(await everyPage(listAccounts)).toEqual(["dark", "alpha", "Beta", "zeta", "begun", "left"]);
});

test("programs read every account once, in an order of their own", async () => {
  expect((await everyPage(listAccountsById)).sort()).toEqual([
    "Beta",
    "alpha",
    "begun",
    "dark",
    "left",
    "zeta",
  ]);
  const { nextCursor } = await listAccountsById(acme, { limit: 2 });
  await expect(listAccounts(acme, { cursor: nextCursor ?? "" })).rejects.toMatchObject({
    code: "invalid_input",
  });
});

test("the database places every status as the code orders them", async () => {
  const rows = await database.sql<{ status: string; standing: number }>(
    "SELECT DISTINCT status, standing FROM accounts WHERE tenant_id = $1 ORDER BY standing",
    [acme.tenantId],
  );
  expect(rows).toEqual(accountStatuses.values.map((status, standing) => ({ status, standing })));
});

test("an account brings its schedule, its findings and its last scan", async () => {
  const id = await account(acme, "full");
  await database.sql(
    "INSERT INTO scan_schedules (tenant_id, account_id, every_minutes, next_due_at) VALUES ($1, $2, 60, '2030-01-01Z')",
    [acme.tenantId, id],
  );
  await database.sql(
    `INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since)
     VALUES ($1, $2, 'iam.root_mfa_disabled', 7, 'open', 'failing', now()),
            ($1, $2, 'cloudtrail.not_multi_region', NULL, 'none', 'passing', now())`,
    [acme.tenantId, id],
  );
  await database.sql(
    `INSERT INTO scans (tenant_id, number, account_id, trigger, status, requested_at, finished_at)
     VALUES ($1, 1, $2, 'manual', 'failed', '2026-01-01Z', '2026-01-01 00:01Z'),
            ($1, 2, $2, 'manual', 'complete', '2026-01-02Z', '2026-01-02 00:01Z')`,
    [acme.tenantId, id],
  );
  const row = await getAccount(acme, id);
  expect(row).toMatchObject({
    everyMinutes: 60,
    nextScanAt: "2030-01-01T00:00:00.000Z",
    lastScan: { number: 2, status: "complete", at: "2026-01-02T00:01:00.000Z" },
  });
  expect(row.findings.map(({ checkId, key }) => [checkId, key])).toEqual([
    ["cloudtrail.not_multi_region", null],
    ["iam.root_mfa_disabled", "PST-7"],
  ]);
  await database.sql("DELETE FROM scan_schedules WHERE account_id = $1", [id]);
  expect(await getAccount(acme, id)).toMatchObject({ everyMinutes: null, nextScanAt: null });
});

test("the overview counts by status and offers choices while there are few enough to choose from", async () => {
  const beta = await database.makeOrganization("Beta");
  const first = await account(beta, "one");
  await account(beta, "two", "unreachable");
  expect(await accountOverview(beta)).toMatchObject({
    total: 2,
    counts: { connected: 1, unreachable: 1, draft: 0, disconnected: 0 },
    unreachable: ["two"],
    choices: [{ name: "one" }, { name: "two" }],
  });
  await database.sql(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status)
     SELECT $1, (300000000000 + i)::text, 'aws', 'n' || i, 'pst_n' || i, 'draft' FROM generate_series(1, 60) i`,
    [beta.tenantId],
  );
  expect(await accountOverview(beta)).toMatchObject({ total: 62, choices: [] });
  expect((await accountOverview(beta, first)).choices).toEqual([{ id: first, name: "one" }]);
  expect((await accountOverview(beta, "' OR 1=1")).choices).toEqual([]);
  expect((await accountOverview(acme, first)).choices.map(({ id }) => id)).not.toContain(first);
});
