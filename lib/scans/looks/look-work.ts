import type { WorkKind } from "@/lib/work-items/work-kind";

/** Looking again at one finding, every few minutes for an hour. The subject is the finding; AWS is asked by scans. */
export const lookWork: WorkKind = {
  kind: "look_again",
  lane: "none",
  maxFailures: 5,
  expiresAfterSeconds: 2 * 60 * 60,
  budget: "upkeep",
};
