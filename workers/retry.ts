/** After so many attempts an obligation is given up: whatever stops it will stop it again. */
export const maxAttempts = 5;

/**
 * Seconds to wait before the next attempt, exponential with full jitter, at most 15 minutes. The first repeat
 * comes at once: most often it was the worker that died, not the work that failed.
 */
export function backoffSeconds(attempt: number, random: () => number = Math.random): number {
  return attempt <= 1 ? 0 : random() * Math.min(900, 5 * 2 ** attempt);
}
