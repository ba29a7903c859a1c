import { type Deletion, type Keeper, type Partition, withKeeper } from "@/lib/db/keeper";
import { clockAhead } from "@/lib/db/system/clock";
import { type KeptOrganization, organizationsToKeep, purgeIdentity } from "@/lib/db/system/retention";
import { isExpired, type RetentionPolicy } from "./policy";

/** Months created before they are needed. */
const monthsAhead = 3;

/** Rows deleted in one transaction of an organization. */
const batch = 1_000;

export interface KeptHistory {
  readonly monthsCreated: number;
  readonly partitionsDropped: number;
  readonly rowsDeleted: number;
}

/**
 * Does the keeper's daily round. Every step may be repeated: an interrupted round goes on where it was. Months are
 * dropped whole; organizations under legal hold keep their rows in a partition that takes the month's place. What people
 * sign in with goes first: it needs no keeper, and goes also where none is configured.
 */
export async function keepHistory(
  keeperUrl: string | undefined,
  policy: RetentionPolicy,
  signal: AbortSignal,
): Promise<KeptHistory> {
  await purgeIdentity();
  if (keeperUrl === undefined) return { monthsCreated: 0, partitionsDropped: 0, rowsDeleted: 0 };
  const { now } = await clockAhead();
  return withKeeper(keeperUrl, async (keeper) => {
    const monthsCreated = await keeper.createMonths(monthsAhead);
    const organizations = await organizationsToKeep();
    let partitionsDropped = 0;
    for (const partition of await keeper.partitions()) {
      signal.throwIfAborted();
      if (!isExpired(partition.table, partition.month, policy, now)) continue;
      partitionsDropped += await dropMonth(keeper, partition, organizations);
    }
    let rowsDeleted = 0;
    for (const { id, isHeld } of organizations) {
      rowsDeleted += await deleteExpired(keeper, id, shortLivedRows(), signal);
      if (!isHeld) rowsDeleted += await deleteExpired(keeper, id, expiredRows(policy), signal);
    }
    return { monthsCreated, partitionsDropped, rowsDeleted };
  });
}

async function dropMonth(
  keeper: Keeper,
  partition: Partition,
  organizations: readonly KeptOrganization[],
): Promise<number> {
  const held = organizations.filter(({ isHeld }) => isHeld).map(({ id }) => id);
  if (!partition.isKept || held.length === 0) {
    await keeper.dropPartition(partition, held);
    return 1;
  }
  // What is left of this month belongs to organizations that were held when it was dropped.
  for (const { id, isHeld } of organizations) if (!isHeld) await keeper.deleteFromPartition(partition, id);
  return 0;
}

/** Deletes rows of one organization that are past their time, batch by batch. */
async function deleteExpired(
  keeper: Keeper,
  tenantId: string,
  deletions: readonly Deletion[],
  signal: AbortSignal,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    signal.throwIfAborted();
    const counts = await keeper.deleteUnder(tenantId, deletions);
    const round = counts.reduce((sum, count) => sum + count, 0);
    deleted += round;
    if (Math.max(...counts) < batch) return deleted;
  }
}

/** What is no history, and goes under a legal hold too, like ended sessions: answers kept for a key of the API. */
function shortLivedRows(): Deletion[] {
  return [
    {
      sql: `DELETE FROM idempotency_keys WHERE tenant_id = $1 AND ctid IN (
        SELECT ctid FROM idempotency_keys
        WHERE tenant_id = $1 AND created_at <= now() - interval '24 hours' LIMIT $2)`,
      values: [batch],
    },
  ];
}

/** Scans, verifications, comments, audit entries, closed episodes and connection tests. */
function expiredRows({ historyYears }: RetentionPolicy): Deletion[] {
  const values = [historyYears, batch];
  return [
    {
      sql: `DELETE FROM episodes WHERE tenant_id = $1 AND id IN (
        SELECT id FROM episodes
        WHERE tenant_id = $1 AND verified_at < business_now() - make_interval(years => $2) LIMIT $3)`,
      values,
    },
    {
      sql: `DELETE FROM claims WHERE tenant_id = $1 AND id IN (
        SELECT id FROM claims
        WHERE tenant_id = $1 AND ended_at < business_now() - make_interval(years => $2) LIMIT $3)`,
      values,
    },
    {
      sql: `DELETE FROM verifications WHERE tenant_id = $1 AND id IN (
        SELECT v.id FROM verifications v
        WHERE v.tenant_id = $1 AND v.finished_at < business_now() - make_interval(years => $2)
          AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.tenant_id = v.tenant_id AND f.id = v.finding_id
                            AND f.verification_id = v.id)
        LIMIT $3)`,
      values,
    },
    {
      sql: `DELETE FROM comments WHERE tenant_id = $1 AND id IN (
        SELECT id FROM comments
        WHERE tenant_id = $1 AND at < business_now() - make_interval(years => $2) LIMIT $3)`,
      values,
    },
    {
      sql: `DELETE FROM scans WHERE tenant_id = $1 AND id IN (
        SELECT s.id FROM scans s
        WHERE s.tenant_id = $1 AND s.finished_at < business_now() - make_interval(years => $2)
          AND NOT EXISTS (SELECT 1 FROM episodes e WHERE e.tenant_id = s.tenant_id AND e.detected_scan_id = s.id)
          AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.tenant_id = s.tenant_id AND f.account_id = s.account_id
                            AND s.id IN (f.decided_scan_id, f.last_scan_id))
        LIMIT $3)`,
      values,
    },
    {
      sql: `DELETE FROM audit_log WHERE tenant_id = $1 AND id IN (
        SELECT id FROM audit_log
        WHERE tenant_id = $1 AND at < business_now() - make_interval(years => $2) LIMIT $3)`,
      values,
    },
    {
      // The last one of an account is what its page shows.
      sql: `DELETE FROM connection_tests WHERE tenant_id = $1 AND id IN (
        SELECT t.id FROM connection_tests t
        WHERE t.tenant_id = $1 AND t.finished_at < business_now() - interval '90 days'
          AND EXISTS (SELECT 1 FROM connection_tests n WHERE n.tenant_id = t.tenant_id
                        AND n.account_id = t.account_id AND n.created_at > t.created_at)
        LIMIT $2)`,
      values: [batch],
    },
  ];
}
