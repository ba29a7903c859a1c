import type { CheckPage, PageSituation, PageSource } from "@/lib/checks/check-page";
import type { AccountSummary } from "@/lib/checks/facts/iam";
import { read } from "@/lib/checks/facts/reading";

const readOn = "2026-11-26";
const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";

const summaryCommand = `aws iam get-account-summary --query 'SummaryMap.{mfa:AccountMFAEnabled,password:AccountPasswordPresent,keys:AccountAccessKeysPresent,certificates:AccountSigningCertificatesPresent}'`;

/** An example account, by what its root user has. AWS's example account id, not a real one. */
function situation(id: string, title: string, root: AccountSummary): PageSituation {
  return {
    id,
    title,
    facts: { "iam.account_summary": read(root) },
    context: {
      now: "2026-11-22T12:00:00Z",
      account: { id: "111122223333", partition: "aws" },
      accountName: "Production",
      defaultRegions: [],
      sightings: {},
      acceptances: [],
    },
  };
}

const passwordOnly: AccountSummary = {
  accountMfaEnabled: 0,
  accountPasswordPresent: 1,
  accountAccessKeysPresent: 0,
  accountSigningCertificatesPresent: 0,
};

function aws(title: string, url: string): PageSource {
  return { title, publisher: "AWS", url, readOn };
}

/** The public page of this check. */
export const page: CheckPage = {
  description:
    "MFA for the AWS root user: how to see whether an account lacks it, what that risks, how to add it or remove root credentials, and how to verify it.",
  published: "2026-11-26",
  reviewed: "2026-11-26",
  history: [{ date: "2026-11-26", text: "First published, with the rules of check version 1." }],
  verdict:
    "An account passes when its root user has an MFA device, or has neither password nor access keys nor signing certificates; in AWS GovCloud (US) it passes always, because no root user can sign in there. It fails when the root user has a credential and no device. When AWS does not say, the account is not evaluated, and the missing permission is named.",
  affected: {
    paragraphs: [
      "One read-only command answers it, in any account where the AWS CLI is signed in. IAM is global: there is nothing to ask Region by Region.",
    ],
    snippets: [
      {
        label: "How the root user signs in",
        text: summaryCommand,
        note: "You are affected when `mfa` is 0 and any of the others is 1. `keys` should be 0 in any case.",
      },
    ],
  },
  operations: [
    {
      id: "many-accounts",
      title: "One mailbox, one person, many accounts",
      paragraphs: [
        "Root users are rarely used, so their devices get lost with the people who set them up. Give each account's root user an address that a group reads, two devices in two places, and a note of where they are.",
        "In an AWS organization it is less work to have none: with centralized root access turned on, new member accounts have no root credentials, and those of existing ones can be deleted.",
      ],
    },
  ],
  fix: [
    {
      id: "enable",
      title: "Enable MFA as the root user, or remove what there is to protect",
      paragraphs: [
        "Only the root user can add its device, in the console. For members of an AWS organization the management account can delete their root credentials instead, which leaves nothing to attack and nothing to keep.",
      ],
    },
    {
      id: "delete-access-keys",
      title: "Delete access keys of the root user",
      paragraphs: [
        "MFA does not protect what is signed with access keys. See when they were last used, give that work a role, make them inactive for some days, and delete them.",
      ],
      snippets: [
        {
          label: "When they were last used (row `<root_account>`)",
          text: "aws iam generate-credential-report && aws iam get-credential-report --query Content --output text | base64 --decode",
          note: "The report is ready within seconds; repeat the second command until it returns the report.",
        },
      ],
    },
    {
      id: "second-device",
      title: "Add a second device",
      paragraphs: [
        "AWS allows eight devices for a root user. With one alone, losing it means proving to AWS Support that the account is yours.",
      ],
    },
  ],
  situations: [
    situation("password-without-mfa", "Your root user has a password and no MFA", passwordOnly),
    situation("access-keys-too", "Your root user also has access keys", {
      ...passwordOnly,
      accountAccessKeysPresent: 1,
    }),
  ],
  verification: [
    {
      id: "read-back",
      title: "Read the account summary again",
      paragraphs: [
        "`mfa` must be 1, or all the others 0. Then sign in as the root user once, in a private window: AWS must ask for the device.",
      ],
      snippets: [{ label: "The same command as above", text: summaryCommand }],
    },
    {
      id: "scan-again",
      title: "Run Posturio again",
      paragraphs: [
        "`iam.root_mfa_disabled` must pass, and every later scan repeats the question: a device that someone removes shows the next day.",
      ],
      snippets: [
        {
          label: "Without a server, with your own credentials",
          text: "npx posturio check iam.root_mfa_disabled",
          note: "Exit code 0 pass, 1 fail, 2 not evaluated.",
        },
      ],
    },
  ],
  peers: {
    paragraphs: [
      "Most tools ask this question. They differ in what they say of accounts without root credentials, and of what they could not read.",
    ],
    rows: [
      {
        tool: "AWS Security Hub IAM.9",
        rule: "The root user has MFA.",
        differs: "A second control, IAM.6, asks for a hardware device.",
        ours: "Any device passes; which one it is, is not asked.",
      },
      {
        tool: "CIS AWS Foundations",
        rule: "MFA is enabled for the root user account.",
        differs:
          "Its text exempts member accounts whose root credentials were removed; tools that read one number alone cannot.",
        ours: "Exempted when AWS reports that password, access keys and certificates are all absent.",
      },
      {
        tool: "Prowler iam_root_mfa_enabled",
        rule: "A root user with a password or access keys has MFA, by the credential report.",
        differs: "The report is up to four hours old.",
        ours: "The account summary, as it is at the time of the scan.",
      },
    ],
  },
  sources: [
    aws(
      "GetAccountSummary",
      "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html",
    ),
    aws("Multi-factor authentication for the AWS account root user", `${guide}/enable-mfa-for-root.html`),
    aws("AWS account root user", `${guide}/id_root-user.html`),
    aws("Centralize root access for member accounts", `${guide}/id_root-enable-root-access.html`),
    aws(
      "EnableOrganizationsRootCredentialsManagement",
      "https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html",
    ),
    aws(
      "Signing in to AWS GovCloud (US)",
      "https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/signing-into-govcloud.html",
    ),
    aws(
      "AWS GovCloud (US) account root user",
      "https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-account-root-user.html",
    ),
    aws(
      "Security Hub controls for IAM",
      "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
    ),
    {
      title: "CIS Amazon Web Services Benchmarks",
      publisher: "Center for Internet Security",
      url: "https://www.cisecurity.org/benchmark/amazon_web_services",
      readOn,
    },
  ],
};
