import { defineWords, type WordOf } from "@/lib/words";

/**
 * What people and verification make of a finding. `none` while the account never failed the check, `open` from the
 * first FAIL on. A further status is a word here, rows in transition.ts and a line in the SQL check.
 */
export const findingStatuses = defineWords("finding status", ["none", "open"]);
export type FindingStatus = WordOf<typeof findingStatuses>;

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
]);
export type FindingEventKind = WordOf<typeof findingEventKinds>;

/** Said where an account has never been judged by a check, so that there is no older verdict to show either. */
export const noVerdictYet = "No verdict yet";

export const observationLabels: Readonly<Record<Observation, string>> = {
  failing: "Failing",
  passing: "Passing",
  unknown: "Unknown",
};
