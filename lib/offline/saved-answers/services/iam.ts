import type { AccountSummary } from "@/lib/checks/facts/iam";
import { members, UnexpectedShape } from "@/lib/offline/saved-answers/aws-shapes";
import { line } from "@/lib/offline/saved-answers/saved-record";
import type { SavedService } from "@/lib/offline/saved-answers/saved-service";

const call = "iam:GetAccountSummary";

/** Members of the answer that we keep, by our own names. */
const kept: Readonly<Record<keyof AccountSummary, string>> = {
  accountMfaEnabled: "AccountMFAEnabled",
  accountPasswordPresent: "AccountPasswordPresent",
  accountAccessKeysPresent: "AccountAccessKeysPresent",
  accountSigningCertificatesPresent: "AccountSigningCertificatesPresent",
};
const names = Object.keys(kept) as (keyof AccountSummary)[];

/** The summary of the account, which shows how its root user signs in. */
export const iamAnswers: SavedService = {
  calls: { [call]: { region: false, target: false } },
  askOnce: `  ask '"call":"${call}"' iam get-account-summary`,
  facts: ["iam.account_summary"],
  factsIn: (answers) => ({ "iam.account_summary": answers.once(call, accountSummary) }),
  linesOf(facts) {
    const summary = facts["iam.account_summary"];
    if (summary === undefined) return [];
    const spelled = (value: AccountSummary) => ({
      SummaryMap: Object.fromEntries(names.map((name) => [kept[name], value[name]])),
    });
    return [line({ call }, summary, spelled)];
  },
  otherJson: [
    ["SummaryMap", "This is the answer of get-account-summary alone: it does not say whose account it is."],
  ],
};

function accountSummary(answer: unknown): AccountSummary {
  const map = members(members(answer, "the answer")["SummaryMap"], "SummaryMap");
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = map[kept[name]];
      if (value === undefined) return [];
      if (!Number.isInteger(value)) throw new UnexpectedShape(`${kept[name]} is expected to be a number`);
      return [[name, value]];
    }),
  );
}
