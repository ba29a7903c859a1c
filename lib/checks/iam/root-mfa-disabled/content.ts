import { faqs } from "#prose/iam/root-mfa-disabled/faqs";
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
  faqs,
};
