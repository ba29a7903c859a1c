import type { WorkKind } from "@/lib/work-items/work-kind";

/** Reading one account with all checks. The subject is the scan. */
export const scanWork: WorkKind = {
  kind: "scan",
  lane: "account",
  maxFailures: 5,
  expiresAfterSeconds: 6 * 60 * 60,
  budget: "scan",
};
