import { faqs } from "#prose/cloudtrail/log-validation-disabled/faqs";
import type { CheckContent, FrameworkMapping } from "@/lib/checks/check";

export const summary =
  "Every trail that logs should have log file validation on, so that a log file that was changed, added or deleted after its delivery can be told.";

export const frameworks: readonly FrameworkMapping[] = [
  {
    framework: "SOC 2",
    id: "CC7.3",
    wording: "supports CC7.3",
    rationale: "Security events are evaluated on records whose integrity can be shown.",
  },
  {
    framework: "CIS AWS Foundations",
    id: "3.2 (v1.4 to v5.0)",
    wording: "supports the recommendation that CloudTrail log file validation is enabled",
    rationale: "The benchmark asks for log file validation on all trails.",
  },
  {
    framework: "AWS Security Hub",
    id: "CloudTrail.4",
    wording: "supports CloudTrail.4",
    rationale: "The control asks for log file validation on each trail.",
  },
  {
    framework: "NIST SP 800-53 r5",
    id: "AU-9",
    wording: "supports AU-9",
    rationale: "Changes to audit records after their delivery can be detected.",
  },
  {
    framework: "NIST SP 800-53 r5",
    id: "SI-7",
    wording: "supports SI-7",
    rationale: "Signed digests verify the integrity of the log files.",
  },
];

/** Shown on the finding page and on the public page. */
export const content: CheckContent = {
  understanding: [
    "A trail delivers log files to a bucket. Whoever may write to that bucket can change them afterwards, and nothing in the file itself shows it.",
    "With log file validation on, CloudTrail writes a digest file every hour and Region: the SHA-256 hash of each log file delivered in that hour, signed with a private key of AWS, and chained to the digest before. `aws cloudtrail validate-logs` checks files and chain, and tells what was changed, added or deleted.",
    "The console turns it on for new trails. CLI, API, Terraform and CloudFormation leave it off unless asked, so it is usually missing on trails made by code. It cannot be added for the past: files delivered without a digest stay without proof.",
  ],
  risk: {
    security:
      "Someone who reaches the log bucket can remove their own traces. Without digests the gap looks like a quiet hour, and an investigation rests on files that nobody can vouch for.",
    operational:
      "After an incident, teams have to argue about whether the record is complete before they can use it. Digests also prove hourly that delivery works, even where nothing happens.",
    trust:
      "Auditors ask how you know that audit logs were not altered. A signed chain of digests is an answer; access rules alone are a promise.",
  },
  faqs,
};
