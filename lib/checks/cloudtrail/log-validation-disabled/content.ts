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
  faqs: [
    {
      id: "cost",
      question: "What does log file validation cost?",
      answer:
        "CloudTrail charges nothing for it. S3 stores one small digest file per hour and Region, 720 a month; for 17 Regions that is about 12,000 requests, a few cents a month.",
    },
    {
      id: "prevents",
      question: "Does it prevent changes to log files?",
      answer:
        "No, it reveals them. To prevent them, keep the bucket in an account of its own, deny deletion by policy, and use S3 Object Lock. Validation tells whether those measures held.",
    },
    {
      id: "past",
      question: "Are older log files validated too?",
      answer:
        "No. Only files delivered while validation was on have a digest. Turning it off and on again starts a new chain, and the files in between stay without proof.",
    },
    {
      id: "organization-trail",
      question: "The trail belongs to our organization. Can we turn it on here?",
      answer:
        "No. Members see an organization trail and cannot change it. One change in the management account, or in a delegated administrator's, holds for every account.",
    },
    {
      id: "verify",
      question: "How do I verify that it works?",
      answer:
        "Scan again: the check reads the setting of every trail that logs. Then wait an hour and run `aws cloudtrail validate-logs` with the trail's ARN and a start time after the change; it must report every digest and log file as valid. `get-trail-status` shows `LatestDigestDeliveryTime`.",
    },
    {
      id: "no-trail",
      question: "Why is an account without a trail not evaluated?",
      answer:
        "There is no log file whose integrity could be judged: a pass would be empty, and a fail would repeat what `cloudtrail.not_multi_region` says already.",
    },
  ],
};
