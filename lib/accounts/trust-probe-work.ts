import type { WorkKind } from "@/lib/work-items/work-kind";

/** The weekly proof that the role cannot be assumed without the external id. The subject is the account. */
export const trustProbeWork: WorkKind = {
  kind: "trust_probe",
  lane: "account",
  maxFailures: 5,
  expiresAfterSeconds: 24 * 60 * 60,
  budget: "upkeep",
};
