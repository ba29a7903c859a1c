/** Statuses of a scan or a connection test that has not ended. */
export const underWayStatuses = ["queued", "running"] as const;

/** Whether something is still to come of a scan or connection test of this status. */
export function isUnderWay(status: string): boolean {
  return (underWayStatuses as readonly string[]).includes(status);
}
