import type { WorkKind } from "@/lib/work-items/work-kind";

/** Trying a role before the account is connected. The subject is the connection test; a person waits for it. */
export const connectionTestWork: WorkKind = {
  kind: "connection_test",
  lane: "account",
  maxFailures: 5,
  expiresAfterSeconds: 10 * 60,
  budget: "interactive",
};
