import { accountStatuses } from "@/lib/accounts/account-states";
import type { Partition } from "@/lib/checks/facts/facts";
import { partitions } from "@/lib/checks/words";
import { sql } from "@/lib/db/sql";
import { assertHeld, type Held } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { type Month, monthFrom, monthOf } from "@/lib/history/month";
import { type KnownActivity, knownActivity } from "@/lib/runs/known-activity";
import { keepProgress } from "@/lib/runs/run-store";
import { isUnderWay } from "@/lib/runs/under-way";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type AwsOrganizationKnowledge, awsOrganizationKnowledge } from "./aws-organization-facts";
import { engineVersion } from "./engine-version";
import type { FirstSeenTimes } from "./first-seen";

/** All that a scan needs to know before it talks to AWS. */
export interface BegunScan extends AwsOrganizationKnowledge {
  readonly number: number;
  /** How many times this reading has been tried again already. */
  readonly retry: number;
  readonly account: {
    readonly id: string;
    readonly awsAccountId: string;
    readonly partition: Partition;
    readonly name: string;
    readonly role: { readonly arn: string; readonly externalId: string };
  };
  readonly firstSeen: FirstSeenTimes;
  readonly knownActivity: KnownActivity;
  /** First of the month of the scan's first attempt: the key of its history. */
  readonly month: Month;
  /** The business time, and how far ahead of the worker's clock it is, in milliseconds. */
  readonly now: Date;
  readonly clockOffsetMs: number;
}

/** Marks the scan as running, behind the lease, and reads what it needs, in one short transaction. */
export async function beginScan(ctx: TenantContext, held: Held, scanId: string): Promise<BegunScan> {
  return withTenant(ctx, async (db) => {
    const now = await assertHeld(db, held);
    const clockOffsetMs = now.getTime() - Date.now();
    const { tenantId } = ctx;
    // Only an earlier claim can have left calls behind.
    if (held.fence > 1) await keepProgress(db, tenantId, scanId);
    const started = await markRunning(db, tenantId, scanId, { attempt: held.fence, month: monthOf(now) });
    if (!started) throw new AppError("not_found", "The scan of this work item does not exist.");
    if (started.role_arn === null || accountStatuses.parse(started.status) === "disconnected") {
      throw new AppError("conflict", "The account is not connected.");
    }
    const accountId = started.account_id;
    return {
      number: started.number,
      retry: started.retry,
      account: {
        id: accountId,
        awsAccountId: started.aws_account_id,
        partition: partitions.parse(started.partition),
        name: started.name,
        role: { arn: started.role_arn, externalId: started.external_id },
      },
      firstSeen: await firstSeenTimes(db, tenantId, accountId),
      knownActivity: await knownActivity(db, tenantId, accountId, now),
      ...(await awsOrganizationKnowledge(db, tenantId, accountId, now)),
      month: monthFrom(started.month),
      now,
      clockOffsetMs,
    };
  });
}

interface StartedRow {
  readonly number: number;
  readonly retry: number;
  readonly month: Date;
  readonly account_id: string;
  readonly aws_account_id: string;
  readonly partition: string;
  readonly name: string;
  readonly status: string;
  readonly role_arn: string | null;
  readonly external_id: string;
}

async function markRunning(
  db: TenantDb,
  tenantId: string,
  scanId: string,
  { attempt, month }: { attempt: number; month: Month },
): Promise<StartedRow | undefined> {
  const rows = await db.$queryRaw<StartedRow[]>`
    UPDATE scans s SET status = 'running', not_before = NULL, attempt = ${attempt}, started_at = COALESCE(s.started_at, business_now()),
                       month = COALESCE(s.month, ${month}::date),
                       engine_version = ${engineVersion}
    FROM accounts a
    WHERE s.tenant_id = ${tenantId}::uuid AND s.id = ${scanId}::uuid
      AND ${isUnderWay(sql`s.status`)} AND a.tenant_id = s.tenant_id AND a.id = s.account_id
    RETURNING s.number, s.retry, s.month, a.id::text AS account_id, a.aws_account_id, a.partition, a.name, a.status, a.role_arn,
              a.external_id`;
  return rows[0];
}

async function firstSeenTimes(db: TenantDb, tenantId: string, accountId: string): Promise<FirstSeenTimes> {
  const rows = await db.$queryRaw<{ subject: string; at: Date }[]>`
    SELECT subject, at FROM first_seen
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid`;
  return new Map(rows.map((row) => [row.subject, row.at.toISOString()]));
}
