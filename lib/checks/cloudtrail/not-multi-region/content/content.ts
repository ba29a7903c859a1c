import { faqs } from "#prose/cloudtrail/not-multi-region/content/faqs";
import type { CheckContent, FrameworkMapping } from "@/lib/checks/check";

export const summary =
  "CloudTrail should log management events in every enabled Region through a multi-Region trail, so that a Region enabled tomorrow is logged from its first hour.";

export const frameworks: readonly FrameworkMapping[] = [
  {
    framework: "SOC 2",
    id: "CC2.1",
    wording: "supports CC2.1",
    rationale: "Complete activity records are information that internal control depends on.",
  },
  {
    framework: "SOC 2",
    id: "CC7.2",
    wording: "supports CC7.2",
    rationale: "Anomalies can only be detected where activity is recorded.",
  },
  {
    framework: "SOC 2",
    id: "A1.2",
    wording: "supports A1.2",
    rationale: "Records of changes in every Region help to trace and undo what harms availability.",
  },
  {
    framework: "SOC 2",
    id: "CC6.8",
    wording: "supports CC6.8",
    rationale: "Unauthorized resources started in an unused Region leave a record.",
  },
  {
    framework: "SOC 2",
    id: "CC7.1",
    wording: "supports CC7.1",
    rationale: "Configuration changes can be detected in every Region, not only in the Regions in use.",
  },
  {
    framework: "SOC 2",
    id: "CC8.1",
    wording: "supports CC8.1",
    rationale: "Every change made through the AWS API can be compared with approved changes.",
  },
  {
    framework: "CIS AWS Foundations",
    id: "3.1 (v1.4 to v5.0), 4.1 (v6.0 and later)",
    wording: "supports the recommendation that CloudTrail is enabled in all Regions",
    rationale: "The benchmark asks for a multi-Region trail that logs all management events.",
  },
  {
    framework: "AWS Security Hub",
    id: "CloudTrail.1",
    wording: "supports CloudTrail.1",
    rationale: "The control asks for one multi-Region trail with read and write management events.",
  },
  {
    framework: "NIST SP 800-53 r5",
    id: "AU-2",
    wording: "supports AU-2",
    rationale: "Administrative activity is chosen as an event to log, in every Region.",
  },
  {
    framework: "NIST SP 800-53 r5",
    id: "AU-3",
    wording: "supports AU-3",
    rationale: "Each record says what happened, when, where, from which source and by whom.",
  },
  {
    framework: "NIST SP 800-53 r5",
    id: "AU-12",
    wording: "supports AU-12",
    rationale: "Records are generated wherever the account can act, not only where it usually does.",
  },
  {
    framework: "NIST SP 800-53 r5",
    id: "AC-2(4)",
    wording: "supports AC-2(4)",
    rationale: "IAM changes are recorded in us-east-1 and reach the trail only when it covers that Region.",
  },
];

/** Shown on the finding page beside the facts of the account. */
export const content: CheckContent = {
  understanding: [
    "CloudTrail works Region by Region. A single-Region trail records what happens in its own Region and nothing elsewhere, whatever the console's overview suggests.",
    "The finding usually appears where baseline controls were put in place unevenly, account by account, workload by workload, team by team. The usual cause is a trail made by CLI, API or code, where multi-Region is off unless asked for. The console makes only multi-Region trails, so accounts built by hand and accounts built by pipelines drift apart.",
    "A multi-Region trail is copied into every enabled Region, and into each Region enabled later. That inheritance is what this check asks for: Regions covered one by one today leave the next one dark.",
  ],
  risk: {
    security:
      "Someone with stolen keys picks a Region nobody watches. What they start there, and every role and key they try, is missing from the record an investigation relies on. Event history keeps 90 days per Region and nothing after. Gaps like this lie on critical attack paths, so every week of delay adds to the risk.",
    operational:
      "Incidents take longer when part of the record is missing: each Region has to be ruled out by hand. Trails made one per Region multiply the places in which delivery can break unnoticed. Left open, the same root cause is triaged again and again, and time goes into reaction instead of planned hardening.",
    trust:
      "Customers, auditors and procurement teams ask for concrete evidence of a complete record of administrative activity. Fixing the gap and proving it serves both security and that conversation. A gap in one Region has to be explained for every period in which it was open.",
  },
  faqs,
};
