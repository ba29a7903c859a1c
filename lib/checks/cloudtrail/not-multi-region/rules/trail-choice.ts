import { noEvents } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { hasDeliveryError } from "@/lib/checks/cloudtrail/inventory/health";
import {
  type Quality,
  qualities,
  qualitiesOf,
  type SharedBuckets,
  sharedBuckets,
} from "@/lib/checks/cloudtrail/inventory/trail-quality";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import { primaryRegion } from "@/lib/checks/regions";
import { type Chosen, choose, type Preference } from "./choose";
import { isGap, isHealthy, type RegionCoverage } from "./coverage";
import { type Analysis, isComplete, multiRegionTrails } from "./decide";
import { faultRank } from "./faults";
import type { Action } from "./reasons";

export type ChosenTrail = Chosen<TrailView>;

/**
 * The single-Region trail to convert: full management events, then healthy, then the better destination (central
 * bucket, log file validation, key), then homed in the partition's primary Region, then this account's own, then by
 * home Region in the order in which the account lists its Regions.
 */
export function trailToConvert(
  candidates: readonly TrailView[],
  analysis: Analysis,
  context: EvaluationContext,
): ChosenTrail {
  return choose(
    candidates,
    [complete, healthy, ...better(analysis, context), primary(context), own],
    byHomeRegion(analysis),
  );
}

/** The multi-Region trail whose worst fault is the smallest; between equals the better one that is changed here. */
export function nearestToHealthy(
  candidates: readonly TrailView[],
  analysis: Analysis,
  context: EvaluationContext,
): ChosenTrail {
  const nearest = Math.min(...candidates.map(faultRank));
  const isNearest = { name: "nearest", holds: (trail: TrailView) => faultRank(trail) === nearest } as const;
  return choose(candidates, [isNearest, ...repairable(analysis, context)], byHomeRegion(analysis));
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
): ChosenTrail & { readonly action: Action } {
  const sound = multiRegionTrails(analysis.inventory).filter(
    (trail) => (isHealthy(trail) || trail.health === "UNKNOWN") && trail.classes !== noEvents,
  );
  const whole = sound.filter((trail) => trail.classes === null || isComplete(trail));
  const candidates = whole.length > 0 ? whole : sound;
  const broken = analysis.coverage.filter(isGap);
  const best = (among: readonly TrailView[]) =>
    choose(among, repairable(analysis, context), byHomeRegion(analysis));
  for (const action of gapActions) {
    const affected = candidates.filter((trail) => broken.some((where) => gapIn(trail, where) === action));
    if (affected.length > 0) return { ...best(affected), action };
  }
  return { ...best(candidates), action: "REAPPLY_MULTI_REGION" };
}

/** The trail to keep of several that log the same, no matter which account owns it: none has to change it. */
export function trailToKeep(
  candidates: readonly TrailView[],
  analysis: Analysis,
  context: EvaluationContext,
): ChosenTrail {
  const shared = sharedBucketsOf(analysis, context);
  const has = qualities.map((name) => ({
    name,
    holds: (trail: TrailView) => qualitiesOf(trail, shared).has(name),
  }));
  return choose(candidates, [complete, healthy, ...has, primary(context)], byHomeRegion(analysis));
}

/** The buckets of organization trails, as this account and its management account show them. */
export function sharedBucketsOf(
  { inventory }: Analysis,
  { relatedEvidence }: EvaluationContext,
): SharedBuckets {
  const theirs = relatedEvidence?.byFact["cloudtrail.trails"] ?? [];
  return sharedBuckets([...inventory.trails, ...theirs].map(({ description }) => description));
}

function gapIn(trail: TrailView, { region }: RegionCoverage): Action | null {
  if (!trail.seenIn.has(region.name)) return "REAPPLY_MULTI_REGION";
  const status = trail.statuses.get(region.name);
  if (status === undefined) return null;
  if (hasDeliveryError(status) || trail.silentSince.has(region.name)) return "FIX_DELIVERY";
  return status.isLogging ? null : "START_LOGGING";
}

const complete: Preference<TrailView> = { name: "complete", holds: isComplete };
const healthy: Preference<TrailView> = { name: "healthy", holds: isHealthy };
const logging: Preference<TrailView> = { name: "logging", holds: (trail) => trail.health !== "STOPPED" };
const own: Preference<TrailView> = { name: "own", holds: (trail) => !trail.isForeign };

/** Equally far from healthy: complete, healthy (one that logs before one that is stopped), changed here, the better. */
function repairable(analysis: Analysis, context: EvaluationContext): readonly Preference<TrailView>[] {
  return [complete, healthy, logging, own, ...better(analysis, context), primary(context)];
}

/**
 * The qualities as preferences. They speak for this account's own trails only: a trail that another account has to
 * change is not preferred for them.
 */
function better(analysis: Analysis, context: EvaluationContext): readonly Preference<TrailView>[] {
  const shared = sharedBucketsOf(analysis, context);
  return qualities.map((name: Quality) => ({
    name,
    holds: (trail) => !trail.isForeign && qualitiesOf(trail, shared).has(name),
  }));
}

function primary(context: EvaluationContext): Preference<TrailView> {
  const region = primaryRegion(context.account.partition);
  return { name: "primary", holds: (trail) => trail.description.homeRegion === region };
}

/** By home Region in the order of the account's list; a Region that is off comes last, and equals stay as given. */
function byHomeRegion({ inventory }: Analysis): (a: TrailView, b: TrailView) => number {
  const place = new Map(inventory.listedRegions.map((name, index) => [name, index]));
  const of = (trail: TrailView) => place.get(trail.description.homeRegion) ?? place.size;
  return (a, b) => of(a) - of(b);
}
