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
];

/** Shown on the finding page beside the facts of the account. */
export const content: CheckContent = {
  understanding: [
    "CloudTrail works Region by Region. A single-Region trail records what happens in its own Region and nothing elsewhere, whatever the console's overview suggests.",
    "The usual cause is a trail made by CLI, API or code, where multi-Region is off unless asked for. The console makes only multi-Region trails, so accounts built by hand and accounts built by pipelines drift apart.",
    "A multi-Region trail is copied into every enabled Region, and into each Region enabled later. That inheritance is what this check asks for: Regions covered one by one today leave the next one dark.",
  ],
  risk: {
    security:
      "Someone with stolen keys picks a Region nobody watches. What they start there, and every role and key they try, is missing from the record an investigation relies on. Event history keeps 90 days per Region and nothing after.",
    operational:
      "Incidents take longer when part of the record is missing: each Region has to be ruled out by hand. Trails made one per Region multiply the places in which delivery can break unnoticed.",
    trust:
      "Customers and auditors ask for a complete record of administrative activity. A gap in one Region has to be explained for every period in which it was open.",
  },
  faqs: [
    {
      question: "Does multi-Region significantly increase cost?",
      answer:
        "Usually not. The first copy of management events is free in each Region, so converting the only trail adds no CloudTrail charge; S3 storage and requests are typically a few dollars a month. Costs come from second copies ($2.00 per 100,000 management events when single-Region trails stay beside it) and from data events, Insights and CloudWatch Logs of the trail, which extend to every Region with it.",
    },
    {
      question: "Can we exclude some Regions?",
      answer:
        "A multi-Region trail cannot leave Regions out; it follows the Regions enabled in the account. Opt-in Regions that are not enabled are not judged. For the others a documented acceptance per Region, with approver, reason and expiry, marks the finding accepted while the verdict stays a fail. A policy that denies the Region is the usual compensating control.",
    },
    {
      question: "Is this required for SOC 2?",
      answer:
        "SOC 2 names no AWS setting. Complete logging of administrative activity supports CC7.2 and CC2.1, among others, and auditors commonly ask for it; whether it suffices is for your auditor to judge.",
    },
    {
      question: "How do I verify that it is fully remediated?",
      answer:
        "Scan again: the check reads the configuration and the delivery status in every enabled Region, and passes only when no Region is left out. Look directly as well: aws cloudtrail describe-trails in a Region other than the trail's home must list it with IsMultiRegionTrail true, and get-trail-status by ARN must show IsLogging true and a recent LatestDeliveryTime. Check again after your next deployment, in case code reverts it.",
    },
  ],
};
