const propagationGrace = 24 * 3_600_000;

/** Within the grace that AWS needs to copy a trail to a Region; without a date there is none. */
export function isRecent(since: string | undefined, now: number): boolean {
  return since !== undefined && now - Date.parse(since) <= propagationGrace;
}
