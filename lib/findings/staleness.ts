/** Without a schedule a verdict ages as if it were daily. */
const dailyMinutes = 24 * 60;

/**
 * Whether a verdict is too old to be taken for the present: older than the account's scan period and a fifth of
 * it. An account that was never decided is not stale; it is unknown.
 */
export function isStale(decidedAt: Date | null, everyMinutes: number | null | undefined, now: Date): boolean {
  if (!decidedAt) return false;
  const period = (everyMinutes ?? dailyMinutes) * 60_000;
  return now.getTime() - decidedAt.getTime() > period * 1.2;
}
