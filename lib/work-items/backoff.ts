/**
 * Seconds to wait before an item is tried again after an error of its own, exponential with full jitter, at most 15
 * minutes. `failures` are those so far, this one included.
 */
export function backoffSeconds(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(900, 5 * 2 ** Math.max(1, failures));
}

/** After a lost lease: at once the first time, when it was most likely the worker that died and not the work. */
export function reclaimSeconds(losses: number, random: () => number = Math.random): number {
  return losses <= 0 ? 0 : backoffSeconds(losses, random);
}

/** While the database or the queue is away, items wait this long, in seconds, with jitter so that they do not return together. */
export function infrastructureSeconds(random: () => number = Math.random): number {
  return 5 + 10 * random();
}
