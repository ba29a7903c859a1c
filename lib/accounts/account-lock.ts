import type { Partition } from "@/lib/checks/facts/facts";
import { partitions } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { notFound } from "@/lib/errors";
import { type AccountStatus, accountStatuses, type Environment, environments } from "./account-states";

/** An account that no other transaction changes until this one ends. */
export interface LockedAccount {
  readonly name: string;
  readonly environment: Environment;
  readonly status: AccountStatus;
  readonly partition: Partition;
  readonly awsAccountId: string;
  readonly roleArn: string | null;
  readonly version: number;
}

interface StoredAccount {
  readonly name: string;
  readonly environment: string;
  readonly status: string;
  readonly partition: string;
  readonly aws_account_id: string;
  readonly role_arn: string | null;
  readonly version: number;
}

/**
 * Locks the account: who changes it, or creates or ends what hangs on it, does so one after the other. It comes first
 * in a transaction, before work items and counters, so that two transactions cannot wait for each other. Throws
 * not_found.
 */
export async function lockAccount(db: TenantDb, tenantId: string, accountId: string): Promise<LockedAccount> {
  const account = await lockAccountIfThere(db, tenantId, accountId);
  if (account === null) throw notFound();
  return account;
}

/** The same for a worker: when the account is gone, its lease is too, and that is what it has to hear. */
export async function lockAccountIfThere(
  db: TenantDb,
  tenantId: string,
  accountId: string,
): Promise<LockedAccount | null> {
  const rows = await db.$queryRaw<StoredAccount[]>`
    SELECT name, environment, status, partition, aws_account_id, role_arn, version FROM accounts
    WHERE tenant_id = ${tenantId}::uuid AND id = ${accountId}::uuid FOR UPDATE`;
  const [row] = rows;
  if (!row) return null;
  return {
    name: row.name,
    environment: environments.parse(row.environment),
    status: accountStatuses.parse(row.status),
    partition: partitions.parse(row.partition),
    awsAccountId: row.aws_account_id,
    roleArn: row.role_arn,
    version: row.version,
  };
}

/** Locks the accounts that no transaction holds, in the order of their ids, and waits for none of the others. */
export async function lockFreeAccounts(
  db: TenantDb,
  tenantId: string,
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM accounts
    WHERE tenant_id = ${tenantId}::uuid AND id = ANY (${[...accountIds]}::uuid[])
    ORDER BY id FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}
