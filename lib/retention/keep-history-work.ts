import type { WorkKind } from "@/lib/work-items/work-kind";

/** Once a day: rooms for the months to come, months and rows past their time, links that are of no more use. */
export const keepHistoryWork: WorkKind = {
  kind: "history.keep",
  lane: "none",
  maxFailures: 5,
  expiresAfterSeconds: 24 * 60 * 60,
  budget: "upkeep",
};
