import { isCopiedTwice } from "@/lib/checks/cloudtrail/not-multi-region/rules/advisories";
import type { Advisory } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";
import { count } from "@/lib/text";
import type { WordsInput } from "./words-input";

type Words = (input: WordsInput) => string;

const words: Readonly<Record<Advisory, Words>> = {
  AWS_CONTROLS_WANT_ONE_TRAIL: () =>
    "Several trails cover the events together. Security Hub CloudTrail.1 and CIS look for one trail that holds everything, and will still report a failure.",
  CLOUDWATCH_LOGS_DELIVERY_ERROR: () =>
    "Delivery to CloudWatch Logs fails. The log files in S3 are complete; alarms built on the log group are not.",
  COMPENSATED_BY_LAKE: ({ analysis }) =>
    `The event data store ${analysis.lake.compensating?.name ?? ""} keeps all management events of every Region. It is not a trail: no log files in S3, and EventBridge rules on API calls need a trail. AWS takes no new CloudTrail Lake customers since 31 May 2026.`,
  CONNECT_MANAGEMENT_ACCOUNT: () =>
    "This account belongs to an organization and no trail is visible in it. Connect the management account to see whether an organization trail was meant to reach it.",
  CONVERSION_EXTENDS_CLOUDWATCH_LOGS: () =>
    "The trail also sends to CloudWatch Logs; after conversion it sends the events of every Region, at CloudWatch's ingestion price.",
  CONVERSION_EXTENDS_DATA_EVENTS: () =>
    "The trail also logs data or network activity events; after conversion it does so in every Region, at $0.10 per 100,000 events. A new trail for management events alone avoids that.",
  DIGEST_DELIVERY_ERROR: () =>
    "Digest files cannot be delivered, so the integrity of the log files cannot be validated.",
  DUPLICATE_MANAGEMENT_COPY: ({ analysis }) => duplicatesText(analysis),
  GLOBAL_SERVICE_EVENTS_NOT_CAPTURED: () =>
    "Events of IAM, CloudFront and the global STS endpoint are recorded in us-east-1, and no trail there includes them.",
  HOME_REGION_IS_OPT_IN: () =>
    "The trail's home Region is an opt-in Region. Member accounts that have not enabled it send nothing to an organization trail there.",
  LAKE_NOT_CHECKED: () =>
    "Event data stores (CloudTrail Lake) could not be listed. One that keeps all events would lower the severity.",
  NO_MANAGEMENT_EVENTS: () =>
    "The trail to convert logs no management events yet; its event selectors must change too.",
  NO_RECENT_DELIVERY: () =>
    "No log file and no digest has arrived for 24 hours. That alone is not a fault: a Region in which nothing happens gets no log file. In a connected account the next scan shows whether the calls of this one arrived.",
  ORG_CONTEXT_UNKNOWN: () =>
    "Whether this account belongs to an organization could not be read (organizations:DescribeOrganization).",
  REGION_DENIED_BY_SCP: ({ analysis }) =>
    `Listing trails was denied in ${regionList(analysis.inventory.regions.filter((r) => r.failure).map((r) => r.name))}. A multi-Region trail reaches every enabled Region, but delivery there was not observed.`,
  REGION_LIST_UNAVAILABLE: () =>
    "The Region list could not be read (ec2:DescribeRegions), so only the default Regions were judged; opt-in Regions are not known.",
  SCANNER_TOKEN_OR_REGION_STATE: () =>
    "An opt-in Region refused the scan's session, also when asked again. It may still be enabling or disabling.",
  SERVICE_LINKED_CHANNEL_PRESENT: () =>
    "A service-linked channel sends CloudTrail events to CloudWatch directly. That is not a trail: no log files in S3.",
  SNS_NOTIFICATION_ERROR: () =>
    "Notifications to SNS fail. Log files still arrive; whatever waits for the notification does not.",
  STOPPED_TRAIL_PRESENT: ({ analysis }) =>
    `${analysis.inventory.trails
      .filter((t) => t.health === "STOPPED" && t.description.isMultiRegion)
      .map((t) => t.description.name)
      .join(
        ", ",
      )} is stopped. Delete it or start it on purpose; a stopped trail misleads whoever reads the list.`,
  TRAIL_NOT_LOGGING: () => "The trail to convert is stopped: it needs start-logging too.",
  TRAIL_QUOTA_REACHED: ({ choice }) =>
    `${choice.remediation.region ?? "The Region"} already holds five trails, copies included. AWS does not raise that quota: convert or repair, do not create.`,
  UNRECOGNISED_SELECTOR_FIELD: () =>
    "A management event selector narrows by a field this check does not know, so it was counted as logging nothing.",
};

/** An advisory in plain words. */
export function advisoryText(code: Advisory, input: WordsInput): string {
  return words[code](input);
}

function duplicatesText({ coverage }: WordsInput["analysis"]): string {
  const twice = coverage.filter(({ effective }) => isCopiedTwice(effective));
  const names = [...new Set(twice.flatMap(({ effective }) => effective.map((t) => t.description.name)))];
  const where = count(twice.length, "Region");
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more trails`] : names;
  return `In ${where} more than one trail logs the same management events: ${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}. Each further copy costs $2.00 per 100,000 events.`;
}

function regionList(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(", ");
  return names.length > 4 ? `${shown} and ${names.length - 4} more Regions` : shown;
}
