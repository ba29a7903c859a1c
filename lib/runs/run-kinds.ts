/** What makes AWS calls and keeps all of them. */
export const runKinds = ["scan", "connection_test", "trust_probe"] as const;
export type RunKind = (typeof runKinds)[number];

/** Which run, and whose. */
export interface RunRef {
  readonly tenantId: string;
  readonly kind: RunKind;
  /** The scan, the connection test, or the work item of a trust probe. */
  readonly subjectId: string;
  readonly accountId: string;
  /** First of the month of its first attempt; the whole run stays there. */
  readonly month: string;
  readonly fence: number;
  readonly startedAt: Date;
}
