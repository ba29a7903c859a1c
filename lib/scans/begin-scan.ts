import { accountStatuses } from "@/lib/accounts/account-states";
import type { OrganizationFact, Partition } from "@/lib/checks/facts/facts";
import { partitions } from "@/lib/checks/words";
import { assertLease, type Lease } from "@/lib/db/system/dispatch";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { engineVersion } from "./engine-version";
import type { FirstSeenTimes } from "./first-seen";
import { type KnownOrganization, knownOrganizations, lastKnownOrganization } from "./organization-evidence";

/** All that a scan needs to know before it talks to AWS. */
export interface BegunScan {
  readonly number: number;
  readonly account: {
    readonly id: string;
    readonly awsAccountId: string;
    readonly partition: Partition;
    readonly name: string;
    readonly role: { readonly arn: string; readonly externalId: string };
  };
  readonly firstSeen: FirstSeenTimes;
  readonly organizations: readonly KnownOrganization[];
  readonly lastOrganization: OrganizationFact | undefined;
  /** The database's time, and how far ahead of the worker's clock it is, in milliseconds. */
  readonly now: Date;
  readonly clockOffset: number;
}

/** Marks the scan as running, behind the lease, and reads what it needs, in one short transaction. */
export async function beginScan(ctx: TenantContext, lease: Lease): Promise<BegunScan> {
  return withTenant(ctx, async (db) => {
    const now = await assertLease(db, lease);
    const clockOffset = now.getTime() - Date.now();
    const { tenantId } = ctx;
    const started = await markRunning(db, lease);
    if (!started) throw new AppError("not_found", "The scan of this obligation does not exist.");
    if (started.role_arn === null || accountStatuses.parse(started.status) === "disconnected") {
      throw new AppError("conflict", "The account is not connected.");
    }
    const accountId = started.account_id;
    return {
      number: started.number,
      account: {
        id: accountId,
        awsAccountId: started.aws_account_id,
        partition: partitions.parse(started.partition),
        name: started.name,
        role: { arn: started.role_arn, externalId: started.external_id },
      },
      firstSeen: await firstSeenTimes(db, tenantId, accountId),
      organizations: await knownOrganizations(db, tenantId, accountId, now),
      lastOrganization: await lastKnownOrganization(db, tenantId, accountId),
      now,
      clockOffset,
    };
  });
}

interface StartedRow {
  readonly number: number;
  readonly account_id: string;
  readonly aws_account_id: string;
  readonly partition: string;
  readonly name: string;
  readonly status: string;
  readonly role_arn: string | null;
  readonly external_id: string;
}

async function markRunning(db: TenantDb, lease: Lease): Promise<StartedRow | undefined> {
  const rows = await db.$queryRaw<StartedRow[]>`
    UPDATE scans s SET status = 'running', attempt = ${lease.attempt}, started_at = COALESCE(s.started_at, now()),
                       engine_version = ${engineVersion}
    FROM accounts a
    WHERE s.tenant_id = ${lease.tenantId}::uuid AND s.id = ${lease.subjectId}::uuid
      AND s.status IN ('queued', 'running') AND a.tenant_id = s.tenant_id AND a.id = s.account_id
    RETURNING s.number, a.id::text AS account_id, a.aws_account_id, a.partition, a.name, a.status, a.role_arn,
              a.external_id`;
  return rows[0];
}

async function firstSeenTimes(db: TenantDb, tenantId: string, accountId: string): Promise<FirstSeenTimes> {
  const rows = await db.$queryRaw<{ subject: string; at: Date }[]>`
    SELECT subject, at FROM first_seen
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid`;
  return new Map(rows.map((row) => [row.subject, row.at.toISOString()]));
}
