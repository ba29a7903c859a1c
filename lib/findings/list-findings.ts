import { z } from "zod";
import { accountStatuses, environments } from "@/lib/accounts/account-states";
import type { Assurance, Severity } from "@/lib/checks/evaluation";
import { findCheck } from "@/lib/checks/registry";
import { assurances, severities } from "@/lib/checks/words";
import { allOf, type Sql, sql } from "@/lib/db/sql";
import { containing, decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import { keptCounts } from "@/lib/tenancy/kept-counts";
import { readTenant } from "@/lib/tenancy/read-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { findingKey } from "./finding-key";
import { atPlace, placesOf } from "./finding-place";
import type { FindingRow } from "./finding-view";
import { type FindingStatus, findingStatuses, type Observation, observations } from "./lifecycle/states";
import { isStale } from "./staleness";

export interface FindingFilter {
  /** Words in the account's name or number, the key, the check or the short verdict. */
  readonly q?: string | undefined;
  readonly observation?: Observation | undefined;
  readonly severity?: Severity | undefined;
  /** True: passes that are inferred; false: everything but those. */
  readonly inferred?: boolean | undefined;
  /** Passes that are this sure. */
  readonly assurance?: Assurance | undefined;
  readonly accountId?: string | undefined;
  readonly checkId?: string | undefined;
  /** `none`: never failed. */
  readonly status?: FindingStatus | undefined;
  readonly cursor?: string | undefined;
  /** 1 to 200; 50 when absent. */
  readonly limit?: number | undefined;
}

/** How many there are of each kind, over everything the other filters let through. */
export interface FindingCounts {
  readonly observation: Readonly<Record<Observation, number>>;
  /** Of the passing ones, those that are inferred. */
  readonly inferred: number;
  /** Of the failing ones. */
  readonly severity: Readonly<Record<Severity, number>>;
}

export interface FindingList {
  readonly rows: readonly FindingRow[];
  readonly nextCursor: string | null;
  /** Rows that match all filters, on every page. */
  readonly total: number;
  readonly counts: FindingCounts;
}

interface Group {
  readonly place: number;
  readonly n: number;
}

interface Row {
  id: string;
  number: number | null;
  check_id: string;
  account_id: string;
  account_name: string;
  aws_account_id: string;
  environment: string;
  account_status: string;
  status: string;
  observation: string;
  observation_since: Date;
  severity: string | null;
  assurance: string | null;
  reason: string | null;
  short: string | null;
  episode: number;
  last_checked_at: Date | null;
  decided_at: Date | null;
  every_minutes: number | null;
  now: Date;
  place: number;
  /** To the microsecond, as the cursor needs it. */
  since: string;
}

const cursorKey = z.tuple([z.number().int().min(0).max(99), z.iso.datetime({ precision: 6 }), z.uuid()]);

/**
 * Findings of the organization: failing ones first, the worst first, then those that have been so the longest. A page
 * is read by an index, whatever the organization holds; only a search looks at all of its accounts.
 */
export async function listFindings(ctx: TenantContext, filter: FindingFilter = {}): Promise<FindingList> {
  authorize(ctx, "organization.view");
  const limit = pageSize(filter.limit);
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor, cursorKey);
  const { observation, severity, inferred } = filter;
  const meant = placesOf({ observation, severity, isInferred: inferred });
  const isPlaced = observation !== undefined || severity !== undefined || inferred !== undefined;
  const shared = conditionsOf(ctx.tenantId, filter);
  const page = allOf([
    ...shared,
    isPlaced ? sql`f.place = ANY (${[...meant]}::smallint[])` : null,
    after &&
      sql`(f.place, f.observation_since, f.id) > (${after[0]}::smallint, ${after[1]}::timestamptz, ${after[2]}::uuid)`,
  ]);
  return readTenant(ctx, async (db) => {
    const reading = db.$queryRaw<Row[]>`
      SELECT f.id::text AS id, f.number, f.check_id, f.account_id::text AS account_id, a.name AS account_name,
             a.aws_account_id, a.environment, a.status AS account_status, f.status, f.observation,
             f.observation_since, f.severity, f.assurance, f.reason, f.short, f.episode, f.last_checked_at, f.decided_at, f.place,
             to_char(f.observation_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since,
             s.every_minutes, business_now() AS now
      FROM (SELECT * FROM findings f WHERE ${page} ORDER BY place, observation_since, id LIMIT ${limit + 1}) f
        JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
        LEFT JOIN scan_schedules s ON s.tenant_id = f.tenant_id AND s.account_id = f.account_id
      ORDER BY f.place, f.observation_since, f.id`;
    const counting = keptCounts(
      ctx,
      db,
      ["findings", filter.q?.trim() ?? "", filter.accountId, filter.checkId, filter.status, filter.assurance],
      () => db.$queryRaw<Group[]>`
        SELECT f.place, count(*)::int AS n FROM findings f WHERE ${allOf(shared)} GROUP BY f.place`,
      sum,
    );
    const [rows, groups] = await Promise.all([reading, counting]);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const places = new Set(meant);
    return {
      rows: shown.map(findingRow),
      nextCursor: rows.length > limit && last ? encodeCursor([last.place, last.since, last.id]) : null,
      total: sum(groups.filter(({ place }) => places.has(place))),
      counts: countsOf(groups),
    };
  });
}

