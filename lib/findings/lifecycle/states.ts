import { defineWords, type WordOf } from "@/lib/words";

/**
 * What people and verification make of a finding. `none` while the account never failed the check, `open` from the
 * first FAIL on, `resolved` once a verification has proven the fix, `reopened` when it fails after that. A further
 * status is a word here, rows in transition.ts and a line in the SQL check.
 */
export const findingStatuses = defineWords("finding status", [
  "none",
  "open",
  "in_progress",
  "awaiting_verification",
  "resolved",
  "reopened",
  "closed_out_of_scope",
]);
export type FindingStatus = WordOf<typeof findingStatuses>;

/** Statuses that call for work: a due date runs in them. */
export const openStatuses = [
  "open",
  "in_progress",
  "awaiting_verification",
  "reopened",
] as const satisfies FindingStatus[];

export function isOpen(status: FindingStatus): boolean {
  return (openStatuses as readonly FindingStatus[]).includes(status);
}

/** What a finding can be when someone claims it fixed, and what it is again when the claim does not hold. */
export const claimableStatuses = defineWords("status before a claim", ["open", "in_progress", "reopened"]);
export type ClaimableStatus = WordOf<typeof claimableStatuses>;

/** Statuses that a person may ask for. What becomes of it is the lifecycle's to say; `resolved` is always refused. */
export const targetStatuses = defineWords("status to move to", [
  "open",
  "in_progress",
  "awaiting_verification",
  "resolved",
]);
export type TargetStatus = WordOf<typeof targetStatuses>;

export const statusLabels: Readonly<Record<FindingStatus, string>> = {
  none: "Never failed",
  open: "Open",
  in_progress: "In progress",
  awaiting_verification: "Fixed, awaiting verification",
  resolved: "Verified",
  reopened: "Reopened",
  closed_out_of_scope: "Out of scope",
};

/** What the last evaluation said: the other axis, written by every evaluation and by nothing else. */
export const observations = defineWords("observation", ["failing", "passing", "unknown"]);
export type Observation = WordOf<typeof observations>;

/** A verdict that decides. The third, NOT_EVALUATED, leaves the last one of these standing. */
export const decidedVerdicts = defineWords("decided verdict", ["PASS", "FAIL"]);
export type DecidedVerdict = WordOf<typeof decidedVerdicts>;

/** Lines of a finding's history. */
export const findingEventKinds = defineWords("finding event", [
  "detected",
  "still_failing",
  "first_passed",
  "still_passing",
  "now_passing",
  "failing_again",
  "severity_changed",
  "reason_changed",
  "could_not_read",
  "assigned",
  "unassigned",
  "due_changed",
  "ticket_changed",
  "started",
  "put_back",
  "claimed",
  "claim_withdrawn",
  "claim_refuted",
  "out_of_scope",
  "pass_to_prove",
  "verified",
  "verification_failed",
  "verification_inconclusive",
  "claim_timed_out",
  "reopened",
]);
export type FindingEventKind = WordOf<typeof findingEventKinds>;

/** How the line of a move begins; what the person said about it follows. */
export const moveLeads = {
  started: "In progress.",
  put_back: "Back to Open.",
  claimed: "Claimed fixed.",
  claim_withdrawn: "Claim withdrawn.",
} as const satisfies Partial<Record<FindingEventKind, string>>;

/** How a claim that a finding is fixed ended. */
export const claimEndings = defineWords("claim ending", [
  "withdrawn",
  "refuted",
  "out_of_scope",
  "verified",
  "timed_out",
]);
export type ClaimEnding = WordOf<typeof claimEndings>;

/** Said where an account has never been judged by a check, so that there is no older verdict to show either. */
export const noVerdictYet = "No verdict yet";

export const observationLabels: Readonly<Record<Observation, string>> = {
  failing: "Failing",
  passing: "Passing",
  unknown: "Unknown",
};
