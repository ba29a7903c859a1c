import { z } from "zod";
import { environments } from "@/lib/accounts/account-states";
import { findCheck } from "@/lib/checks/registry";
import { severities } from "@/lib/checks/words";
import { allOf, businessNow, sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { notFound } from "@/lib/errors";
import { Kept } from "@/lib/kept";
import { decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import { keptCounts } from "@/lib/tenancy/kept-counts";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { CheckMatrix, MatrixRow } from "./check-matrix-view";
import { findingKey } from "./finding-key";
import { atPlace } from "./finding-place";
import { type Observation, observations } from "./lifecycle/states";
import { readRegionCounts } from "./region-counts";
import { isStale } from "./staleness";
import { storedEvaluations } from "./stored-evaluation";

interface Row {
  readonly id: string;
  readonly number: number | null;
  readonly account_name: string;
  readonly aws_account_id: string;
  readonly environment: string;
  readonly observation: string;
  readonly assurance: string | null;
  readonly severity: string | null;
  readonly reason: string | null;
  readonly region_counts: readonly number[];
  readonly decided_at: Date | null;
  readonly decided_scan_id: string | null;
  readonly decided_month: Date | null;
  readonly every_minutes: number | null;
  readonly blind_place: number;
  readonly now: Date;
  /** To the microsecond, as the cursor needs it. */
  readonly since: string;
}

const cursorKey = z.tuple([z.int().min(0).max(999), z.iso.datetime({ precision: 6 }), z.uuid()]);

/** Counting all accounts of a large organization costs more than a page of them. */
const keptMs = 15_000;

/** What a verdict says of its Regions never changes, and unpacking a scan's results costs more than the rest of a row. */
const kept = new Kept<MatrixRow["regions"]>(2_000);

/**
 * The accounts of a check with the state of each Region, a page at a time by an index, whatever the organization holds.
 * Accounts that are disconnected now are left out. Throws not_found for a check that there is not, invalid_input for a
 * cursor of another list.
 */
export async function checkMatrix(
  ctx: TenantContext,
  { checkId, cursor, limit: asked }: { checkId: string; cursor?: string | undefined; limit?: number },
): Promise<CheckMatrix> {
  authorize(ctx, "organization.view");
  if (findCheck(checkId) === undefined) throw notFound();
  const limit = pageSize(asked);
  const after = cursor === undefined ? null : decodeCursor(cursor, cursorKey);
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const conditions = allOf([
      sql`f.tenant_id = ${tenantId}::uuid AND f.check_id = ${checkId} AND a.status <> 'disconnected'`,
      after &&
        sql`(f.blind_place, f.observation_since, f.id) > (${after[0]}::smallint, ${after[1]}::timestamptz, ${after[2]}::uuid)`,
    ]);
    const rows = await db.$queryRaw<Row[]>`
      SELECT f.id::text, f.number, a.name AS account_name, a.aws_account_id, a.environment, f.observation, f.assurance,
             f.severity, f.reason, f.region_counts, f.decided_at, f.decided_scan_id::text, f.decided_month, f.blind_place,
             CASE WHEN s.enabled THEN s.every_minutes END AS every_minutes, ${businessNow} AS now,
             to_char(f.observation_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since
      FROM findings f JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
        LEFT JOIN scan_schedules s ON s.tenant_id = f.tenant_id AND s.account_id = f.account_id
      WHERE ${conditions}
      ORDER BY f.blind_place, f.observation_since, f.id LIMIT ${limit + 1}`;
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const regions = await regionsOf(db, tenantId, checkId, shown);
    const decided = shown.flatMap(({ decided_at }) => (decided_at === null ? [] : [decided_at.getTime()]));
    return {
      checkId,
      accounts: await accountsOf(ctx, db, checkId),
      decidedAt: decided.length === 0 ? null : new Date(Math.max(...decided)).toISOString(),
      rows: shown.map((row) => rowOf(checkId, row, regions.get(row.decided_scan_id ?? "") ?? [])),
      nextCursor: rows.length > limit && last ? encodeCursor([last.blind_place, last.since, last.id]) : null,
    };
  });
}

/** The Regions of each verdict that stands, by its scan. */
async function regionsOf(
  db: TenantDb,
  tenantId: string,
  checkId: string,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, MatrixRow["regions"]>> {
  const scans = new Map<string, { id: string; month: Date | null }>(
    rows.flatMap(({ decided_scan_id: id, decided_month: month }) =>
      id === null ? [] : [[`${tenantId} ${id} ${checkId}`, { id, month }] as const],
    ),
  );
  const found = await kept.getAll([...scans.keys()], async (missing) => {
    const stored = await storedEvaluations(
      db,
      tenantId,
      missing.flatMap((key) => scans.get(key) ?? []),
      { checkId },
    );
    return new Map(
      stored.map(({ scanId, evaluation }) => [
        `${tenantId} ${scanId} ${checkId}`,
        evaluation.regions.map(({ name, detail }) => ({ name, detail })),
      ]),
    );
  });
  return new Map([...scans].map(([key, { id }]) => [id, found.get(key) ?? []]));
}

async function accountsOf(
  ctx: TenantContext,
  db: TenantDb,
  checkId: string,
): Promise<CheckMatrix["accounts"]> {
  const { tenantId } = ctx;
  const groups = await keptCounts(
    ctx,
    db,
    ["check matrix", checkId],
    () => db.$queryRaw<{ place: number | null; n: number }[]>`
      SELECT f.place, count(*)::int AS n
      FROM (SELECT id FROM accounts WHERE tenant_id = ${tenantId}::uuid AND standing <= 1) a
        LEFT JOIN (SELECT account_id, place FROM findings
                   WHERE tenant_id = ${tenantId}::uuid AND check_id = ${checkId}) f ON f.account_id = a.id
      GROUP BY f.place`,
    (counted) => counted.reduce((sum, { n }) => sum + n, 0),
    keptMs,
  );
  const of = (observation: Observation) =>
    groups.reduce(
      (sum, { place, n }) => (place !== null && atPlace(place).observation === observation ? sum + n : sum),
      0,
    );
  return {
    total: groups.reduce((sum, { n }) => sum + n, 0),
    failing: of("failing"),
    unknown: of("unknown"),
    passing: of("passing"),
  };
}

/** Nobody knows what could not be renewed in time: then no Region counts as logged. */
function rowOf(checkId: string, row: Row, regions: MatrixRow["regions"]): MatrixRow {
  const stored = observations.parse(row.observation);
  const isUnknown = stored === "unknown" || isStale(row.decided_at, row.every_minutes, row.now);
  const counts = readRegionCounts(row.region_counts);
  return {
    findingId: row.id,
    findingKey: findingKey(row.number),
    accountName: row.account_name,
    awsAccountId: row.aws_account_id,
    environment: environments.parse(row.environment),
    observation: isUnknown ? "unknown" : stored,
    isInferred: stored === "passing" && row.assurance === "INFERRED",
    severity: severities.parseOrNull(row.severity),
    counts: isUnknown && counts ? allUnread(counts) : counts,
    cause:
      stored === "failing" && row.reason !== null
        ? (findCheck(checkId)?.labels.reasons[row.reason] ?? row.reason)
        : null,
    regions: isUnknown
      ? regions.map(({ name, detail }) => ({
          name,
          detail: detail === "not_enabled" ? detail : "could_not_read",
        }))
      : regions,
  };
}

function allUnread({ covered, partial, uncovered, unread }: NonNullable<MatrixRow["counts"]>) {
  return { covered: 0, partial: 0, uncovered: 0, unread: covered + partial + uncovered + unread };
}
