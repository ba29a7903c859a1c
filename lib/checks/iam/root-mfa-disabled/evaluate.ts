import type { Evaluation, Remediation, RuleStep } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import type { AccountSummary } from "@/lib/checks/facts/iam";
import { isSet, type Judgement, judge } from "./judge";

export const checkId = "iam.root_mfa_disabled";
export const checkVersion = 1;

export type Action = "ENABLE_ROOT_MFA" | "FIX_CONNECTION" | "FIX_SCAN_PERMISSIONS" | "NONE" | "RETRY";

export type Advisory = "ROOT_ACCESS_KEYS_PRESENT";

/** The verdict from the facts alone. Pure. It is of the account: no Region is in any list. */
export function evaluate(facts: Partial<Facts>, context: EvaluationContext): Evaluation {
  const judgement = judge(facts, context);
  const { verdict, reason, root } = judgement;
  const isFail = verdict === "FAIL";
  return {
    checkId,
    checkVersion,
    verdict,
    reason,
    severity: isFail ? "HIGH" : null,
    severityReason: isFail ? severityReason(root) : null,
    assurance: verdict === "PASS" ? "VERIFIED" : null,
    disposition: isFail ? "OPEN" : null,
    coveredRegions: [],
    partialRegions: [],
    uncoveredRegions: [],
    unknownRegions: [],
    remediation: remediationOf(judgement, context),
    advisories: isSet(root.accountAccessKeysPresent) ? ["ROOT_ACCESS_KEYS_PRESENT" satisfies Advisory] : [],
    regions: [],
    rules: rulesOf(judgement, context),
  };
}

function severityReason(root: AccountSummary): string {
  const alone = isSet(root.accountPasswordPresent) ? "a password" : "one credential";
  return `High, because ${alone} is all that protects a user whom no policy of the account can limit.`;
}

const passing = ["throttled", "timeout", "network", "garbage", "deadline", "server_error"];

function remediationOf({ verdict, reason, blockedBy }: Judgement, context: EvaluationContext): Remediation {
  if (verdict === "FAIL") return { action: "ENABLE_ROOT_MFA" satisfies Action, account: context.account.id };
  if (verdict === "PASS") return { action: "NONE" satisfies Action };
  const kind = blockedBy?.kind;
  if (reason === "ROLE_NOT_ASSUMABLE") {
    const isPassing = kind !== undefined && passing.includes(kind);
    return { action: (isPassing ? "RETRY" : "FIX_CONNECTION") satisfies Action };
  }
  const isRefused = kind === "denied" || kind === "denied_by_scp";
  return { action: (isRefused ? "FIX_SCAN_PERMISSIONS" : "RETRY") satisfies Action };
}

function rulesOf(
  { verdict, reason, root, blockedBy }: Judgement,
  context: EvaluationContext,
): readonly RuleStep[] {
  if (reason === "ROLE_NOT_ASSUMABLE") {
    return [{ rule: "The account must be reachable", saw: "No session in the account", so: "Not evaluated" }];
  }
  const last = { rule: "Verdict", saw: reason, so: verdict === "PASS" ? "PASS, VERIFIED" : verdict };
  if (reason === "ROOT_CANNOT_SIGN_IN") {
    const { partition } = context.account;
    return [
      {
        rule: "A root user that cannot sign in needs no second factor",
        saw: partition,
        so: "The partition decides",
      },
      last,
    ];
  }
  return [
    {
      rule: "The account summary is read",
      saw: blockedBy === null ? "Answered" : `${blockedBy.api}: ${blockedBy.code}`,
      so: blockedBy === null ? "Each member counts by itself" : "Nothing can be concluded",
    },
    ...(blockedBy === null
      ? [
          {
            rule: "The root user has a second factor, or nothing to sign in with",
            saw: [
              `MFA ${seen(root.accountMfaEnabled)}`,
              `password ${seen(root.accountPasswordPresent)}`,
              `access keys ${seen(root.accountAccessKeysPresent)}`,
              `signing certificates ${seen(root.accountSigningCertificatesPresent)}`,
            ].join(", "),
            so: conclusions[verdict],
          },
        ]
      : []),
    last,
  ];
}

const conclusions = {
  PASS: "It has",
  FAIL: "It has neither",
  NOT_EVALUATED: "What was not reported decides",
} as const;

function seen(value: number | undefined): string {
  return value === undefined ? "not given" : String(value);
}
