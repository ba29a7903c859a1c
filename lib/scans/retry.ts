import type { ReadFailure, ReadFailureKind } from "@/lib/checks/facts/reading";

/** Failures that may be over in a few minutes. A denial is not: someone must change a policy first. */
const passing: ReadonlySet<ReadFailureKind> = new Set([
  "throttled",
  "timeout",
  "network",
  "server_error",
  "garbage",
  "deadline",
  "expired",
]);

const delaysSeconds = [2 * 60, 10 * 60, 60 * 60] as const;

/**
 * After how many seconds a scan that ended on these failures is tried again, the retries so far given; null when it
 * is not: nothing that is temporary, tried three times, or the schedule comes first anyway.
 */
export function retryAfterSeconds(
  failures: readonly ReadFailure[],
  retriesSoFar: number,
  nextScheduled: { readonly inSeconds: number } | null,
): number | null {
  if (!failures.some(({ kind }) => passing.has(kind))) return null;
  const delay = delaysSeconds[retriesSoFar];
  if (delay === undefined || (nextScheduled !== null && nextScheduled.inSeconds <= delay)) return null;
  return delay;
}
