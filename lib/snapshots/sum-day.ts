import type { TenantDb } from "@/lib/db/tenant-db";
import { openStatuses } from "@/lib/findings/lifecycle/states";
import { addDays, type Day, endOf, monthOfDay, startOf } from "./day";

/**
 * Sums the snapshots of a day that is whole, with what happened on it: what failed again, and how long failures had been
 * known when they were first claimed fixed. A sum that is there stays as it is.
 */
export async function insertCoverageDay(db: TenantDb, tenantId: string, day: Day): Promise<void> {
  const [from, to] = [startOf(day), endOf(day)];
  // An event is in the month of its scan, which may have begun before midnight.
  const months = [...new Set([monthOfDay(addDays(day, -1)), monthOfDay(day)])];
  await db.$executeRaw`
    WITH back AS (
      SELECT f.account_id, f.check_id, count(*) AS times
      FROM finding_events e JOIN findings f ON f.tenant_id = e.tenant_id AND f.id = e.finding_id
      WHERE e.tenant_id = ${tenantId}::uuid AND e.month = ANY (${months}::date[]) AND e.kind = 'failing_again'
        AND e.at >= ${from} AND e.at < ${to}
      GROUP BY f.account_id, f.check_id
    ), claimed AS (
      SELECT f.account_id, f.check_id, min(extract(epoch FROM c.claimed_at - e.detected_at))::int AS seconds
      FROM claims c
        JOIN findings f ON f.tenant_id = c.tenant_id AND f.id = c.finding_id
        JOIN episodes e ON e.tenant_id = c.tenant_id AND e.finding_id = c.finding_id AND e.number = c.episode
      WHERE c.tenant_id = ${tenantId}::uuid AND c.claimed_at >= ${from} AND c.claimed_at < ${to}
        AND c.claimed_by <> 'system' AND NOT EXISTS (SELECT 1 FROM claims earlier
                        WHERE earlier.tenant_id = c.tenant_id AND earlier.finding_id = c.finding_id
                          AND earlier.episode = c.episode AND earlier.claimed_by <> 'system'
                          AND earlier.claimed_at < c.claimed_at)
      GROUP BY f.account_id, f.check_id
    )
    INSERT INTO coverage_days (tenant_id, month, day, check_id, environment, accounts, unknown_accounts,
                               covered_seconds, partial_seconds, uncovered_seconds, unknown_seconds,
                               failing_accounts, open_findings, came_back, claim_seconds)
    SELECT s.tenant_id, s.month, s.day, s.check_id, s.environment, count(*), count(s.unknown_because),
           sum(s.covered_seconds), sum(s.partial_seconds), sum(s.uncovered_seconds), sum(s.unknown_seconds),
           count(*) FILTER (WHERE s.observation = 'failing'),
           count(*) FILTER (WHERE s.status = ANY (${[...openStatuses]}::text[])),
           COALESCE(sum(back.times), 0),
           COALESCE(array_agg(claimed.seconds ORDER BY claimed.seconds) FILTER (WHERE claimed.seconds IS NOT NULL), '{}')
    FROM snapshots s
      LEFT JOIN back USING (account_id, check_id)
      LEFT JOIN claimed USING (account_id, check_id)
    WHERE s.tenant_id = ${tenantId}::uuid AND s.month = ${monthOfDay(day)}::date AND s.day = ${day}::date
    GROUP BY s.tenant_id, s.month, s.day, s.check_id, s.environment
    ON CONFLICT DO NOTHING`;
}
