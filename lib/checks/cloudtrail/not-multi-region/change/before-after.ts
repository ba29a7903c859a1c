import { eventsText } from "@/lib/checks/cloudtrail/not-multi-region/words/event-words";
import type { BeforeAfter } from "@/lib/checks/suggested-change";
import { newAccountTrail } from "./deliveries";
import { keyFixOf } from "./key-fix";
import type { Situation } from "./situation";

/** The attributes that change, as AWS names them. */
export function beforeAfterOf(situation: Situation): readonly BeforeAfter[] {
  const { edit, trail, view, change, action } = situation;
  if (action === "FIX_VIA_CONTROL_TOWER" && edit === null) return [];
  if (action === "CREATE_MULTI_REGION_TRAIL") {
    return [
      {
        attribute: "Trail",
        before: "none",
        after: `${newAccountTrail(situation).trailName}, multi-Region, logging`,
      },
    ];
  }
  if (action === "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL") {
    return [
      { attribute: situation.region, before: "not enabled", after: "enabled, with a copy of the trail" },
    ];
  }
  if (edit !== null && trail !== null) {
    const reapplied = change === "REAPPLY_MULTI_REGION";
    const events = view === null ? "unknown" : eventsText(view.classes);
    return [
      ...(edit.multiRegion
        ? [
            {
              attribute: "IsMultiRegionTrail",
              before: reapplied ? "true, but without a copy in some Region" : String(trail.isMultiRegion),
              after: "true",
            },
          ]
        : []),
      ...(edit.multiRegion && !trail.includeGlobalServiceEvents
        ? [{ attribute: "IncludeGlobalServiceEvents", before: "false", after: "true" }]
        : []),
      ...(edit.selectors === null
        ? []
        : [{ attribute: "Management events", before: events, after: "All management events" }]),
      ...(edit.logging ? [{ attribute: "IsLogging", before: "false", after: "true" }] : []),
    ];
  }
  if (change !== "FIX_DELIVERY" || trail === null) return [];
  const errors = [
    ...new Set([...(view?.statuses.values() ?? [])].flatMap((status) => status.latestDeliveryError || [])),
  ];
  return [
    {
      attribute: "LatestDeliveryError",
      before: errors.length > 0 ? errors.join(", ") : "none, but nothing arrives",
      after: "none, after the next log file",
    },
    whatChanges(situation),
  ];
}

/** The place in which delivery breaks. */
function whatChanges(situation: Situation): BeforeAfter {
  const keyFix = keyFixOf(situation);
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
