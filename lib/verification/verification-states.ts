import { defineWords, type WordOf } from "@/lib/words";

/** `inconclusive`: it gave up for now, and tries again by itself until the claim times out. */
export const verificationStatuses = defineWords("verification status", [
  "running",
  "passed",
  "failed",
  "inconclusive",
  "cancelled",
]);
export type VerificationStatus = WordOf<typeof verificationStatuses>;

/** What began it: a claim, a pass that nobody claimed, or a person who wanted it proven again. */
export const verificationTriggers = defineWords("verification trigger", [
  "claim",
  "unclaimed_pass",
  "person",
]);
export type VerificationTrigger = WordOf<typeof verificationTriggers>;

/**
 * How sure delivery is, the weakest first. `delivered`: CloudTrail reports a delivery later than our call. `object`: a
 * log file of the Region that is newer than our call is in the bucket. `content`: our own call is in it.
 */
export const proofLevels = defineWords("level of proof", ["delivered", "object", "content"]);
export type ProofLevel = WordOf<typeof proofLevels>;

export const proofLevelLabels: Readonly<Record<ProofLevel, string>> = {
  delivered: "CloudTrail reports a delivery after our call",
  object: "A log file newer than our call is in the bucket",
  content: "Our own call is in a log file in the bucket",
};

/** A key as a whole. */
export const keyStates = defineWords("state of a key", ["waiting", "passed", "failed", "inconclusive"]);
export type KeyState = WordOf<typeof keyStates>;

/** A key in one Region. `exempt`: nobody can look there, and that does not stand in the way. */
export const keyRegionStates = defineWords("state of a key in a Region", [
  "waiting",
  "passed",
  "failed",
  "inconclusive",
  "exempt",
]);
export type KeyRegionState = WordOf<typeof keyRegionStates>;

/** Why a key has not turned in a Region, or does not have to. */
export const keyReasons = defineWords("reason of a key", [
  /** Key A: the check's own verdict on the Region. */
  "not_covered",
  "partly_covered",
  "not_read",
  /** Both: an explicit service control policy closes the Region to us. */
  "closed_by_policy",
  /** Key B: what is in the way of our call or of its delivery. */
  "not_sent",
  "no_trail_records_reads",
  "not_delivered",
  "delivery_error",
  "logging_stopped",
  "trail_gone",
  "status_unreadable",
  "not_in_bucket",
  "bucket_unreadable",
]);
export type KeyReason = WordOf<typeof keyReasons>;

/** Whether Regions that are enabled later will be logged. */
export const inheritanceStates = defineWords("state of new Regions", ["passed", "failed", "unknown"]);
export type InheritanceState = WordOf<typeof inheritanceStates>;
