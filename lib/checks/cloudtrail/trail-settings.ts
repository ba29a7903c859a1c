import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import type { Setting } from "@/lib/checks/settings";
import { takeInventory } from "./inventory/inventory";
import type { TrailView } from "./inventory/trail-view";
import { eventsText } from "./not-multi-region/words/event-words";

/** Everything that people set on the trails of an account, and how delivery went. */
export function trailSettings(facts: Partial<Facts>, context: EvaluationContext): readonly Setting[] {
  return takeInventory(facts, context).trails.flatMap(settingsOf);
}

function settingsOf(trail: TrailView): readonly Setting[] {
  const { description: d, statuses, isJudgedAtHome } = trail;
  const status = isJudgedAtHome ? statuses.get(d.homeRegion) : undefined;
  const values: readonly (readonly [attribute: string, value: string | null])[] = [
    ["Multi-Region", yes(d.isMultiRegion)],
    ["Global service events", d.includeGlobalServiceEvents ? "Included" : "Left out"],
    ["Organization trail", yes(d.isOrganization)],
    ["Logging", status === undefined ? null : on(status.isLogging)],
    // A copy in another Region has a status of its own: what it says of the home Region's delivery is not known here.
    ["Delivery error", status === undefined ? null : (status.latestDeliveryError ?? "None")],
    ["Management events", trail.classes === null ? null : eventsText(trail.classes)],
    ["Log file validation", on(d.logFileValidationEnabled)],
    ["Digest error", status === undefined ? null : (status.latestDigestDeliveryError ?? "None")],
    ["Bucket", d.s3BucketName ?? null],
    ["Prefix", d.s3KeyPrefix ?? "None"],
    ["KMS key", d.kmsKeyId ?? "None"],
    ["CloudWatch Logs group", d.cloudWatchLogsLogGroupArn ?? "None"],
    ["SNS topic", d.snsTopicArn ?? "None"],
    ["Insights events", on(d.hasInsightSelectors)],
  ];
  return values.map(([attribute, value]) => ({ of: d.name, id: trail.arn, attribute, value }));
}

function yes(value: boolean): string {
  return value ? "Yes" : "No";
}

function on(value: boolean): string {
  return value ? "On" : "Off";
}
