import { defineWords, type WordOf } from "@/lib/words";

/** What makes AWS calls and keeps all of them. */
export const runKinds = defineWords("run kind", ["scan", "connection_test", "trust_probe", "verification"]);
export type RunKind = WordOf<typeof runKinds>;

/** How a run's row came to be: its attempt ended, or another took its calls over. */
export const runEndings = defineWords("run ending", ["ended", "taken_over"]);

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
