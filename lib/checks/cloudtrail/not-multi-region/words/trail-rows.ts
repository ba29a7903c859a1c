import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import { planRetirement } from "@/lib/checks/cloudtrail/not-multi-region/rules/retirement";
import type { TrailRow } from "@/lib/checks/cloudtrail/trail-section";
import { eventsText } from "./event-words";
import { latestDelivery } from "./latest-delivery";
import { ago, lengthSince } from "./time-words";
import type { WordsInput } from "./words-input";

/** The trails of the account as a table shows them, the suggested one marked. */
export function trailRows({ analysis, choice, context }: WordsInput): readonly TrailRow[] {
  const plan = analysis.verdict === "PASS" ? planRetirement(analysis, choice, context) : null;
  return analysis.inventory.trails.map((trail) => {
    const { description } = trail;
    const delivered = latestDelivery(trail);
    return {
      arn: trail.arn,
      name: description.name,
      homeRegion: description.homeRegion,
      isMultiRegion: description.isMultiRegion,
      isOrganization: description.isOrganization,
      health: trail.health,
      healthText: healthText(trail, context.now),
      eventsText: trail.hasUnrecognizedField
        ? "Management events, narrowed by an unknown field"
        : eventsText(trail.classes),
      ...(delivered === undefined ? {} : { latestDeliveryTime: delivered }),
      logFileValidationEnabled: description.logFileValidationEnabled,
      isEncrypted: description.kmsKeyId !== undefined,
      ...(description.s3BucketName === undefined ? {} : { bucket: description.s3BucketName }),
      ...(plan?.keep === trail ? { standing: "kept" as const } : {}),
      ...(plan?.retire.includes(trail) ? { standing: "duplicate" as const } : {}),
      isSuggested: choice.trail?.arn === trail.arn,
    };
  });
}

function healthText(trail: TrailView, now: string): string {
  const status = homeStatus(trail);
  switch (trail.health) {
    case "OK": {
      const when = ago(latestDelivery(trail), now);
      return when === "" ? "Logging" : `Logging, last delivery ${when}`;
    }
    case "PENDING":
      return `Started ${ago(status?.startLoggingTime, now)}, first delivery outstanding`.replace(
        "Started ,",
        "Started,",
      );
    case "STALE":
      return `No delivery for ${lengthSince(latestDelivery(trail), now) ?? "more than a day"}`;
    case "FAILING":
      return `Delivery fails: ${status?.latestDeliveryError ?? "error"}`;
    case "NEVER_DELIVERED":
      return "Logging, but never delivered";
    case "STOPPED":
      return `Stopped ${ago(status?.stopLoggingTime, now)}`.trim();
    case "HOME_REGION_OFF":
      return `Home Region ${trail.description.homeRegion} is not enabled here`;
    case "UNKNOWN":
      return "Status could not be read";
  }
}

function homeStatus(trail: TrailView) {
  return trail.statuses.get(trail.description.homeRegion) ?? [...trail.statuses.values()][0];
}
