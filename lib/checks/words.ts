import { defineWords } from "@/lib/words";

/** The fixed words of checks and facts, spelled as they are stored, exported and compared. Labels live apart. */
export const verdicts = defineWords("verdict", ["PASS", "FAIL", "NOT_EVALUATED"]);

/** The worst first, as lists show them. */
export const severities = defineWords("severity", ["CRITICAL", "HIGH", "MEDIUM", "LOW"]);

export const assurances = defineWords("assurance", ["VERIFIED", "INFERRED", "PENDING"]);

export const dispositions = defineWords("disposition", ["OPEN", "ACCEPTED"]);

export const regionStates = defineWords("state of a Region", [
  "covered",
  "partial",
  "uncovered",
  "unknown",
  "not_enabled",
]);

/** Finer than the state: what the coverage chart tells apart. */
export const regionDetails = defineWords("detail of a Region", [
  "logged",
  "logged_by_single_region_trail",
  "partly_logged",
  "not_logged",
  "delivery_failing",
  "pending",
  "could_not_read",
  "not_enabled",
]);

/** Health of a trail as a whole. UNKNOWN: nothing readable proves or refutes it. */
export const trailHealths = defineWords("health of a trail", [
  "OK",
  "PENDING",
  "STALE",
  "FAILING",
  "NEVER_DELIVERED",
  "STOPPED",
  "HOME_REGION_OFF",
  "UNKNOWN",
]);

export const partitions = defineWords("partition", ["aws", "aws-us-gov", "aws-cn", "aws-eusc"]);

const failureKinds = [
  "denied",
  "denied_by_scp",
  "throttled",
  "timeout",
  "token_refused",
  "expired",
  "arn_invalid",
  "not_found",
  "unsupported",
  "server_error",
  "network",
  "garbage",
  "deadline",
] as const;

export const readFailureKinds = defineWords("kind of read failure", failureKinds);

/** How an AWS call went: `ok`, or the kind of its failure. */
export const readOutcomes = defineWords("outcome of a call", ["ok", ...failureKinds]);
