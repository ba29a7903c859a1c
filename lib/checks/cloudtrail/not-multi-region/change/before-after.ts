import { eventsText } from "@/lib/checks/cloudtrail/not-multi-region/words/event-words";
import type { BeforeAfter } from "@/lib/checks/suggested-change";
import type { ChangeInput } from "./change-input";
import { newAccountTrail } from "./deliveries";
import { keyFixOf } from "./key-fix";

/** The attributes that change, as AWS names them. */
export function beforeAfterOf(input: ChangeInput): readonly BeforeAfter[] {
  const { update, trail, view, directAction, action } = input;
  if (action === "FIX_VIA_CONTROL_TOWER" && update === null) return [];
  if (action === "CREATE_MULTI_REGION_TRAIL") {
    return [
      {
        attribute: "Trail",
        before: "none",
        after: `${newAccountTrail(input).trailName}, multi-Region, logging`,
      },
    ];
  }
  if (action === "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL") {
    return [{ attribute: input.region, before: "not enabled", after: "enabled, with a copy of the trail" }];
  }
  if (update !== null && trail !== null) {
    const reapplied = directAction === "REAPPLY_MULTI_REGION";
    const events = view === null ? "unknown" : eventsText(view.classes);
    return [
      ...(update.multiRegion
        ? [
            {
              attribute: "IsMultiRegionTrail",
              before: reapplied ? "true, but without a copy in some Region" : String(trail.isMultiRegion),
              after: "true",
            },
          ]
        : []),
      ...(update.multiRegion && !trail.includeGlobalServiceEvents
        ? [{ attribute: "IncludeGlobalServiceEvents", before: "false", after: "true" }]
        : []),
      ...(update.selectors === null
        ? []
        : [{ attribute: "Management events", before: events, after: "All management events" }]),
      ...(update.logging ? [{ attribute: "IsLogging", before: "false", after: "true" }] : []),
    ];
  }
  if (directAction !== "FIX_DELIVERY" || trail === null) return [];
  const errors = [
    ...new Set([...(view?.statuses.values() ?? [])].flatMap((status) => status.latestDeliveryError || [])),
  ];
  return [
    {
      attribute: "LatestDeliveryError",
      before: errors.length > 0 ? errors.join(", ") : "none, but nothing arrives",
      after: "none, after the next log file",
    },
    whatChanges(input),
  ];
}

/** The place in which delivery breaks. */
function whatChanges(input: ChangeInput): BeforeAfter {
  const keyFix = keyFixOf(input);
  const admits = "admits cloudtrail.amazonaws.com for this trail";
  switch (keyFix?.fault) {
    case undefined:
      return { attribute: "Bucket policy", before: "not read by us", after: admits };
    case "disabled":
      return { attribute: "KMS key", before: "disabled", after: "enabled" };
    case "pending_deletion":
      return { attribute: "KMS key", before: "not usable in its present state", after: "enabled" };
    case "gone":
      return {
        attribute: "KmsKeyId",
        before: keyFix?.keyId ?? "",
        after: "none: the bucket's own encryption",
      };
    case "refused":
      return { attribute: "Key policy", before: "not read by us", after: admits };
  }
}
