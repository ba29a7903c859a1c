import { expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { exportLimit } from "./bulk-states";
import { exportFindings } from "./export-findings";

const database = testDatabase();

/** So many findings, each of an account of its own; answers nothing. */
async function addFindings({ tenantId }: TenantContext, number: number, name = "prod"): Promise<void> {
  await database.sql(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
       SELECT $1, (100000000000 + n)::text, 'aws', $3, gen_random_uuid()::text, 'x', 'connected', now()
       FROM generate_series(1, $2::int) n RETURNING id, right(aws_account_id, 6)::int AS n)
     INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since, severity,
                           short, episode, blind_regions)
     SELECT $1, gen_random_uuid(), a.id, 'cloudtrail.not_multi_region', a.n, 'open', 'failing', '2026-11-01T00:00:00Z',
            'HIGH', '2 of 17 Regions not logged', 1, '{eu-west-1,us-east-1}' FROM a`,
    [tenantId, number, name],
  );
}

const linesOf = async (csv: ReadableStream<Uint8Array>) =>
  (await new Response(csv).text()).trimEnd().split("\r\n");
const exports = ({ tenantId }: TenantContext) =>
  database.sql("SELECT actor, data FROM audit_log WHERE tenant_id = $1 AND action = 'finding.exported'", [
    tenantId,
  ]);

test("has the columns of the list, and nothing that a spreadsheet would run", async () => {
  const acme = await database.makeOrganization("Acme");
  const mina = await database.makeMember(acme, "member");
  await addFindings(acme, 1, '=HYPERLINK("https://evil.example","x")');
  await database.sql(
    "UPDATE findings SET owner_id = $2, due_at = '2026-12-09T12:00:00Z', due_set_by = 'person' WHERE tenant_id = $1",
    [acme.tenantId, userIdOf(mina)],
  );
  expect(await linesOf(await exportFindings(acme, {}))).toEqual([
    "finding,check,observation,failing_or_passing_since,severity,priority,what,cause,regions_not_covered,account,aws_account_id,environment,status,owner,due_day,comebacks,last_verdict_at",
    `PST-1,cloudtrail.not_multi_region,Failing,2026-11-01T00:00:00.000Z,HIGH,,2 of 17 Regions not logged,,eu-west-1 us-east-1,"'=HYPERLINK(""https://evil.example"",""x"")",100000000001,other,Open,${mina.principal.name},2026-12-09,0,`,
  ]);
});

test("reads all pages, and is written to the audit log with what was asked for", async () => {
  const acme = await database.makeOrganization("Acme");
  await addFindings(acme, 450);
  const lines = await linesOf(await exportFindings(acme, { severity: ["HIGH"] }));
  expect(new Set(lines).size).toBe(451);
  expect(await linesOf(await exportFindings(acme, { severity: ["LOW"] }))).toHaveLength(1);
  const chosen = await linesOf(
    await exportFindings(acme, { keys: ["PST-7", "pst-3", "PST-999", "nonsense"] }),
  );
  expect(
    chosen
      .slice(1)
      .map((line) => line.split(",")[0])
      .sort(),
  ).toEqual(["PST-3", "PST-7"]);
  expect(await exports(acme)).toEqual([
    { actor: `user:${userIdOf(acme)}`, data: { rows: 450, filter: "severity=HIGH" } },
    { actor: `user:${userIdOf(acme)}`, data: { rows: 0, filter: "severity=LOW" } },
    {
      actor: `user:${userIdOf(acme)}`,
      data: { rows: 2, filter: "", keys: ["PST-7", "pst-3", "PST-999", "nonsense"] },
    },
  ]);
});

test("holds nothing of another organization, whatever it is asked for by", async () => {
  const acme = await database.makeOrganization("Acme");
  const other = await database.makeOrganization("Other");
  await addFindings(acme, 2);
  const ids = (
    await database.sql<{ id: string }>("SELECT id::text FROM findings WHERE tenant_id = $1", [acme.tenantId])
  ).map(({ id }) => id);
  for (const filter of [{}, { keys: ["PST-1", "PST-2"] }, { keys: ids }]) {
    expect(await linesOf(await exportFindings(other, filter))).toHaveLength(1);
  }
});

test("refuses more than a file holds, and keys that are too many or none, and writes nothing down", async () => {
  const acme = await database.makeOrganization("Acme");
  await addFindings(acme, exportLimit + 1);
  await expect(exportFindings(acme, {})).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining(`${exportLimit + 1} findings match`),
  });
  for (const keys of [[], Array.from({ length: 501 }, (_, n) => `PST-${n + 1}`), ["x".repeat(41)]]) {
    await expect(exportFindings(acme, { keys })).rejects.toMatchObject({ code: "invalid_input" });
  }
  expect(await exports(acme)).toEqual([]);
});
