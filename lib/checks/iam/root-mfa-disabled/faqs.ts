import type { Faq } from "@/lib/checks/check";

/** Answered on the public page and, in short, on the page of a finding. */
export const faqs: readonly Faq[] = [
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
];
