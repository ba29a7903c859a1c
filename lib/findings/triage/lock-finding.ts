import { type AccountStatus, accountStatuses } from "@/lib/accounts/account-states";
import type { Severity } from "@/lib/checks/evaluation";
import { severities } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError, notFound } from "@/lib/errors";
import { findingAt } from "@/lib/findings/finding-at";
import { findingKey } from "@/lib/findings/finding-key";
import {
  type ClaimableStatus,
  claimableStatuses,
  type FindingStatus,
  findingStatuses,
  type Observation,
  observations,
  statusLabels,
} from "@/lib/findings/lifecycle/states";

/** What people decide about a finding, which no other transaction changes until this one ends. */
export interface LockedFinding {
  readonly id: string;
  readonly key: string | null;
  readonly version: number;
  readonly status: FindingStatus;
  readonly observation: Observation;
  readonly severity: Severity | null;
  readonly episode: number;
  readonly ownerId: string | null;
  readonly dueAt: string | null;
  readonly ticketUrl: string | null;
  readonly claimedFrom: ClaimableStatus | null;
  readonly accountId: string;
  readonly accountStatus: AccountStatus;
}

interface Stored {
  readonly id: string;
  readonly number: number | null;
  readonly version: number;
  readonly status: string;
  readonly observation: string;
  readonly severity: string | null;
  readonly episode: number;
  readonly ownerId: string | null;
  readonly dueAt: Date | null;
  readonly ticketUrl: string | null;
  readonly claimedFrom: string | null;
  readonly accountId: string;
  readonly accountStatus: string;
}

/**
 * Locks the finding against scans and other people. `key` is as in getFinding(). Who locks its account too does that
 * first, as scans do. Throws not_found.
 */
export async function lockFinding(db: TenantDb, tenantId: string, key: string): Promise<LockedFinding> {
  const where = findingAt(key);
  if (!where) throw notFound();
  const [row] = await db.$queryRaw<Stored[]>`
    SELECT f.id::text AS id, f.number, f.version, f.status, f.observation, f.severity, f.episode,
           f.owner_id::text AS "ownerId", f.due_at AS "dueAt", f.ticket_url AS "ticketUrl",
           c.claimed_from AS "claimedFrom", f.account_id::text AS "accountId", a.status AS "accountStatus"
    FROM findings f
      JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
      LEFT JOIN claims c ON c.tenant_id = f.tenant_id AND c.finding_id = f.id AND c.ended_at IS NULL
    WHERE f.tenant_id = ${tenantId}::uuid AND ${where} FOR UPDATE OF f`;
  if (!row) throw notFound();
  return {
    id: row.id,
    key: findingKey(row.number),
    version: row.version,
    status: findingStatuses.parse(row.status),
    observation: observations.parse(row.observation),
    severity: severities.parseOrNull(row.severity),
    episode: row.episode,
    ownerId: row.ownerId,
    dueAt: row.dueAt?.toISOString() ?? null,
    ticketUrl: row.ticketUrl,
    claimedFrom: claimableStatuses.parseOrNull(row.claimedFrom),
    accountId: row.accountId,
    accountStatus: accountStatuses.parse(row.accountStatus),
  };
}

/** Throws version_conflict when somebody changed the finding since `version` was read. */
export function requireVersion(finding: LockedFinding, version: number): void {
  if (finding.version === version) return;
  const { status, ownerId, dueAt, ticketUrl } = finding;
  throw new AppError(
    "version_conflict",
    `Someone changed this finding since you read it: it is now “${statusLabels[status]}”. Nothing was saved. Read it again, then repeat your change.`,
    { current: { version: finding.version, status, ownerId, dueAt, ticketUrl } },
  );
}
