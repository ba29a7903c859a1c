import { identityPrisma as prisma } from "@/lib/db/client";

// Global: it runs before anyone is known; every key is a hash. Each statement counts by itself, so that no parallel
// attempt is missed.

export interface Window {
  readonly count: number;
  readonly windowStart: Date;
}

/**
 * Counts one attempt in the fixed window of `key`, and says when that window began. A window begins with its first
 * attempt. Where it is full already nothing is counted, and `isFull` says so.
 */
export async function countAttempt(
  key: string,
  { max, windowMs }: { readonly max: number; readonly windowMs: number },
  now: Date,
): Promise<{ isFull: boolean; windowStart: Date }> {
  const openSince = new Date(now.getTime() - windowMs);
  const rows = await prisma.$queryRaw<{ window_start: Date }[]>`
    INSERT INTO rate_limits AS r (key, window_start, count) VALUES (${key}, ${now}, 1)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN r.window_start > ${openSince} THEN r.count + 1 ELSE 1 END,
      window_start = CASE WHEN r.window_start > ${openSince} THEN r.window_start ELSE EXCLUDED.window_start END
    WHERE r.window_start <= ${openSince} OR r.count < ${max}
    RETURNING window_start`;
  const counted = rows[0];
  if (counted !== undefined) return { isFull: false, windowStart: counted.window_start };
  return { isFull: true, windowStart: (await readWindow(key))?.windowStart ?? now };
}

/** What stands under the key, whether it still counts or not. */
export async function readWindow(key: string): Promise<Window | null> {
  return prisma.rateLimit.findUnique({ where: { key }, select: { count: true, windowStart: true } });
}

/** What was counted under the keys, in windows that began after `since`. */
export async function countsSince(
  keys: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  const windows = await prisma.rateLimit.findMany({
    where: { key: { in: [...keys] }, windowStart: { gt: since } },
    select: { key: true, count: true },
  });
  return new Map(windows.map(({ key, count }) => [key, count]));
}

/** Gives one attempt back to the window in which it was counted; a later window owes nothing. */
export async function returnAttempt(key: string, windowStart: Date): Promise<void> {
  await prisma.rateLimit.updateMany({
    where: { key, windowStart, count: { gt: 0 } },
    data: { count: { decrement: 1 } },
  });
}

export interface Growth {
  /** Failures that cost nothing. */
  readonly free: number;
  /** The wait after the last free one; each further failure doubles it. */
  readonly firstSeconds: number;
  readonly longestSeconds: number;
}

/**
 * Counts a failure of `key`, whose `windowStart` is then the last failure, unless the key has to wait at this moment:
 * what was started before the wait began and fails in it is no further failure. False when it was not counted. Failures
 * older than `forgottenBefore` are forgotten.
 */
export async function countFailure(
  key: string,
  { free, firstSeconds, longestSeconds }: Growth,
  now: Date,
  forgottenBefore: Date,
): Promise<boolean> {
  const changed = await prisma.$executeRaw`
    INSERT INTO rate_limits AS r (key, window_start, count) VALUES (${key}, ${now}, 1)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN r.window_start > ${forgottenBefore} THEN r.count + 1 ELSE 1 END, window_start = EXCLUDED.window_start
    WHERE r.count < ${free} OR ${now} >= r.window_start + interval '1 second'
      * LEAST(${longestSeconds}::float8, ${firstSeconds}::float8 * power(2, LEAST(r.count - ${free}, 30)))`;
  return changed === 1;
}

/** The key starts afresh. */
export async function forgetKey(key: string): Promise<void> {
  await prisma.rateLimit.deleteMany({ where: { key } });
}

/** Old windows hold nothing. */
export async function deleteWindowsBefore(before: Date): Promise<void> {
  await prisma.rateLimit.deleteMany({ where: { windowStart: { lt: before } } });
}
