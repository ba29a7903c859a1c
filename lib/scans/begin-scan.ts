import type { OrganizationFact, Partition } from "@/lib/checks/facts/facts";
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
    await assertLease(db, lease);
    const { tenantId } = ctx;
    const now = await databaseNow(db);
    const scan = await db.scan.findUnique({
      where: { tenantId_id: { tenantId, id: lease.subjectId } },
      include: { account: true },
    });
    if (!scan) throw new AppError("not_found", "The scan of this obligation does not exist.");
    const { account } = scan;
    if (account.roleArn === null || account.status === "disconnected") {
      throw new AppError("conflict", "The account is not connected.");
    }
    await db.$executeRaw`
      UPDATE scans SET status = 'running', attempt = ${lease.attempt}, started_at = COALESCE(started_at, now()),
                       engine_version = ${engineVersion}
      WHERE tenant_id = ${tenantId}::uuid AND id = ${scan.id}::uuid AND status IN ('queued', 'running')`;
    const seen = await db.firstSeen.findMany({ where: { tenantId, accountId: account.id } });
    return {
      number: scan.number,
      account: {
        id: account.id,
        awsAccountId: account.awsAccountId,
        partition: account.partition as Partition,
        name: account.name,
        role: { arn: account.roleArn, externalId: account.externalId },
      },
      firstSeen: new Map(seen.map((row) => [row.subject, row.at.toISOString()])),
      organizations: await knownOrganizations(db, tenantId, account.id, now),
      lastOrganization: await lastKnownOrganization(db, tenantId, account.id),
      now,
      clockOffset: now.getTime() - Date.now(),
    };
  });
}

async function databaseNow(db: TenantDb): Promise<Date> {
  const rows = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const row = rows[0];
  if (!row) throw new Error("The database did not tell the time.");
  return row.now;
}
