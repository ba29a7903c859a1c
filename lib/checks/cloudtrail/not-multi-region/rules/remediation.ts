import { ownerOf } from "@/lib/checks/arn";
import { noEvents } from "@/lib/checks/cloudtrail/inventory/event-classes";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { Remediation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { primaryRegion } from "@/lib/checks/regions";
import type { Narrowing } from "./choose";
import type { Analysis } from "./decide";
import { multiRegionTrails } from "./decide";
import { type Fault, worstFault } from "./faults";
import type { Action } from "./reasons";
import { type ChosenTrail, gapRepair, isConvertible, nearestToHealthy, trailToConvert } from "./trail-choice";

/** The remediation, and the trail that it concerns when that trail is visible in this account. */
export interface RemediationChoice {
  readonly remediation: Remediation;
  /** What has to be done, no matter who can do it: for an organization trail its `orgAction`. */
  readonly directAction: Action;
  readonly trail: TrailView | null;
  /** What decided between several trails, in order; empty when there was nothing to choose. */
  readonly because: readonly Narrowing[];
}

/** Deployed by the landing zone: a change or a deletion by hand causes drift. */
export const controlTowerTrail = "aws-controltower-BaselineCloudTrail";

const repairs: Readonly<Record<Fault, Action>> = {
  EXCLUDES_SOURCES: "FIX_EVENT_SELECTORS",
  WRITE_ONLY: "FIX_EVENT_SELECTORS",
  READ_ONLY: "FIX_EVENT_SELECTORS",
  NO_MANAGEMENT_EVENTS: "FIX_EVENT_SELECTORS",
  STALE: "FIX_DELIVERY",
  FAILING: "FIX_DELIVERY",
  NEVER_DELIVERED: "FIX_DELIVERY",
  STOPPED: "START_LOGGING",
  HOME_REGION_OFF: "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL",
};

/** Chooses the one change that gives coverage with the least effort and no second, billed copy of the events. */
export function chooseRemediation(analysis: Analysis, context: EvaluationContext): RemediationChoice {
  if (analysis.verdict === "PASS") return plain("NONE");
  if (analysis.verdict === "NOT_EVALUATED") return plain(actionForFailures(analysis));
  const trails = analysis.inventory.trails;
  if (analysis.reason === "SINGLE_REGION_TRAILS_COVER_ALL") {
    const multi = multiRegionTrails(analysis.inventory).filter((trail) => trail.classes !== noEvents);
    return multi.length > 0 ? repair(multi, analysis, context) : convert(analysis, context);
  }
  if (analysis.reason === "MULTI_REGION_REGION_GAP") {
    const chosen = gapRepair(analysis, context);
    return forChosen(chosen, chosen.action, context);
  }
  if (trails.length === 0) return withoutTrail(analysis, context);
  const multi = multiRegionTrails(analysis.inventory);
  return multi.length > 0 ? repair(multi, analysis, context) : convert(analysis, context);
}

function repair(
  multi: readonly TrailView[],
  analysis: Analysis,
  context: EvaluationContext,
): RemediationChoice {
  const chosen = nearestToHealthy(multi, analysis, context);
  const fault = worstFault(chosen.trail);
  // Without a known fault the trail is merely not proven; repeating the setting is harmless.
  return forChosen(chosen, fault === null ? "REAPPLY_MULTI_REGION" : repairs[fault], context);
}

function convert(analysis: Analysis, context: EvaluationContext): RemediationChoice {
  const candidates = analysis.inventory.trails.filter(isConvertible);
  return forChosen(trailToConvert(candidates, analysis, context), "CONVERT_TRAIL", context);
}

function forChosen(
  { trail, because }: ChosenTrail,
  directAction: Action,
  context: EvaluationContext,
): RemediationChoice {
  return { ...forTrail(trail.description, directAction, trail, context), because };
}

/** Nothing visible: bring the organization's trail here when there is one, else create a trail. */
function withoutTrail(
  { organizationTrails, inventory }: Analysis,
  context: EvaluationContext,
): RemediationChoice {
  const [outOfReach] = organizationTrails.outOfReach;
  if (outOfReach !== undefined) {
    return forTrail(outOfReach, "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL", null, context);
  }
  const [expected] = organizationTrails.expected;
  if (expected !== undefined) return forTrail(expected, "REAPPLY_MULTI_REGION", null, context);
  const primary = primaryRegion(context.account.partition);
  const enabled = inventory.regions.map((region) => region.name);
  const region = enabled.includes(primary) ? primary : (enabled[0] ?? primary);
  const remediation = { action: "CREATE_MULTI_REGION_TRAIL", account: context.account.id, region };
  return { remediation, directAction: "CREATE_MULTI_REGION_TRAIL", trail: null, because: [] };
}

/** Addresses the remediation to who can apply it: Control Tower, the organization's account, or this account. */
function forTrail(
  description: TrailDescription,
  directAction: Action,
  trail: TrailView | null,
  context: EvaluationContext,
): RemediationChoice {
  const owner = ownerOf(description.arn) ?? context.account.id;
  const target = { account: owner, region: description.homeRegion, trail: description.name };
  if (description.name === controlTowerTrail) {
    return { remediation: { action: "FIX_VIA_CONTROL_TOWER", ...target }, directAction, trail, because: [] };
  }
  const isElsewhere = owner !== context.account.id && directAction !== "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL";
  return isElsewhere
    ? {
        remediation: { action: "FIX_ORG_TRAIL", ...target, orgAction: directAction },
        directAction,
        trail,
        because: [],
      }
    : { remediation: { action: directAction, ...target }, directAction, trail, because: [] };
}

function actionForFailures({ reason, blockedBy, inventory }: Analysis): Action {
  const has = (...kinds: readonly ReadFailure["kind"][]) => blockedBy.some((f) => kinds.includes(f.kind));
  if (has("throttled")) return "RETRY";
  if (reason === "ROLE_NOT_ASSUMABLE") {
    return has("timeout", "network", "garbage", "deadline", "server_error") ? "RETRY" : "FIX_CONNECTION";
  }
  if (has("denied", "denied_by_scp")) return "FIX_SCAN_PERMISSIONS";
  const concernsAwsOrganization =
    reason !== "TRAILS_UNREADABLE" &&
    inventory.trails.some(
      (trail) =>
        trail.isForeign &&
        trail.description.isOrganization &&
        [...trail.statusFailures, ...(trail.selectorFailure ? [trail.selectorFailure] : [])].some(
          (failure) =>
            blockedBy.includes(failure) && (failure.kind === "arn_invalid" || failure.kind === "not_found"),
        ),
    );
  return concernsAwsOrganization ? "CONNECT_ORG_ACCOUNT" : "RETRY";
}

function plain(action: Action): RemediationChoice {
  return { remediation: { action }, directAction: action, trail: null, because: [] };
}
