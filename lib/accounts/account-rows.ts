import { z } from "zod";
import { byRegistry } from "@/lib/checks/registry";
import { assurances, partitions, severities } from "@/lib/checks/words";
import { businessNow, type Sql, sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { findingKey } from "@/lib/findings/finding-key";
import { observations } from "@/lib/findings/lifecycle/states";
import { readRegionCounts } from "@/lib/findings/region-counts";
import { isStale } from "@/lib/findings/staleness";
import { scanStatuses } from "@/lib/scans/scan-states";
import { accountStatuses, environments } from "./account-states";
import type { AccountRow } from "./account-view";

/**
 * Rows of the accounts `a` that the condition lets through, in the order given, at most `limit`: each with its
 * findings, its last scan and its schedule, in one query.
 */
export async function accountRows(
  db: TenantDb,
  tenantId: string,
  condition: Sql,
  { order, limit }: { order: Sql; limit: number } = { order: sql`a.id`, limit: 1 },
): Promise<readonly StoredAccount[]> {
  return db.$queryRaw<StoredAccount[]>`
    SELECT a.id::text AS id, a.name, a.aws_account_id, a.partition, a.environment, a.labels, a.status, a.status_reason, a.role_arn,
           a.version, a.created_at, a.connected_at, a.last_read_at, a.trust_checked_at, a.trust_problem, a.standing,
           lower(a.name) AS sort_name, s.every_minutes, s.next_due_at, s.enabled, ${businessNow} AS now,
           l.number AS scan_number, l.status AS scan_status, l.at AS scan_at, f.findings
    FROM (SELECT * FROM accounts a WHERE a.tenant_id = ${tenantId}::uuid AND ${condition}
          ORDER BY ${order} LIMIT ${limit}) a
      LEFT JOIN scan_schedules s ON s.tenant_id = a.tenant_id AND s.account_id = a.id
      LEFT JOIN LATERAL (
        SELECT number, status, coalesce(finished_at, requested_at) AS at FROM scans
        WHERE tenant_id = a.tenant_id AND account_id = a.id ORDER BY requested_at DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('checkId', check_id, 'number', number, 'observation', observation,
                                          'severity', severity, 'short', short,
                                          'assurance', assurance, 'regionCounts', region_counts)) AS findings
        FROM findings WHERE tenant_id = a.tenant_id AND account_id = a.id) f ON true
    ORDER BY ${order}`;
}

/** The row of one account, or null. `id` may be anything that was typed into an address. */
export async function findAccountRow(db: TenantDb, tenantId: string, id: string): Promise<AccountRow | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [row] = await accountRows(db, tenantId, sql`a.id = ${id}::uuid`);
  return row ? accountRow(row) : null;
}

export interface StoredAccount {
  readonly id: string;
  readonly name: string;
  readonly aws_account_id: string;
  readonly partition: string;
  readonly environment: string;
  readonly labels: readonly string[];
  readonly status: string;
  readonly status_reason: string | null;
  readonly role_arn: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly connected_at: Date | null;
  readonly last_read_at: Date | null;
  readonly trust_checked_at: Date | null;
  readonly trust_problem: string | null;
  readonly standing: number;
  readonly sort_name: string;
  readonly every_minutes: number | null;
  readonly next_due_at: Date | null;
  readonly enabled: boolean | null;
  readonly now: Date;
  readonly scan_number: number | null;
  readonly scan_status: string | null;
  readonly scan_at: Date | null;
  readonly findings:
    | readonly {
        readonly checkId: string;
        readonly number: number | null;
        readonly observation: string;
        readonly severity: string | null;
        readonly short: string | null;
        readonly assurance: string | null;
        readonly regionCounts: readonly number[];
      }[]
    | null;
}

export function accountRow(row: StoredAccount): AccountRow {
  return {
    id: row.id,
    name: row.name,
    awsAccountId: row.aws_account_id,
    partition: partitions.parse(row.partition),
    environment: environments.parse(row.environment),
    labels: row.labels,
    status: accountStatuses.parse(row.status),
    statusText: row.status_reason,
    roleArn: row.role_arn,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    connectedAt: row.connected_at?.toISOString() ?? null,
    lastReadAt: row.last_read_at?.toISOString() ?? null,
    trustCheckedAt: row.trust_checked_at?.toISOString() ?? null,
    trustProblem: row.trust_problem,
    isStale: isStale(row.last_read_at, row.every_minutes, row.now),
    nextScanAt: row.enabled ? (row.next_due_at?.toISOString() ?? null) : null,
    everyMinutes: row.enabled ? row.every_minutes : null,
    findings: [...(row.findings ?? [])]
      .sort(byRegistry)
      .map(({ checkId, number, observation, severity, short, assurance, regionCounts }) => ({
        checkId,
        key: findingKey(number),
        observation: observations.parse(observation),
        severity: severities.parseOrNull(severity),
        short,
        assurance: observation === "passing" ? assurances.parseOrNull(assurance) : null,
        regions: readRegionCounts(regionCounts),
      })),
    lastScan:
      row.scan_number !== null && row.scan_status !== null && row.scan_at !== null
        ? {
            number: row.scan_number,
            status: scanStatuses.parse(row.scan_status),
            at: row.scan_at.toISOString(),
          }
        : null,
  };
}
