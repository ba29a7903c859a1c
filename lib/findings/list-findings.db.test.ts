import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { severities } from "@/lib/checks/words";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { countFailing } from "./count-failing";
import { atPlace } from "./finding-place";
import { getFinding } from "./get-finding";
import { observations } from "./lifecycle/states";
import { listFindings } from "./list-findings";
import { refuseResolved } from "./triage/refuse-resolved";

const database = testDatabase();
let acme: TenantContext;
let number = 0;

interface Row {
  name: string;
  observation: "failing" | "passing" | "unknown";
  severity?: "HIGH" | "MEDIUM";
  decided?: string;
  since?: string;
  scheduleMinutes?: number;
}

async function finding({
  name,
  observation,
  severity,
  decided = "1 hour",
  since = "1 hour",
  scheduleMinutes,
}: Row): Promise<string> {
  const accountId = randomUUID();
  const opened = observation === "failing" ? ++number : null;
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status)
     VALUES ($1, $2, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', $3, 'pst_' || md5($3), 'connected')`,
    [acme.tenantId, accountId, name],
  );
  if (scheduleMinutes) {
    await database.sql(
      "INSERT INTO scan_schedules (tenant_id, account_id, every_minutes, next_due_at) VALUES ($1, $2, $3, now())",
      [acme.tenantId, accountId, scheduleMinutes],
    );
  }
  const rows = await database.sql<{ id: string }>(
    `INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since, verdict,
                           reason, severity, short, decided_at, last_checked_at)
     VALUES ($1, $2, 'cloudtrail.not_multi_region', $3, $4, $5, now() - $8::interval, 'FAIL', 'SINGLE_REGION_ONLY', $6, '11 of 17 not logged',
             now() - $7::interval, now()) RETURNING id::text`,
    [
      acme.tenantId,
      accountId,
      opened,
      opened === null ? "none" : "open",
      observation,
      severity ?? null,
      decided,
      since,
    ],
  );
  return rows[0]?.id ?? "";
}

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
  await finding({ name: "quiet", observation: "passing" });
  await finding({ name: "b-medium", observation: "failing", severity: "MEDIUM" });
  await finding({ name: "a-high", observation: "failing", severity: "HIGH", since: "2 days" });
  await finding({ name: "unread_100%", observation: "unknown", severity: "HIGH", decided: "2 days" });
  await finding({
    name: "b-high",
    observation: "failing",
    severity: "HIGH",
    decided: "73 minutes",
    scheduleMinutes: 60,
  });
});

const names = async (filter: Parameters<typeof listFindings>[1]) =>
  (await listFindings(acme, filter)).rows.map((row) => row.accountName);

test("failing ones come first, the worst first, then those that have been so the longest", async () => {
  expect(await names({})).toEqual(["a-high", "b-high", "b-medium", "unread_100%", "quiet"]);
  // What failed when it was last read has not gone away.
  expect(await countFailing(acme)).toEqual({ total: 4, unread: 1, mine: 0, aheadSeconds: 0 });
});

test("the database places every observation and severity as the code reads them", async () => {
  for (const observation of observations.values) {
    for (const severity of [...severities.values, null]) {
      const [row] = await database.sql<{ place: number }>(
        `WITH f AS (
           INSERT INTO findings (tenant_id, account_id, check_id, observation, severity, observation_since)
           SELECT tenant_id, id, 'a.placed_' || gen_random_uuid(), $2, $3, now() FROM accounts WHERE tenant_id = $1 LIMIT 1
           RETURNING id, place)
         SELECT place FROM f`,
        [acme.tenantId, observation, severity],
      );
      expect(atPlace(row?.place ?? -1)).toEqual({ observation, severity, isInferred: false });
    }
  }
  await database.sql("DELETE FROM findings WHERE check_id LIKE 'a.placed_%'");
  expect(() => atPlace(40)).toThrow("Unknown place");
});

