import { isFull, noEvents, union } from "@/lib/checks/cloudtrail/inventory/event-classes";
import {
  type Quality,
  qualitiesOf,
  type SharedBuckets,
} from "@/lib/checks/cloudtrail/inventory/trail-quality";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import { coverRegions, isHealthy } from "./coverage";
import { type Analysis, isComplete } from "./decide";
import { controlTowerTrail, type RemediationChoice } from "./remediation";
import { sharedBucketsOf, trailToKeep } from "./trail-choice";

/** Why a trail that copies management events a second time is not offered for retirement. */
export type StayReason =
  | { readonly because: "data_events" | "insights" | "log_group" | "notifications" }
  /** Log files that it has not delivered yet may still arrive. */
  | { readonly because: "delivery" }
  /** It is the better one in this: the trail to keep has to have it first. */
  | { readonly because: "better"; readonly in: Quality };

type Extra = Exclude<StayReason["because"], "better" | "delivery">;

export interface Retirement {
  /** The one that alone holds everything. */
  readonly keep: TrailView;
  /** Trails that can go, in this order, one at a time: without each of them the verdict still passes. */
  readonly retire: readonly TrailView[];
  readonly stay: readonly { readonly trail: TrailView; readonly why: StayReason }[];
}

/**
 * Which trails of this account only copy management events a second time. On a pass it is proven Region by Region
 * that the rest logs everything and has delivered; on a fail it is what will be left over once the proposed change is
 * made. Null when there is no second copy, or nothing that could be kept is proven.
 */
export function planRetirement(
  analysis: Analysis,
  choice: RemediationChoice,
  context: EvaluationContext,
): Retirement | null {
  const isPass = analysis.verdict === "PASS";
  const keep = isPass ? keptOnPass(analysis, context) : analysis.verdict === "FAIL" ? choice.trail : null;
  if (keep === null) return null;
  const others = analysis.inventory.trails.filter((trail) => trail.arn !== keep.arn && isRemovable(trail));
  const shared = sharedBucketsOf(analysis, context);
  const kept = qualitiesOf(keep, shared);
  const stay: { trail: TrailView; why: StayReason }[] = [];
  const candidates: TrailView[] = [];
  for (const trail of others) {
    const why = whyItStays(trail, kept, shared);
    if (why === null) candidates.push(trail);
    else if (trail.health !== "STOPPED") stay.push({ trail, why });
  }
  const ordered = candidates.sort(
    (a, b) => rank(a) - rank(b) || qualitiesOf(a, shared).size - qualitiesOf(b, shared).size,
  );
  const retire = isPass ? provenInOrder(ordered, analysis, context) : ordered;
  return retire.length + stay.length === 0 ? null : { keep, retire, stay };
}

/** The best of the multi-Region trails that hold everything by themselves and have lately delivered. */
function keptOnPass(analysis: Analysis, context: EvaluationContext): TrailView | null {
  const holding = analysis.inventory.trails.filter(
    (trail) => trail.description.isMultiRegion && isComplete(trail) && isProven(trail, context),
  );
  return holding.length === 0 ? null : trailToKeep(holding, analysis, context).trail;
}

/** This account's own, no organization's and no landing zone's, known to log management events. */
function isRemovable({ isForeign, description, classes, health }: TrailView): boolean {
  if (isForeign || description.isOrganization || description.name === controlTowerTrail) return false;
  return classes !== null && classes !== noEvents && health !== "UNKNOWN";
}

function whyItStays(trail: TrailView, kept: ReadonlySet<Quality>, shared: SharedBuckets): StayReason | null {
  const extra = extraOf(trail);
  if (extra !== null) return { because: extra };
  const better = [...qualitiesOf(trail, shared)].find((quality) => !kept.has(quality));
  if (better !== undefined) return { because: "better", in: better };
  return isHealthy(trail) || trail.health === "STOPPED" ? null : { because: "delivery" };
}

function extraOf({ description, hasOtherCategories }: TrailView): Extra | null {
  if (hasOtherCategories) return "data_events";
  if (description.hasInsightSelectors) return "insights";
  if ((description.cloudWatchLogsLogGroupArn ?? "") !== "") return "log_group";
  return (description.snsTopicArn ?? "") === "" ? null : "notifications";
}

/** What is stopped goes first, single-Region trails before one that reaches every Region. */
function rank({ health, description }: TrailView): number {
  return (health === "STOPPED" ? 0 : 2) + (description.isMultiRegion ? 1 : 0);
}

/** Of the trails in this order those that can go one after the other, each Region they log still being logged. */
function provenInOrder(
  ordered: readonly TrailView[],
  analysis: Analysis,
  context: EvaluationContext,
): readonly TrailView[] {
  const proven = analysis.inventory.trails.filter((trail) => isProven(trail, context));
  const retire: TrailView[] = [];
  for (const trail of ordered) {
    const rest = proven.filter((other) => other !== trail && !retire.includes(other));
    const inherits = isFull(
      union(rest.map((other) => (other.description.isMultiRegion ? (other.classes ?? noEvents) : noEvents))),
    );
    const covered = new Set(
      coverRegions({ ...analysis.inventory, trails: rest }, { withoutPending: true })
        .filter(({ state }) => state === "covered")
        .map(({ region }) => region.name),
    );
    if (inherits && [...trail.seenIn].every((region) => covered.has(region))) retire.push(trail);
  }
  return retire;
}

const day = 24 * 3_600_000;

/** Healthy, and some Region shows that its files arrive: whatever it replaces may go. */
function isProven(trail: TrailView, { now }: EvaluationContext): boolean {
  const since = Date.parse(now) - day;
  const arrives = ({ latestDeliveryTime, latestDigestDeliveryTime }: TrailStatus) =>
    [latestDeliveryTime, latestDigestDeliveryTime].some(
      (time) => time !== undefined && Date.parse(time) >= since,
    );
  return trail.health === "OK" && [...trail.statuses.values()].some(arrives);
}
