import { noEvents } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { hasDeliveryError } from "@/lib/checks/cloudtrail/inventory/health";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import { primaryRegion } from "@/lib/checks/regions";
import { isGap, isHealthy } from "./coverage";
import { type Analysis, isComplete, multiRegionTrails } from "./decide";
import { faultRank } from "./faults";
import type { Action } from "./reasons";

type Preference = (trail: TrailView) => boolean;

/**
 * The single-Region trail to convert: full management events, then healthy, then homed in the partition's
 * primary Region, then this account's own, then the order in which the trails are listed.
 */
export function trailToConvert(candidates: readonly TrailView[], context: EvaluationContext): TrailView {
  return first(candidates, [isComplete, isHealthy, isPrimary(context), isOwn]);
}

/** The multi-Region trail whose worst fault is the smallest. */
export function nearestToHealthy(
  candidates: readonly TrailView[],
  analysis: Analysis,
  context: EvaluationContext,
): TrailView {
  const nearest = Math.min(...candidates.map(faultRank));
  return toRepair(
    candidates.filter((trail) => faultRank(trail) === nearest),
    analysis,
    context,
  );
}

/** Of multi-Region trails that need the same repair the one to change; between equals as the account lists their home Regions. */
function toRepair(
  candidates: readonly TrailView[],
  { inventory }: Analysis,
  context: EvaluationContext,
): TrailView {
  const place = ({ description }: TrailView) => {
    const index = inventory.listedRegions.indexOf(description.homeRegion);
    return index === -1 ? inventory.listedRegions.length : index;
  };
  return first(
    [...candidates].sort((a, b) => place(a) - place(b)),
    [isComplete, isHealthy, isNotStopped, isOwn, isPrimary(context)],
  );
}

export function isConvertible(trail: TrailView): boolean {
  return !trail.description.isMultiRegion;
}

/** Why a multi-Region trail leaves a Region out decides the repair, in this order. */
const gapActions = [
  "FIX_DELIVERY",
  "START_LOGGING",
  "REAPPLY_MULTI_REGION",
] as const satisfies readonly Action[];

/** For an inherited trail with a broken Region: which trail to repair there, and how. */
export function gapRepair(
  analysis: Analysis,
  context: EvaluationContext,
): { readonly trail: TrailView; readonly action: Action } {
  const sound = multiRegionTrails(analysis.inventory).filter(
    (trail) => (isHealthy(trail) || trail.health === "UNKNOWN") && trail.classes !== noEvents,
  );
  const complete = sound.filter((trail) => trail.classes === null || isComplete(trail));
  const candidates = complete.length > 0 ? complete : sound;
  const broken = analysis.coverage.filter(isGap).map(({ region }) => region.name);
  for (const action of gapActions) {
    const affected = candidates.filter((trail) => broken.some((region) => gapIn(trail, region) === action));
    if (affected.length > 0) return { trail: toRepair(affected, analysis, context), action };
  }
  return { trail: toRepair(candidates, analysis, context), action: "REAPPLY_MULTI_REGION" };
}

function gapIn(trail: TrailView, region: string): Action | null {
  if (!trail.seenIn.has(region)) return "REAPPLY_MULTI_REGION";
  const status = trail.statuses.get(region);
  if (status === undefined) return null;
  if (hasDeliveryError(status) || trail.silentSince.has(region)) return "FIX_DELIVERY";
  return status.isLogging ? null : "START_LOGGING";
}

function isPrimary(context: EvaluationContext): Preference {
  return (trail) => trail.description.homeRegion === primaryRegion(context.account.partition);
}

function isNotStopped(trail: TrailView): boolean {
  return trail.health !== "STOPPED";
}

function isOwn(trail: TrailView): boolean {
  return !trail.isForeign;
}

/** The best candidate by preferences in order; between equals the first as given. */
function first(candidates: readonly TrailView[], preferences: readonly Preference[]): TrailView {
  const [head] = preferences.reduce((left, prefers) => {
    const preferred = left.filter(prefers);
    return preferred.length > 0 ? preferred : left;
  }, candidates);
  if (head === undefined) throw new Error("A remediation needs at least one candidate trail.");
  return head;
}
