const minute = 60_000;
/** After what was given up, by how often it was tried again already; the last of them from then on. */
const delays = [15 * minute, 60 * minute, 360 * minute] as const;
/** So long a claim may stand undecided. */
const undecidedMs = 72 * 60 * minute;

/** When a verification that could not decide tries again by itself. */
export function retryAt(now: Date, retries: number): Date {
  return new Date(now.getTime() + (delays[retries] ?? delays[2]));
}

/** When a claim that could not be decided since `firstGaveUpAt` goes back to its owner. */
export function timesOutAt(firstGaveUpAt: Date): Date {
  return new Date(firstGaveUpAt.getTime() + undecidedMs);
}
