import type { Faq } from "@/lib/checks/check";

/** Answered on the public page and, in short, on the page of a finding. */
export const faqs: readonly Faq[] = [
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
];
