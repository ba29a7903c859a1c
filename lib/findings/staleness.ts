/** Without a schedule a verdict ages as if it were daily. */
const dailyMinutes = 24 * 60;

/** Until when a verdict may be taken for the present: the account's scan period and a fifth of it. */
export function staleAt(decidedAt: Date, everyMinutes: number | null | undefined): Date {
  const period = (everyMinutes ?? dailyMinutes) * 60_000;
  return new Date(decidedAt.getTime() + period * 1.2);
}

/**
 * Whether a verdict is too old to be taken for the present. An account that was never decided is not stale; it is
 * unknown.
 */
export function isStale(decidedAt: Date | null, everyMinutes: number | null | undefined, now: Date): boolean {
  return decidedAt !== null && now > staleAt(decidedAt, everyMinutes);
}
