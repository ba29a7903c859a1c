import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import { failureWords } from "@/lib/checks/facts/failure-words";
import { changeBlock } from "@/lib/checks/snippets/aws-cli";
import type { ChangeTab, SuggestedChange } from "@/lib/checks/suggested-change";
import type { Judgement } from "./judge";
import { labels } from "./labels";

const readBack = `aws iam get-account-summary \\
  --query 'SummaryMap.[AccountMFAEnabled,AccountPasswordPresent,AccountAccessKeysPresent,AccountSigningCertificatesPresent]' \\
  --output text`;

/** What to do, or null when there is nothing. No API gives a root user a device: only it can, in the console. */
export function changeOf(
  judgement: Judgement,
  { remediation }: Evaluation,
  context: EvaluationContext,
): SuggestedChange | null {
  const { action } = remediation;
  if (action === "NONE") return null;
  const title = labels.actions[action] ?? action;
  if (action === "ENABLE_ROOT_MFA") return enableRootMfa(title, context);
  const { blockedBy } = judgement;
  const step = blockedBy === null ? "Scan again." : failureWords(blockedBy).whatToDo;
  const isOldRole = action === "FIX_SCAN_PERMISSIONS" && blockedBy?.kind === "denied";
  const template =
    "Or update the role with the template from the account's page, which holds every action that Posturio asks for.";
  return { action, title, reasons: [], steps: isOldRole ? [step, template] : [step], notes: [] };
}

function enableRootMfa(title: string, { account }: EvaluationContext): SuggestedChange {
  return {
    action: "ENABLE_ROOT_MFA",
    title,
    reasons: [
      "The root user can do everything in the account, and no IAM policy limits it.",
      "Anyone who learns its password can sign in, and a second factor is the only other barrier.",
    ],
    target: `Root user of ${account.id}`,
    steps: [
      "Sign in as the root user and add an MFA device, step by step under Console. No other user or role can do it.",
      "For a member account of an AWS organization, remove its root credentials instead: then nothing is left to protect.",
      "Scan again.",
    ],
    notes: [
      "A passkey or security key cannot be phished; an authenticator app can. A user may have eight devices: add a second, kept elsewhere.",
      "MFA does not protect requests signed with access keys of the root user. Delete those.",
    ],
    tabs: [consoleTab, ...(account.partition === "aws" ? [memberTab(account.id)] : []), readBackTab],
    defaultTab: "console",
    beforeAfter: [{ attribute: "MFA of the root user", before: "off", after: "on" }],
    rollback: {
      text: "Sign in as the root user and remove the device under Security credentials. Nothing else in the account depends on it.",
    },
  };
}

const consoleTab: ChangeTab = {
  id: "console",
  label: "Console",
  language: "text",
  parts: [],
  steps: [
    "Sign in to the AWS console with the account's email address: choose Sign in using root user email.",
    "Open the account menu at the top right and choose Security credentials.",
    "Under Multi-factor authentication (MFA) choose Assign MFA device.",
    "Name the device, choose Passkey or security key, or Authenticator app, and follow the steps to the end.",
    "Assign a second device the same way, and keep it in another place.",
    "Scan again.",
  ],
  undo: {
    text: "Sign in as the root user and remove the device under Security credentials. Nothing else in the account depends on it.",
  },
};

const enable = [
  "aws organizations enable-aws-service-access --service-principal iam.amazonaws.com",
  "aws iam enable-organizations-root-credentials-management",
];
const disable = [
  "aws iam disable-organizations-root-credentials-management",
  "aws organizations disable-aws-service-access --service-principal iam.amazonaws.com",
];

function memberTab(accountId: string): ChangeTab {
  return {
    id: "organization",
    label: "Organization member",
    language: "shell",
    parts: [{ text: changeBlock(enable, ["aws iam list-organizations-features"], disable) }],
    steps: [
      "Run the commands once, in the organization's management account: they turn on centralized root access.",
      `Open IAM there, choose Root access management, then account ${accountId}, then Take privileged action.`,
      "Choose Delete root user credentials and confirm. Password, access keys, certificates and devices of its root user are gone.",
      "Scan again.",
    ],
    undo: {
      text: "Turn centralized root access off again. Credentials that were deleted do not come back with it.",
      parts: [{ text: changeBlock(disable, ["aws iam list-organizations-features"], []) }],
    },
    notes: [
      "Needs iam:EnableOrganizationsRootCredentialsManagement and organizations:EnableAWSServiceAccess in the management account.",
      "Whatever still signs with the root user's access keys stops working. Look at their last use first.",
      "The same page allows a password again when one is needed; member accounts created later have none.",
    ],
  };
}

const readBackTab: ChangeTab = {
  id: "read-back",
  label: "Read it back",
  language: "shell",
  parts: [{ text: readBack }],
  steps: ["Run the command before and after the change."],
  undo: { text: "There is nothing to undo: the command only reads." },
  notes: [
    "It reads only; run it in the account. The first number must be 1, or the other three must all be 0.",
  ],
};
