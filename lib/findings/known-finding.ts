import type { TenantReader } from "@/lib/db/tenant-db";
import { notFound } from "@/lib/errors";
import { findingAt } from "./finding-at";
import { findingKey } from "./finding-key";
import { type FindingStatus, findingStatuses } from "./lifecycle/states";

export interface KnownFinding {
  readonly id: string;
  readonly key: string | null;
  readonly status: FindingStatus;
  readonly episode: number;
  readonly accountId: string;
}

/**
 * The finding that something is asked for, read in the transaction that does it: under the permission of what is
 * asked for, with nothing between the two. `key` is as in getFinding(). Throws not_found.
 */
export async function knownFinding(db: TenantReader, tenantId: string, key: string): Promise<KnownFinding> {
  const where = findingAt(key);
  if (!where) throw notFound();
  const [row] = await db.$queryRaw<
    {
      id: string;
      number: number | null;
      status: string;
      episode: number;
      accountId: string;
    }[]
  >`
    SELECT f.id::text AS id, f.number, f.status, f.episode, f.account_id::text AS "accountId"
    FROM findings f
    WHERE f.tenant_id = ${tenantId}::uuid AND ${where}`;
  if (!row) throw notFound();
  return {
    id: row.id,
    key: findingKey(row.number),
    status: findingStatuses.parse(row.status),
    episode: row.episode,
    accountId: row.accountId,
  };
}
