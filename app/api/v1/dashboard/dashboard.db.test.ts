import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { dashboard } from "@/app/api/v1/dashboard-schema";
import { readDashboard } from "@/lib/dashboard/read-dashboard";
import { testDatabase } from "@/lib/db/testing/database";
import type { TokenScope } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { createToken } from "@/lib/tokens/tokens";
import { GET } from "./route";

const database = testDatabase();

async function get(ctx: TenantContext | null, scopes: TokenScope[] = ["read"]) {
  const token = ctx === null ? null : (await createToken(ctx, { name: "test", scopes, days: 1 })).token;
  const request = new NextRequest("http://localhost:3000/api/v1/dashboard", {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
  const answer = await GET(request, { params: Promise.resolve({}) });
  return { status: answer.status, json: await answer.json() };
}

test("gives the figures of the page to a token that may read, and to no other", async () => {
  const acme = await database.makeOrganization("Acme");
  await database.sql(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status, environment, connected_at)
       SELECT $1, (300000000000 + i)::text, 'aws', 'a' || i, 'pst_' || i, 'connected', 'production', now() - interval '40 days'
       FROM generate_series(1, 20) i RETURNING id)
     INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since, severity, priority,
                           short, region_counts)
     SELECT $1, id, 'cloudtrail.not_multi_region', row_number() OVER (), 'open', 'failing', now(), 'HIGH', 1,
            '5 of 17 not logged', '{12,0,5,0}' FROM a`,
    [acme.tenantId],
  );
  await database.sql("INSERT INTO snapshot_progress (tenant_id, next_day) VALUES ($1, now()::date)", [
    acme.tenantId,
  ]);
  const { status, json } = await get(acme);
  expect(status).toBe(200);
  // Nothing that the document does not name, and nothing that the page does not show.
  expect(dashboard.strict().parse(json)).toEqual(json);
  const { asOf: _, ...now } = json.now;
  const read = await readDashboard(acme);
  expect(read.now).toMatchObject(now);
  expect(now).toMatchObject({
    accounts: { total: 20, failing: 20, failingProduction: 20 },
    open: { total: 20, urgent: 20, urgentUnassigned: 20 },
    decisionsTotal: 20,
  });
  expect(json.now.decisions).toHaveLength(7);
  expect(json.coverage.rows).toHaveLength(14);
  expect(json.coverage.days).toHaveLength(30);
  expect(json.overTime).toMatchObject({ coverage: { coveredShare: null }, trends: [] });

  expect(await get(null)).toMatchObject({ status: 401 });
  expect(await get(acme, ["scan"])).toMatchObject({ status: 403 });
  const other = await database.makeOrganization("Other");
  expect((await get(other)).json).toMatchObject({ now: { accounts: { total: 0 } }, coverage: { rows: [] } });
});
