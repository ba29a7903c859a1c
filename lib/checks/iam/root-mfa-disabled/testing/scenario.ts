import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts, Partition } from "@/lib/checks/facts/facts";
import type { AccountSummary } from "@/lib/checks/facts/iam";
import { read, unread } from "@/lib/checks/facts/reading";
import {
  type CaseError,
  type CaseExpectation,
  failure,
  scriptedFailure,
} from "@/lib/checks/testing/worked-case";

/** A worked case of `truth-table.json`: a world of the sandbox, and the verdict on its account. */
export interface RootCase {
  readonly id: string;
  readonly title: string;
  readonly account: { readonly id: string; readonly partition: Partition };
  /** SummaryMap of GetAccountSummary, as AWS spells it. */
  readonly accountSummary: Readonly<Partial<Record<string, number>>>;
  readonly errors?: readonly CaseError[];
  /** The role that a connection has; without it, one that allows everything. */
  readonly roles?: readonly { readonly name: string; readonly actions: readonly string[] }[];
  readonly expected: CaseExpectation;
}

export const now = "2026-11-22T12:00:00Z";

const api = "iam:GetAccountSummary";

/** The facts a scan of the case's account would read, and the context it would be judged in. */
export function rootScenario(testCase: RootCase): {
  readonly facts: Facts<"iam.account_summary">;
  readonly context: EvaluationContext;
} {
  const { account, errors, roles } = testCase;
  const connectionFailure = scriptedFailure(errors, "sts:AssumeRole", "*");
  const isAllowed = roles?.every(({ actions }) => actions.includes(api)) ?? true;
  const refused =
    scriptedFailure(errors, api, "*") ?? (isAllowed ? undefined : failure(api, "us-east-1", "AccessDenied"));
  return {
    facts: { "iam.account_summary": refused ? unread(refused) : read(summaryOf(testCase.accountSummary)) },
    context: {
      now,
      account: { id: account.id, partition: account.partition },
      ...(connectionFailure ? { connectionFailure } : {}),
      defaultRegions: [],
      sightings: {},
      acceptances: [],
    },
  };
}

function summaryOf(map: RootCase["accountSummary"]): AccountSummary {
  const members = {
    accountMfaEnabled: map["AccountMFAEnabled"],
    accountPasswordPresent: map["AccountPasswordPresent"],
    accountAccessKeysPresent: map["AccountAccessKeysPresent"],
    accountSigningCertificatesPresent: map["AccountSigningCertificatesPresent"],
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** What the cases say of an evaluation. */
export function outcomeOf(evaluation: Pick<Evaluation, keyof CaseExpectation>) {
  const { verdict, reason, severity, assurance, disposition, remediation, advisories } = evaluation;
  const { coveredRegions, partialRegions, uncoveredRegions, unknownRegions } = evaluation;
  return {
    verdict,
    reason,
    severity,
    assurance,
    disposition,
    coveredRegions,
    partialRegions,
    uncoveredRegions,
    unknownRegions,
    remediation,
    advisories,
  };
}
