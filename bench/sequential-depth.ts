interface TimedCall {
  readonly at: string;
  readonly durationMs: number;
}

/**
 * Length of the longest chain of calls each of which began after the one before had ended. Times are in whole
 * milliseconds, so a call may seem to begin one before the end of the call it waited for.
 */
export function sequentialDepth(calls: readonly TimedCall[]): number {
  const spans = calls.map(({ at, durationMs }) => ({
    begun: Date.parse(at),
    ended: Date.parse(at) + durationMs,
  }));
  let depth = 0;
  let ended = Number.NEGATIVE_INFINITY;
  /** Of calls sorted by their end, taking each that begins after the last taken gives the longest chain. */
  for (const span of spans.sort((a, b) => a.ended - b.ended)) {
    if (span.begun < ended - 1) continue;
    depth += 1;
    ended = span.ended;
  }
  return depth;
}
