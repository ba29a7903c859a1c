import type { TenantDb } from "@/lib/db/tenant-db";
import { addDays, type Day, dayFrom, dayOf } from "./day";
import { settledAfterMinutes } from "./plan-snapshots-work";

/** How far an organization's snapshots are. */
export interface Progress {
  /** Days before it are whole. */
  readonly nextDay: Day;
  /** Of that day the accounts up to this one are done. */
  readonly afterAccount: string | null;
}

/**
 * Where to go on, and the last day that can be taken: the scans of a day are stored a quarter of an hour after it has
 * ended. Days are taken one after the other, because each builds on the one before. The first is that of the
 * organization's first account, or of the first month of which there are evaluations.
 */
export async function progressOf(
  db: TenantDb,
  tenantId: string,
): Promise<{ progress: Progress; lastDay: Day; now: Date }> {
  const [row] = await db.$queryRaw<
    {
      next_day: Date | null;
      after_account: string | null;
      first_month: Date | null;
      first: Date | null;
      now: Date;
    }[]
  >`
    SELECT p.next_day, p.after_account::text, business_now() AS now,
           CASE WHEN p.next_day IS NULL THEN (
             SELECT e.month FROM evaluations e WHERE e.tenant_id = ${tenantId}::uuid ORDER BY e.month LIMIT 1) END AS first_month,
           CASE WHEN p.next_day IS NULL THEN (
             SELECT min(a.created_at) FROM accounts a WHERE a.tenant_id = ${tenantId}::uuid) END AS first
    FROM (SELECT 1) AS one LEFT JOIN snapshot_progress p ON p.tenant_id = ${tenantId}::uuid`;
  if (!row) throw new Error("The database did not say how far the snapshots are.");
  const { now, first, first_month: firstMonth } = row;
  const lastDay = addDays(dayOf(new Date(now.getTime() - settledAfterMinutes * 60_000)), -1);
  if (row.next_day !== null) {
    return { progress: { nextDay: dayFrom(row.next_day), afterAccount: row.after_account }, lastDay, now };
  }
  const days = [first === null ? null : dayOf(first), firstMonth === null ? null : dayFrom(firstMonth)];
  const known = days.filter((day) => day !== null).sort();
  // Without an evaluation there is nothing to take: the day to come is the first.
  const nextDay = firstMonth === null ? addDays(lastDay, 1) : (known.at(-1) ?? lastDay);
  return { progress: { nextDay, afterAccount: null }, lastDay, now };
}

/** Stores where to go on. */
export async function storeProgress(db: TenantDb, tenantId: string, progress: Progress): Promise<void> {
  await db.$executeRaw`
    INSERT INTO snapshot_progress (tenant_id, next_day, after_account)
    VALUES (${tenantId}::uuid, ${progress.nextDay}::date, ${progress.afterAccount}::uuid)
    ON CONFLICT (tenant_id) DO UPDATE SET next_day = excluded.next_day, after_account = excluded.after_account`;
}

/** The day up to which snapshots are whole; null before the first. */
export async function takenThrough(db: TenantDb, tenantId: string): Promise<Day | null> {
  const [row] = await db.$queryRaw<{ next_day: Date }[]>`
    SELECT next_day FROM snapshot_progress WHERE tenant_id = ${tenantId}::uuid`;
  return row === undefined ? null : addDays(dayFrom(row.next_day), -1);
}