test("a pass that is inferred is listed and counted for itself, and by the API's filter", async () => {
  const other = await database.makeOrganization("Inferred");
  await database.sql(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id)
       SELECT $1, (300000000000 + i)::text, 'aws', 'i' || i, 'pst_i' || i FROM generate_series(1, 4) i RETURNING id, name)
     INSERT INTO findings (tenant_id, account_id, check_id, observation, assurance, observation_since)
     SELECT $1, id, 'cloudtrail.not_multi_region', CASE name WHEN 'i4' THEN 'unknown' ELSE 'passing' END,
            CASE name WHEN 'i1' THEN 'VERIFIED' WHEN 'i2' THEN 'PENDING' ELSE 'INFERRED' END, now() FROM a`,
    [other.tenantId],
  );
  const list = async (filter: Parameters<typeof listFindings>[1]) => {
    const { rows, total } = await listFindings(other, filter);
    expect(total).toBe(rows.length);
    return rows.map(({ accountName, assurance }) => [accountName, assurance]).sort();
  };
  expect(await list({ observation: ["passing"], inferred: true })).toEqual([["i3", "INFERRED"]]);
  expect(await list({ assurance: ["INFERRED"] })).toEqual([["i3", "INFERRED"]]);
  expect(await list({ observation: ["passing"], inferred: false })).toEqual([
    ["i1", "VERIFIED"],
    ["i2", "PENDING"],
  ]);
  // Unknown now: how sure an older pass was says nothing.
  expect(await list({ observation: ["unknown"] })).toEqual([["i4", null]]);
  const { rows, counts } = await listFindings(other);
  expect(counts).toMatchObject({ observation: { failing: 0, passing: 3, unknown: 1 }, inferred: 1 });
  expect(rows.map((row) => row.accountName).slice(0, 2)).toEqual(["i4", "i3"]);
});

test("a page of a large organization is read by the index of its order", async () => {
  const large = await database.makeOrganization("Large");
  await database.sql(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id)
       SELECT $1, (200000000000 + i)::text, 'aws', 'n' || i, 'pst_l' || i FROM generate_series(1, 3000) i RETURNING id)
     INSERT INTO findings (tenant_id, account_id, check_id, observation, severity, observation_since)
     SELECT $1, id, 'cloudtrail.not_multi_region', 'failing', 'HIGH', now() - random() * interval '9 days' FROM a`,
    [large.tenantId],
  );
  await database.sql("ANALYZE findings");
  const plan = await database.sql<{ "QUERY PLAN": string }>(
    `EXPLAIN SELECT * FROM findings WHERE tenant_id = '${large.tenantId}' AND place = ANY ('{1}'::smallint[])
     ORDER BY place, observation_since, id LIMIT 51`,
  );
  const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(text).toContain("findings_tenant_id_place_observation_since_id_idx");
  expect(await countFailing(large)).toEqual({ total: 1000, unread: 0, mine: 0, aheadSeconds: 0 });
  const first = await listFindings(large, { severity: ["HIGH"] });
  const second = await listFindings(large, { severity: ["HIGH"], cursor: first.nextCursor ?? "" });
  const since = [...first.rows, ...second.rows].map((row) => row.observationSince);
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(100);
  expect(since).toEqual([...since].sort());
});

test("pages continue where they ended, without a gap or a repeat", async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFindings(acme, { limit: 2, cursor });
    expect(page.total).toBe(5);
    seen.push(...page.rows.map((row) => row.accountName));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(["a-high", "b-high", "b-medium", "unread_100%", "quiet"]);
  await expect(listFindings(acme, { cursor: "bm90LW91cnM" })).rejects.toMatchObject({
    code: "invalid_input",
  });
});

test("filters narrow, search takes its text literally, and counts say what each filter would show", async () => {
  expect(await names({ observation: ["failing"], severity: ["HIGH"] })).toEqual(["a-high", "b-high"]);
  expect(await names({ q: "pst-2" })).toEqual(["a-high"]);
  for (const q of ["PST-2", "t-2", "A-HIGH", "-2"]) expect(await names({ q }), q).toEqual(["a-high"]);
  expect(await names({ q: "CloudTrail.Not", observation: ["passing"] })).toEqual(["quiet"]);
  const [account] = await database.sql<{ number: string }>(
    "SELECT aws_account_id AS number FROM accounts WHERE name = 'quiet'",
  );
  expect(await names({ q: account?.number.slice(3) })).toEqual(["quiet"]);
  expect(await names({ q: "100%" })).toEqual(["unread_100%"]);
  expect(await names({ q: "%" })).toEqual(["unread_100%"]);
  expect(await names({ accountId: ["' OR 1=1"] })).toEqual([]);
  expect(await names({ status: ["none"] })).toEqual(["unread_100%", "quiet"]);
  const { counts, total } = await listFindings(acme, { observation: ["failing"] });
  expect(total).toBe(3);
  expect(counts).toEqual({
    observation: { failing: 3, passing: 1, unknown: 1 },
    inferred: 0,
    needsWork: 4,
    severity: { CRITICAL: 0, HIGH: 2, MEDIUM: 1, LOW: 0 },
  });
});

test("a verdict older than the account's period and a fifth is stale", async () => {
  const { rows } = await listFindings(acme);
  expect(rows.filter((row) => row.isStale).map((row) => row.accountName)).toEqual(["b-high", "unread_100%"]);
});

test("a finding is read by its key in any case, and by its id when it never failed", async () => {
  expect((await getFinding(acme, "pst-1")).accountName).toBe("b-medium");
  const quiet = (await listFindings(acme, { q: "quiet" })).rows[0];
  expect(await getFinding(acme, quiet?.id ?? "")).toMatchObject({ key: null, status: "none", episodes: [] });
  for (const key of ["PST-99", "PST-0", "nonsense", randomUUID()]) {
    await expect(getFinding(acme, key)).rejects.toMatchObject({ code: "not_found" });
  }
});

test("nobody sets Resolved, and the attempt is on record", async () => {
  await expect(refuseResolved(acme, "PST-1")).rejects.toMatchObject({
    code: "verification_required",
    status: 409,
  });
  expect((await getFinding(acme, "PST-1")).status).toBe("open");
  const log = await database.sql("SELECT actor FROM audit_log WHERE action = 'finding.resolve_refused'");
  expect(log).toHaveLength(1);
});

test("another organization sees nothing of it", async () => {
  const other = await database.makeOrganization("Other");
  expect(await listFindings(other)).toMatchObject({ rows: [], total: 0, nextCursor: null });
  await expect(getFinding(other, "PST-1")).rejects.toMatchObject({ code: "not_found" });
  await expect(refuseResolved(other, "PST-1")).rejects.toMatchObject({
    code: "not_found",
  });
});