/** What page and counts have in common: everything but what places say, which the counts tell apart. */
function conditionsOf(tenantId: string, filter: FindingFilter): (Sql | null)[] {
  const { accountId, checkId, status, assurance } = filter;
  const q = filter.q?.trim();
  return [
    sql`f.tenant_id = ${tenantId}::uuid`,
    accountId === undefined ? null : sql`f.account_id = ${uuidOrNothing(accountId)}::uuid`,
    checkId === undefined ? null : sql`f.check_id = ${checkId}`,
    status === undefined ? null : sql`f.status = ${status}`,
    assurance === undefined ? null : sql`f.observation = 'passing' AND f.assurance = ${assurance}`,
    q ? matching(tenantId, q) : null,
  ];
}

/**
 * Ignoring case is what a search costs, so only what has case is compared so, and numbers and keys are compared with
 * what could be a part of one.
 */
function matching(tenantId: string, q: string): Sql {
  const text = containing(q);
  const number = /^\d+$/.test(q) ? sql`OR a.aws_account_id LIKE ${text}` : sql``;
  const key = /^[pst]{0,3}-?\d*$/i.test(q)
    ? sql`OR 'PST-' || f.number LIKE ${containing(q.toUpperCase())}`
    : sql``;
  return sql`(f.check_id LIKE ${containing(q.toLowerCase())} OR f.short ILIKE ${text} ${key}
              OR f.account_id IN (SELECT a.id FROM accounts a WHERE a.tenant_id = ${tenantId}::uuid
                                    AND (a.name ILIKE ${text} ${number})))`;
}

function findingRow(row: Row): FindingRow {
  return {
    id: row.id,
    key: findingKey(row.number),
    checkId: row.check_id,
    checkTitle: findCheck(row.check_id)?.title ?? row.check_id,
    accountId: row.account_id,
    accountName: row.account_name,
    awsAccountId: row.aws_account_id,
    environment: environments.parse(row.environment),
    accountStatus: accountStatuses.parse(row.account_status),
    status: findingStatuses.parse(row.status),
    observation: observations.parse(row.observation),
    observationSince: row.observation_since.toISOString(),
    severity: severities.parseOrNull(row.severity),
    assurance: row.observation === "passing" ? assurances.parseOrNull(row.assurance) : null,
    reason: row.reason,
    short: row.short,
    episode: row.episode,
    lastCheckedAt: row.last_checked_at?.toISOString() ?? null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    isStale: isStale(row.decided_at, row.every_minutes, row.now),
  };
}

function countsOf(groups: readonly Group[]): FindingCounts {
  const known = groups.map(({ place, n }) => ({ ...atPlace(place), n }));
  const observed = (observation: Observation) =>
    sum(known.filter((group) => group.observation === observation));
  const failing = (severity: Severity) =>
    sum(known.filter((group) => group.observation === "failing" && group.severity === severity));
  return {
    observation: { failing: observed("failing"), passing: observed("passing"), unknown: observed("unknown") },
    inferred: sum(known.filter((group) => group.isInferred)),
    severity: {
      CRITICAL: failing("CRITICAL"),
      HIGH: failing("HIGH"),
      MEDIUM: failing("MEDIUM"),
      LOW: failing("LOW"),
    },
  };
}

function sum(groups: readonly { n: number }[]): number {
  return groups.reduce((total, group) => total + group.n, 0);
}

/** A filter that is no id matches nothing, rather than being an error of the database. */
function uuidOrNothing(id: string): string {
  return z.uuid().safeParse(id).success ? id : "00000000-0000-0000-0000-000000000000";
}
