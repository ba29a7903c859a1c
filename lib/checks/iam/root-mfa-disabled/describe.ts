import type { Cell, Description, FactsSection, SentencePart } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { failureCause } from "@/lib/checks/facts/failure-words";
import type { AccountSummary } from "@/lib/checks/facts/iam";
import { mayLackPermission } from "@/lib/checks/facts/refusing-policy";
import { changeOf } from "./change";
import type { Advisory } from "./evaluate";
import { isSet, type Judgement, judge } from "./judge";
import { labels } from "./labels";

/** The words of an evaluation, from the facts that it judged. */
export function describeEvaluation(
  evaluation: Evaluation,
  facts: Partial<Facts>,
  context: EvaluationContext & { readonly accountName: string },
): Description {
  const judgement = judge(facts, context);
  const { reason, root, blockedBy } = judgement;
  return {
    sentence: sentenceOf(judgement, context.accountName),
    short: reason === "ROOT_MFA_DISABLED" ? "Root user without MFA" : (labels.reasons[reason] ?? reason),
    sections: Object.keys(root).length === 0 ? [] : [rootSection(root)],
    change: changeOf(judgement, evaluation, context),
    ...(evaluation.verdict === "FAIL" ? { waitFor: "IAM reports the change within a few minutes." } : {}),
    advisories: evaluation.advisories.map((code) => ({ code, text: advisories[code as Advisory] })),
    missingPermissions:
      blockedBy !== null && mayLackPermission(blockedBy) && !blockedBy.api.startsWith("sts:")
        ? [blockedBy.api]
        : [],
  };
}

const advisories: Readonly<Record<Advisory, string>> = {
  ROOT_ACCESS_KEYS_PRESENT:
    "The root user has access keys. Requests signed with them ask for no second factor and no policy limits them; replace them by a role and delete them.",
};

function sentenceOf({ reason, root, blockedBy }: Judgement, where: string): readonly SentencePart[] {
  const cause = blockedBy === null ? "" : `: ${failureCause(blockedBy)}`;
  switch (reason) {
    case "ROOT_MFA_DISABLED":
      return [
        { text: `The root user of ${where} ` },
        { text: "has no second factor", tone: "blind" },
        {
          text: isSet(root.accountPasswordPresent)
            ? ": its password alone opens the account."
            : ", and credentials that open the account.",
        },
      ];
    case "ROOT_MFA_ENABLED":
      return [
        { text: `The root user of ${where} ` },
        { text: "signs in with a second factor.", tone: "proven" },
      ];
    case "ROOT_HAS_NO_CREDENTIALS":
      return [
        { text: `The root user of ${where} ` },
        { text: "has nothing to sign in with.", tone: "proven" },
      ];
    case "ROOT_CANNOT_SIGN_IN":
      return [
        { text: `AWS GovCloud (US) lets no root user sign in to the console, so that of ${where} ` },
        { text: "needs no second factor.", tone: "proven" },
      ];
    case "ACCOUNT_SUMMARY_UNREADABLE":
    case "THROTTLED":
      return [
        { text: `How the root user of ${where} signs in ` },
        { text: "could not be read", tone: "wait" },
        { text: blockedBy === null ? ": AWS's answer does not say." : `${cause}.` },
      ];
    case "ROLE_NOT_ASSUMABLE":
      return [
        { text: `${where} ` },
        { text: "could not be read", tone: "wait" },
        { text: blockedBy?.kind === "denied" ? ": AWS refused the role." : `${cause}.` },
      ];
  }
}

/** The four members that the verdict rests on, as AWS gave them. */
function rootSection(root: AccountSummary): FactsSection {
  const known = (value: number | undefined, yes: Cell, no: Cell): Cell =>
    value === undefined
      ? { text: "Not reported by AWS", sign: { glyph: "could-not-read", tone: "quiet" } }
      : isSet(value)
        ? yes
        : no;
  const none = { text: "None" };
  return {
    kind: "facts",
    id: "root-user",
    title: "Root user",
    facts: [
      {
        term: "Multi-factor authentication",
        value: known(root.accountMfaEnabled, { text: "On" }, { text: "Off" }),
      },
      { term: "Password", value: known(root.accountPasswordPresent, { text: "Set" }, none) },
      { term: "Access keys", value: known(root.accountAccessKeysPresent, { text: "Present" }, none) },
      {
        term: "Signing certificates",
        value: known(root.accountSigningCertificatesPresent, { text: "Present" }, none),
      },
    ],
  };
}
