import type { CheckContent, FrameworkMapping } from "@/lib/checks/check";

export const summary =
  "The root user of every account should have multi-factor authentication, or no credentials at all, so that a password alone never opens the account.";

export const frameworks: readonly FrameworkMapping[] = [
  {
    framework: "SOC 2",
    id: "CC6.1",
    wording: "supports CC6.1",
    rationale: "Access to the most powerful identity of an account is protected by more than one factor.",
  },
  {
    framework: "CIS AWS Foundations",
    id: "1.5 (v1.4 and v3.0), 1.4 (v5.0)",
    wording: "supports the recommendation that MFA is enabled for the root user account",
    rationale:
      "The benchmark asks for MFA, and accepts a member account whose root credentials were removed.",
  },
  {
    framework: "AWS Security Hub",
    id: "IAM.9",
    wording: "supports IAM.9",
    rationale: "The control asks for MFA on the root user.",
  },
  {
    framework: "NIST SP 800-53 r5",
    id: "IA-2(1)",
    wording: "supports IA-2(1)",
    rationale: "Privileged accounts are authenticated with several factors.",
  },
];

/** Shown on the finding page and on the public page. */
export const content: CheckContent = {
  understanding: [
    "Every AWS account has one root user: the email address with which the account was opened. It can do everything, including what no administrator can, such as closing the account, and no IAM policy limits it. Service control policies of an organization limit it in member accounts only.",
    "Its password can be reset by anyone who can read that mailbox. A second factor is what keeps such a person out: with it, neither a stolen password nor a stolen mailbox is enough.",
    "A root user without password, access keys and signing certificates cannot sign in at all, and needs no second factor. Accounts that an AWS organization created, with centralized root access turned on, start that way.",
  ],
  risk: {
    security:
      "With the root user someone can delete backups and logs, lock every administrator out, and hand the account to another owner. Nothing inside the account can stop it, and little can undo it.",
    operational:
      "Getting an account back from AWS Support takes proof of ownership and days. A second device, kept elsewhere, costs a few minutes and prevents the other accident: losing the first.",
    trust:
      "Auditors, insurers and customers ask about the root user first, because the answer is a yes or a no. A no is hard to explain next to any other control.",
  },
  faqs: [
    {
      id: "by-api",
      question: "Can we enable it by API, Terraform or CloudFormation?",
      answer:
        "No. Only the root user can give itself a device, and only in the console: no other principal has an API for it. What can be automated is the alternative for members of an AWS organization: `iam:EnableOrganizationsRootCredentialsManagement` turns on centralized root access, and their root credentials can then be deleted from the management account.",
    },
    {
      id: "no-password",
      question: "Why does an account pass whose root user has no MFA?",
      answer:
        "Because its root user has nothing to sign in with: `AccountPasswordPresent`, `AccountAccessKeysPresent` and `AccountSigningCertificatesPresent` are all 0. If one of them is missing from AWS's answer, it does not count as 0, and the account is not evaluated.",
    },
    {
      id: "govcloud",
      question: "What about AWS GovCloud (US)?",
      answer:
        "Its console lets no root user sign in, so there is nothing that MFA could protect, and every account there passes by its partition. Root users of GovCloud can have access keys, though; the check says so when they do.",
    },
    {
      id: "access-keys",
      question: "The root user has MFA and access keys. Why does it pass?",
      answer:
        "The check asks for the second factor of signing in. Access keys are reported with it, because MFA does not protect what is signed with them: create a role for that work, and delete the keys.",
    },
    {
      id: "hardware",
      question: "Does it have to be a hardware key?",
      answer:
        "Not for this check, which any device satisfies. A passkey or security key is better than an authenticator app, because it cannot be used on a false page. Some benchmarks have a second recommendation that asks for hardware.",
    },
    {
      id: "permission",
      question: "The finding says that a permission is missing. Which one?",
      answer:
        "`iam:GetAccountSummary`. Roles that were created before this check existed do not allow it. Add it, or update the role from the template on the account's page; the other checks go on meanwhile.",
    },
  ],
};
