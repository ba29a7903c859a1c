import { z } from "zod";
import { accountStatuses, environments } from "@/lib/accounts/account-states";
import type { Severity } from "@/lib/checks/evaluation";
import { findCheck } from "@/lib/checks/registry";
import { severities } from "@/lib/checks/words";
import { schedulesOf } from "@/lib/db/system/schedules";
import { containing, decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import { businessNow } from "@/lib/tenancy/business-now";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { findingKey } from "./finding-key";
import type { FindingRow } from "./finding-view";
import { type FindingStatus, findingStatuses, type Observation, observations } from "./lifecycle/states";
import { isStale } from "./staleness";

export interface FindingFilter {
  /** Words in the account's name or number, the key, the check or the short verdict. */
  readonly q?: string | undefined;
  readonly observation?: Observation | undefined;
  readonly severity?: Severity | undefined;
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
  readonly observation: string;
  readonly severity: string | null;
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
  reason: string | null;
  short: string | null;
  episode: number;
  last_checked_at: Date | null;
  decided_at: Date | null;
  place: number;
}

const cursorKey = z.tuple([z.number().int(), z.string(), z.uuid()]);

/** Findings of the organization: failing ones first, the worst first, then by account. */
export async function listFindings(ctx: TenantContext, filter: FindingFilter = {}): Promise<FindingList> {
  authorize(ctx, "organization.view");
  const limit = pageSize(filter.limit);
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor, cursorKey);
  const q = filter.q?.trim() ? containing(filter.q.trim()) : null;
  const accountId = uuidOrNothing(filter.accountId);
  return withTenant(ctx, async (db) => {
    const now = await businessNow(db);
    const rows = await db.$queryRaw<Row[]>`
      WITH listed AS (
        SELECT f.id::text AS id, f.number, f.check_id, f.account_id::text AS account_id, a.name AS account_name,
               a.aws_account_id, a.environment, a.status AS account_status, f.status, f.observation,
               f.observation_since, f.severity, f.reason, f.short, f.episode, f.last_checked_at, f.decided_at,
               CASE f.observation WHEN 'failing' THEN 0 WHEN 'unknown' THEN 10 ELSE 20 END
               + CASE f.severity WHEN 'CRITICAL' THEN 0 WHEN 'HIGH' THEN 1 WHEN 'MEDIUM' THEN 2 WHEN 'LOW' THEN 3
                                 ELSE 4 END AS place
        FROM findings f JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
        WHERE f.tenant_id = ${ctx.tenantId}::uuid
          AND (${accountId}::uuid IS NULL OR f.account_id = ${accountId}::uuid)
          AND (${filter.checkId ?? null}::text IS NULL OR f.check_id = ${filter.checkId ?? null})
          AND (${filter.status ?? null}::text IS NULL OR f.status = ${filter.status ?? null})
          AND (${filter.observation ?? null}::text IS NULL OR f.observation = ${filter.observation ?? null})
          AND (${filter.severity ?? null}::text IS NULL OR f.severity = ${filter.severity ?? null})
          AND (${q}::text IS NULL OR a.name ILIKE ${q} OR a.aws_account_id ILIKE ${q} OR f.check_id ILIKE ${q}
               OR f.short ILIKE ${q} OR 'PST-' || f.number ILIKE ${q})
      )
      SELECT * FROM listed
      WHERE ${after === null} OR (place, account_name, id) > (${after?.[0] ?? 0}::int, ${after?.[1] ?? ""}, ${after?.[2] ?? ""})
      ORDER BY place, account_name, id LIMIT ${limit + 1}`;
    const groups = await db.$queryRaw<Group[]>`
      SELECT f.observation, f.severity, count(*)::int AS n
      FROM findings f JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
      WHERE f.tenant_id = ${ctx.tenantId}::uuid
        AND (${accountId}::uuid IS NULL OR f.account_id = ${accountId}::uuid)
        AND (${filter.checkId ?? null}::text IS NULL OR f.check_id = ${filter.checkId ?? null})
        AND (${filter.status ?? null}::text IS NULL OR f.status = ${filter.status ?? null})
        AND (${q}::text IS NULL OR a.name ILIKE ${q} OR a.aws_account_id ILIKE ${q} OR f.check_id ILIKE ${q}
             OR f.short ILIKE ${q} OR 'PST-' || f.number ILIKE ${q})
      GROUP BY f.observation, f.severity`;
    const schedules = await schedulesOf(db, ctx.tenantId);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: page.map((row) => findingRow(row, schedules.get(row.account_id)?.everyMinutes, now)),
      nextCursor: rows.length > limit && last ? encodeCursor([last.place, last.account_name, last.id]) : null,
      total: sum(
        groups.filter(
          (group) =>
            (filter.observation === undefined || group.observation === filter.observation) &&
            (filter.severity === undefined || group.severity === filter.severity),
        ),
      ),
      counts: countsOf(groups),
    };
  });
}

function findingRow(row: Row, everyMinutes: number | undefined, now: Date): FindingRow {
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
    reason: row.reason,
    short: row.short,
    episode: row.episode,
    lastCheckedAt: row.last_checked_at?.toISOString() ?? null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    isStale: isStale(row.decided_at, everyMinutes, now),
  };
}

function countsOf(groups: readonly Group[]): FindingCounts {
  for (const group of groups) {
    // A row that no count holds would be a finding that nobody sees.
    observations.parse(group.observation);
    severities.parseOrNull(group.severity);
  }
  const observed = (observation: Observation) =>
    sum(groups.filter((group) => group.observation === observation));
  const failing = (severity: Severity) =>
    sum(groups.filter((group) => group.observation === "failing" && group.severity === severity));
  return {
    observation: { failing: observed("failing"), passing: observed("passing"), unknown: observed("unknown") },
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
function uuidOrNothing(id: string | undefined): string | null {
  if (id === undefined) return null;
  return z.uuid().safeParse(id).success ? id : "00000000-0000-0000-0000-000000000000";
}
