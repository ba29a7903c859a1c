import { accountStatuses, environments } from "@/lib/accounts/account-states";
import { findCheck } from "@/lib/checks/registry";
import { assurances, severities } from "@/lib/checks/words";
import { businessNow, type Sql, sql } from "@/lib/db/sql";
import { findingKey } from "@/lib/findings/finding-key";
import { findingStatuses, isOpen, observations } from "@/lib/findings/lifecycle/states";
import type { ListedFinding } from "@/lib/findings/list-view";
import { priorityOf } from "@/lib/findings/priority-states";
import { readRegionCounts } from "@/lib/findings/region-counts";
import { isStale } from "@/lib/findings/staleness";
import type { FindingQuery } from "./finding-query";

export interface StoredRow {
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
  priority: number | null;
  score: number | null;
  cause: string | null;
  region_counts: number[];
  blind_regions: string[];
  owner_id: string | null;
  due_at: Date | null;
  due_day: string | null;
  days_left: number | null;
  comebacks: number;
  member: string | null;
  now: Date;
  key: string[];
}

const zone = sql`COALESCE(t.time_zone, 'UTC')`;

/** What of a row is read besides its key: `f` finding, `a` account, `s` schedule, `t` settings. */
export const listedColumns: Sql = sql`
  f.id::text AS id, f.number, f.check_id, f.account_id::text AS account_id, a.name AS account_name,
  a.aws_account_id, a.environment, a.status AS account_status, f.status, f.observation, f.observation_since,
  f.severity, f.assurance, f.reason, f.short, f.episode, f.last_checked_at, f.decided_at, f.priority, f.score,
  f.cause, f.region_counts, f.blind_regions, f.owner_id::text AS owner_id, f.due_at, f.comebacks,
  to_char(f.due_at AT TIME ZONE ${zone}, 'YYYY-MM-DD') AS due_day,
  (f.due_at AT TIME ZONE ${zone})::date - (${businessNow} AT TIME ZONE ${zone})::date AS days_left,
  s.every_minutes, ${businessNow} AS now`;

const members: Readonly<Record<string, Sql>> = {
  cause: sql`f.cause_rank::text`,
  owner: sql`f.owner_key::text`,
  account: sql`f.account_id::text`,
  dueWeek: sql`CASE WHEN isfinite(f.due_key) THEN to_char(date_trunc('week', f.due_key AT TIME ZONE ${zone}), 'YYYY-MM-DD') END`,
};

/** What the findings of a group have in common, as text. */
export function memberColumn({ group }: Pick<FindingQuery, "group">): Sql {
  return members[group ?? ""] ?? sql`NULL::text`;
}

export function listedFinding(row: StoredRow): ListedFinding {
  const status = findingStatuses.parse(row.status);
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
    status,
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
    priority: priorityOf(row.priority),
    score: row.score,
    cause: row.cause,
    regions: readRegionCounts(row.region_counts),
    blindRegions: row.blind_regions,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: null },
    dueAt: row.due_at?.toISOString() ?? null,
    dueDay: row.due_day,
    daysLeft: row.days_left,
    isOverdue: isOpen(status) && row.due_at !== null && row.due_at < row.now,
    comebacks: row.comebacks,
    member: row.member,
  };
}
