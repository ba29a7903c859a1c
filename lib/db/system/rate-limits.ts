import { identityPrisma as prisma } from "@/lib/db/client";

/**
 * Counts one attempt in the fixed window of `key` and says how many there are in it. A window begins with its
 * first attempt. One statement, so parallel attempts are all counted. Global: it runs before anyone is known;
 * the key is a hash.
 */
export async function countAttempt(
  key: string,
  windowMs: number,
  now: Date,
): Promise<{ count: number; windowStart: Date }> {
  const openSince = new Date(now.getTime() - windowMs);
  const rows = await prisma.$queryRaw<{ count: number; window_start: Date }[]>`
    INSERT INTO rate_limits AS r (key, window_start, count) VALUES (${key}, ${now}, 1)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN r.window_start > ${openSince} THEN r.count + 1 ELSE 1 END,
      window_start = CASE WHEN r.window_start > ${openSince} THEN r.window_start ELSE EXCLUDED.window_start END
    RETURNING count, window_start`;
  const row = rows[0];
  if (row === undefined) throw new Error("rate limit statement returned no row");
  return { count: row.count, windowStart: row.window_start };
}

/** Gives one attempt back. */
export async function returnAttempt(key: string): Promise<void> {
  await prisma.rateLimit.updateMany({ where: { key, count: { gt: 0 } }, data: { count: { decrement: 1 } } });
}

/** Old windows hold nothing. */
export async function deleteWindowsBefore(before: Date): Promise<void> {
  await prisma.rateLimit.deleteMany({ where: { windowStart: { lt: before } } });
}
