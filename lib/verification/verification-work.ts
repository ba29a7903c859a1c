import type { WorkKind } from "@/lib/work-items/work-kind";

/**
 * Proving one finding fixed: parks between looks, for days if need be. The subject is the verification. Its lane is the
 * account, so that looks and scans do not spend the account's quota at AWS at the same time.
 */
export const verificationWork: WorkKind = {
  kind: "verification",
  lane: "account",
  maxFailures: 20,
  // Longer than a claim may stand undecided: what ends it is the claim's own time, with a reason.
  expiresAfterSeconds: 14 * 24 * 60 * 60,
  budget: "scan",
};
