import { z } from "zod";
import { environments } from "@/lib/accounts/account-states";
import { allOf, sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { findingKey } from "@/lib/findings/finding-key";
import { observations } from "@/lib/findings/lifecycle/states";
import { parse } from "@/lib/input/parse";
import { decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { cellOf, cellOfToday, noCell, type StoredCell } from "./coverage-cell";
import { coverageCheck, stripQuery } from "./coverage-input";
import type { CoverageStrip } from "./coverage-view";
import { addDays, type Day, dayFrom, dayOf, daysBetween, monthOfDay } from "./day";

interface Row {
  readonly id: string;
  readonly number: number | null;
  readonly account_id: string;
  readonly account_name: string;
  readonly aws_account_id: string;
  readonly environment: string;
  readonly connected_at: Date | null;
  readonly observation: string;
  readonly decided_at: Date | null;
  readonly verdict: string | null;
  readonly region_counts: number[];
  readonly every_minutes: number | null;
  readonly assurance: string | null;
  readonly blind_place: number;
  /** To the microsecond, as the cursor needs it. */
  readonly since: string;
}

const cursorKey = z.tuple([z.int().min(0).max(999), z.iso.datetime({ precision: 6 }), z.uuid()]);

/**
 * The last days of each account, those with the most blind Regions first. Of days that have ended it shows their snapshots; of today, what is known now. Accounts that are disconnected now are left out. A page is read
 * by an index, whatever the organization holds. Throws invalid_input.
 */
export async function coverageStrip(
  ctx: TenantContext,
  input: z.input<typeof stripQuery> = {},
): Promise<CoverageStrip> {
  authorize(ctx, "organization.view");
  const query = parse(stripQuery, input);
  const { checkId = coverageCheck, days: count = 30 } = query;
  const limit = pageSize(query.limit);
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorKey);
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const { now, through } = await nowAndProgress(db, tenantId);
    const today = dayOf(now);
    const first = addDays(today, 1 - count);
    const conditions = allOf([
      sql`f.tenant_id = ${tenantId}::uuid AND f.check_id = ${checkId} AND a.status <> 'disconnected'`,
      after &&
        sql`(f.blind_place, f.observation_since, f.id) > (${after[0]}::smallint, ${after[1]}::timestamptz, ${after[2]}::uuid)`,
    ]);
    const rows = await db.$queryRaw<Row[]>`
      SELECT f.id::text, f.number, f.account_id::text, a.name AS account_name, a.aws_account_id, a.environment, a.connected_at,
             f.observation, f.decided_at, f.verdict, f.region_counts, f.assurance, f.blind_place,
             to_char(f.observation_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since,
             CASE WHEN s.enabled THEN s.every_minutes END AS every_minutes
      FROM findings f JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
        LEFT JOIN scan_schedules s ON s.tenant_id = f.tenant_id AND s.account_id = f.account_id
      WHERE ${conditions}
      ORDER BY f.blind_place, f.observation_since, f.id LIMIT ${limit + 1}`;
    const shown = rows.slice(0, limit);
    const stored = await storedCells(db, {
      tenantId,
      checkId,
      first,
      last: addDays(today, -1),
      accountIds: shown.map(({ account_id }) => account_id),
    });
    const days = daysBetween(first, today);
    const last = shown.at(-1);
    return {
      checkId,
      days,
      takenThrough: through,
      rows: shown.map((row) => ({
        accountId: row.account_id,
        accountName: row.account_name,
        awsAccountId: row.aws_account_id,
        environment: environments.parse(row.environment),
        findingKey: findingKey(row.number),
        observation: observations.parse(row.observation),
        isInferred: row.observation === "passing" && row.assurance === "INFERRED",
        cells: days.map((day) => {
          if (day === today) return cellOfToday(day, row, now);
          const cell = stored.get(`${row.account_id} ${day}`);
          return cell ? cellOf(day, cell) : noCell(day, row.connected_at, through);
        }),
      })),
      nextCursor: rows.length > limit && last ? encodeCursor([last.blind_place, last.since, last.id]) : null,
    };
  });
}

/** The snapshots of a page of accounts, each found by its key: as many probes of an index as there are cells. */
async function storedCells(
  db: TenantDb,
  of: { tenantId: string; checkId: string; first: Day; last: Day; accountIds: readonly string[] },
): Promise<Map<string, StoredCell>> {
  const days = daysBetween(of.first, of.last);
  if (of.accountIds.length === 0 || days.length === 0) return new Map();
  const rows = await db.$queryRaw<StoredCell[]>`
    SELECT s.account_id::text AS "accountId", s.day,
           s.covered_regions AS "coveredRegions", s.partial_regions AS "partialRegions",
           s.uncovered_regions AS "uncoveredRegions", s.unknown_regions AS "unknownRegions",
           s.covered_seconds AS "coveredSeconds", s.partial_seconds AS "partialSeconds",
           s.uncovered_seconds AS "uncoveredSeconds", s.unknown_seconds AS "unknownSeconds"
    FROM snapshots s
    WHERE s.tenant_id = ${of.tenantId}::uuid AND s.month = ANY (${[...new Set(days.map(monthOfDay))]}::date[])
      AND s.day = ANY (${days}::date[]) AND s.check_id = ${of.checkId}
      AND s.account_id = ANY (${[...of.accountIds]}::uuid[])`;
  return new Map(rows.map((row) => [`${row.accountId} ${dayFrom(row.day)}`, row]));
}

async function nowAndProgress(
  db: TenantDb,
  tenantId: string,
): Promise<{ readonly now: Date; readonly through: Day | null }> {
  const [row] = await db.$queryRaw<{ now: Date; next_day: Date | null }[]>`
    SELECT business_now() AS now,
           (SELECT next_day FROM snapshot_progress WHERE tenant_id = ${tenantId}::uuid) AS next_day`;
  if (!row) throw new Error("The database did not say what time it is.");
  return { now: row.now, through: row.next_day === null ? null : addDays(dayFrom(row.next_day), -1) };
}
