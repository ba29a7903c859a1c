import type { Verdict } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import type { AccountSummary } from "@/lib/checks/facts/iam";
import type { ReadFailure } from "@/lib/checks/facts/reading";

export type Reason =
  | "ROOT_MFA_DISABLED"
  | "ROOT_MFA_ENABLED"
  | "ROOT_HAS_NO_CREDENTIALS"
  | "ROOT_CANNOT_SIGN_IN"
  | "ACCOUNT_SUMMARY_UNREADABLE"
  | "THROTTLED"
  | "ROLE_NOT_ASSUMABLE";

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: Reason;
  /** What AWS said of the root user, as far as it said anything. */
  readonly root: AccountSummary;
  /** What keeps this evaluation from a verdict; null too when an answer merely lacks a member. */
  readonly blockedBy: ReadFailure | null;
}

/**
 * A root user without a second factor fails, unless it has nothing to sign in with. A member that the summary lacks
 * is unknown: the verdict is certain when it would be the same for every value of it, and is not evaluated otherwise.
 *
 * In AWS GovCloud (US) the console refuses the root user (AWS GovCloud user guide, Signing in), so the partition
 * alone decides, whatever the summary says and whether it could be read. The session proves the partition: without
 * one there is no verdict there either.
 */
export function judge(facts: Partial<Facts>, context: EvaluationContext): Judgement {
  const { connectionFailure, account } = context;
  // Without a session there are no facts, whatever was handed in.
  if (connectionFailure !== undefined) return undecided("ROLE_NOT_ASSUMABLE", {}, connectionFailure);
  const summary = facts["iam.account_summary"];
  const root = summary?.ok ? summary.value : {};
  if (account.partition === "aws-us-gov") return pass("ROOT_CANNOT_SIGN_IN", root);
  if (summary !== undefined && !summary.ok) {
    const { failure } = summary;
    return undecided(failure.kind === "throttled" ? "THROTTLED" : "ACCOUNT_SUMMARY_UNREADABLE", {}, failure);
  }
  if (isSet(root.accountMfaEnabled)) return pass("ROOT_MFA_ENABLED", root);
  const credentials = credentialsOf(root);
  if (credentials.every((present) => present === 0)) return pass("ROOT_HAS_NO_CREDENTIALS", root);
  if (root.accountMfaEnabled === 0 && credentials.some(isSet)) {
    return { verdict: "FAIL", reason: "ROOT_MFA_DISABLED", root, blockedBy: null };
  }
  return undecided("ACCOUNT_SUMMARY_UNREADABLE", root, null);
}

/** Everything by which a root user can act: password, access keys, X.509 signing certificates. */
function credentialsOf(root: AccountSummary): readonly (number | undefined)[] {
  return [root.accountPasswordPresent, root.accountAccessKeysPresent, root.accountSigningCertificatesPresent];
}

export function isSet(value: number | undefined): boolean {
  return value !== undefined && value > 0;
}

function pass(reason: Reason, root: AccountSummary): Judgement {
  return { verdict: "PASS", reason, root, blockedBy: null };
}

function undecided(reason: Reason, root: AccountSummary, blockedBy: ReadFailure | null): Judgement {
  return { verdict: "NOT_EVALUATED", reason, root, blockedBy };
}
