import type { Faq } from "@/lib/checks/check";

export const faqs: readonly Faq[] = [
  {
    id: "cost",
    question: "Does multi-Region significantly increase cost?",
    answer:
      "Usually not. Cost can grow with volume, yet the first copy of management events is free in each Region, so converting the only trail adds no CloudTrail charge; S3 storage and requests are typically a few dollars a month. Costs come from second copies and from data events, Insights and CloudWatch Logs of the trail, which extend to every Region with it. For baseline coverage the record is worth far more than it costs.",
  },
  {
    id: "exclude-regions",
    question: "Can we exclude some Regions?",
    answer:
      "Only with a documented risk acceptance and compensating controls. A multi-Region trail has no exclude list; it follows the Regions enabled in the account. Opt-in Regions that are not enabled are not judged. For the others an acceptance per Region, with approver, reason and expiry, marks the finding accepted while the verdict stays a fail. A policy that denies the Region, or disabling an opt-in Region, is the usual compensating control.",
  },
  {
    id: "cost-numbers",
    question: "What are the numbers behind that?",
    answer:
      "Each further copy of management events costs $2.00 per 100,000 events, data events cost $0.10 per 100,000 from the first one (AWS list prices as of November 2026). CloudTrail writes about one file per five minutes and active Region, at most 8,640 a month, and 720 digest files with log file validation: for 17 active Regions about 160,000 S3 requests, roughly 80 cents a month. Regions without activity write next to nothing.",
  },
  {
    id: "soc-2",
    question: "Is this required for SOC 2?",
    answer:
      "SOC 2 names no AWS setting. Full coverage strongly supports the evidence for monitoring and for change tracking: CC7.2, CC2.1 and A1.2 above all. Auditors commonly ask for it; whether it suffices is for your auditor to judge.",
  },
  {
    id: "verify",
    question: "How do I verify that it is fully remediated?",
    answer:
      "Two ways, and both. Scan again: `cloudtrail.not_multi_region` passes only when the configuration and the delivery status of every enabled Region leave none out. And look at AWS directly: `aws cloudtrail describe-trails` in a Region other than the trail's home must list it with `IsMultiRegionTrail` true, and `get-trail-status` by ARN must show `IsLogging` true and a recent `LatestDeliveryTime`. Look once more after your next deployment: that shows whether the fix persists.",
  },
  {
    id: "duplicates",
    question: "What happens to the single-Region trails we already have?",
    answer:
      "They go on logging, and each becomes a second, billed copy of its Region's management events. Convert one trail, wait until it delivers, then retire the others one at a time: stop one, scan again, delete it, and keep those that log more than management events. In this order nothing is lost, and the passing finding names each step. Converting several buys the same events several times.",
  },
  {
    id: "organization-trail",
    question: "Does an organization trail count?",
    answer:
      "Yes, when it is multi-Region, logs all management events and reaches this account. Member accounts see it under the management account's ARN and cannot change it. One trap: when its home Region is an opt-in Region, members that have not enabled that Region send nothing at all, while the management account looks perfect. The check looks for exactly that.",
  },
  {
    id: "control-tower",
    question: "We use Control Tower. Are we covered?",
    answer:
      "Normally yes: it keeps the organization trail `aws-controltower-BaselineCloudTrail`. When that trail fails, repair it through the landing zone, because its guardrail denies direct changes. If accounts also keep trails of their own, those are paid duplicates.",
  },
  {
    id: "opt-in-regions",
    question: "Do opt-in Regions and new Regions inherit logging?",
    answer:
      "With a multi-Region trail, yes. AWS makes a copy of the trail in a Region when you enable it; enabling takes minutes to several hours, and so may the first delivery. All Regions added since March 2019 are opt-in, so a new Region appears only when someone in your account enables it. Single-Region trails inherit nothing.",
  },
  {
    id: "event-history",
    question: "Isn't Event history enough?",
    answer:
      "No. Event history keeps management events for 90 days, one Region at a time, and cannot be kept longer, protected from deletion of the account, or alarmed on. It helps an investigation that starts in time. It is no control.",
  },
  {
    id: "quiet-account",
    question: "Nothing has been delivered for days. Is the trail broken?",
    answer:
      "Not by that alone: a Region in which nothing happens gets no log file. What counts is silence after something happened. Each scan makes calls in every Region, so the next one knows what should have arrived: a Region that stayed silent since is a gap, and one that delivered is proven. Until then the check passes and says that no recent delivery proves it.",
  },
  {
    id: "cloudtrail-lake",
    question: "Does CloudTrail Lake replace a trail?",
    answer:
      "It compensates, it does not replace. A multi-Region event data store with all management events keeps them, so the finding is graded Low; but there is no copy in S3, and EventBridge rules and the benchmarks ask for a trail. Lake has been closed to new customers since 31 May 2026, so it is no way to fix this.",
  },
  {
    id: "cloudwatch",
    question: "CloudWatch receives our CloudTrail events. Is that the same?",
    answer:
      "No. CloudWatch can take CloudTrail events through a service-linked channel, per Region and without a trail. That is useful for alarms in those Regions and gives neither the S3 record nor inheritance. An alarm on a log group fed by a trail needs the trail to work.",
  },
  {
    id: "console",
    question: "Why can't I convert the trail in the console?",
    answer:
      "The console only makes multi-Region trails and offers no switch for an existing single-Region one. Use `aws cloudtrail update-trail --is-multi-region-trail` in the trail's home Region, or change the code that made it.",
  },
  {
    id: "global-services",
    question: "We only use one Region. Why care about the others?",
    answer:
      "Because credentials work in every enabled Region, whether you use it or not. Besides, events of global services such as IAM, CloudFront and the global STS endpoint are recorded in us-east-1: a single-Region trail elsewhere misses every one of them.",
  },
];
