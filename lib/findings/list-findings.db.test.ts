import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { countFailing } from "./count-failing";
import { getFinding } from "./get-finding";
import { listFindings } from "./list-findings";
import { setFindingStatus } from "./set-status";

const database = testDatabase();
let acme: TenantContext;
let number = 0;

interface Row {
  name: string;
  observation: "failing" | "passing" | "unknown";
  severity?: "HIGH" | "MEDIUM";
  decided?: string;
  scheduleMinutes?: number;
}

async function finding({
  name,
  observation,
  severity,
  decided = "1 hour",
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
     VALUES ($1, $2, 'cloudtrail.not_multi_region', $3, $4, $5, now(), 'FAIL', 'SINGLE_REGION_ONLY', $6, '11 of 17 not logged',
             now() - $7::interval, now()) RETURNING id::text`,
    [
      acme.tenantId,
      accountId,
      opened,
      opened === null ? "none" : "open",
      observation,
      severity ?? null,
      decided,
    ],
  );
  return rows[0]?.id ?? "";
}

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
  await finding({ name: "quiet", observation: "passing" });
  await finding({ name: "b-medium", observation: "failing", severity: "MEDIUM" });
  await finding({ name: "a-high", observation: "failing", severity: "HIGH" });
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

test("failing ones come first, the worst first, then by account", async () => {
  expect(await names({})).toEqual(["a-high", "b-high", "b-medium", "unread_100%", "quiet"]);
  expect(await countFailing(acme)).toBe(3);
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
  expect(await names({ observation: "failing", severity: "HIGH" })).toEqual(["a-high", "b-high"]);
  expect(await names({ q: "pst-2" })).toEqual(["a-high"]);
  expect(await names({ q: "100%" })).toEqual(["unread_100%"]);
  expect(await names({ q: "%" })).toEqual(["unread_100%"]);
  expect(await names({ accountId: "' OR 1=1" })).toEqual([]);
  expect(await names({ status: "none" })).toEqual(["unread_100%", "quiet"]);
  const { counts, total } = await listFindings(acme, { observation: "failing" });
  expect(total).toBe(3);
  expect(counts).toEqual({
    observation: { failing: 3, passing: 1, unknown: 1 },
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
  await expect(setFindingStatus(acme, { key: "PST-1", status: "resolved" })).rejects.toMatchObject({
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
  await expect(setFindingStatus(other, { key: "PST-1", status: "resolved" })).rejects.toMatchObject({
    code: "not_found",
  });
});
