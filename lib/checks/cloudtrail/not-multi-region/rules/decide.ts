import { allEvents, isFull, noEvents, union } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { isRecent } from "@/lib/checks/cloudtrail/inventory/grace";
import { type Inventory, takeInventory } from "@/lib/checks/cloudtrail/inventory/inventory";
import { isReadable } from "@/lib/checks/cloudtrail/inventory/region-view";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { Assurance, Verdict } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import { trailOfSubject } from "@/lib/checks/facts/cloudtrail-traits";
import type { Facts } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import {
  bestCase,
  type CoverageOptions,
  canBeComplete,
  coverRegions,
  isGap,
  isHealthy,
  type RegionCoverage,
} from "./coverage";
import { faultRank } from "./faults";
import { type LakeView, lookAtLake } from "./lake";
import { type OrganizationTrails, organizationTrails } from "./organization-trails";
import type { Reason } from "./reasons";

/** Everything derived from the facts, before a word is said about it. */
export interface Analysis {
  readonly inventory: Inventory;
  readonly coverage: readonly RegionCoverage[];
  /** The same Regions without what is still pending; equal to `coverage` when nothing is. */
  readonly settledCoverage: readonly RegionCoverage[];
  readonly lake: LakeView;
  readonly organizationTrails: OrganizationTrails;
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly assurance: Assurance | null;
  /** The pass depends on a trail of which no recent delivery shows that it works. */
  readonly lacksRecentDelivery: boolean;
  /** Failures that keep this evaluation from a verdict; they choose the action. */
  readonly blockedBy: readonly ReadFailure[];
  /** Failures of readings that a verdict does without: the Region list, the organization, event data stores. */
  readonly otherFailures: readonly ReadFailure[];
}

type Decision = Pick<Analysis, "verdict" | "reason" | "assurance" | "lacksRecentDelivery" | "blockedBy">;

const faultReasons = [
  "MULTI_REGION_EXCLUDES_SOURCES",
  "MULTI_REGION_WRITE_ONLY",
  "MULTI_REGION_READ_ONLY",
  "MULTI_REGION_DELIVERY_STALE",
  "MULTI_REGION_DELIVERY_FAILING",
  "MULTI_REGION_NEVER_DELIVERED",
  "MULTI_REGION_LOGGING_STOPPED",
  "MULTI_REGION_NO_MANAGEMENT_EVENTS",
  "ORG_TRAIL_HOME_REGION_NOT_ENABLED",
] as const;

/** Applies the verdict rules in their order: not readable, pass, not decidable, fail. */
export function analyze(read: Partial<Facts>, context: EvaluationContext): Analysis {
  // Without a session there are no facts, whatever was handed in.
  const facts = context.connectionFailure === undefined ? read : {};
  const inventory = takeInventory(facts, context);
  const coverage = coverRegions(inventory);
  const derived = {
    inventory,
    coverage,
    settledCoverage: coverRegions(inventory, { withoutPending: true }),
    lake: lookAtLake(facts),
    organizationTrails: organizationTrails(inventory, context),
    otherFailures: [
      facts.regions,
      facts.organization,
      ...Object.values(facts["cloudtrail.event_data_stores"] ?? {}),
    ].flatMap((reading) => (reading === undefined || reading.ok ? [] : [reading.failure])),
  };
  const decision = decide(derived, context);
  const mayHaveUnseenTrail = decision.verdict === "NOT_EVALUATED" && mayBePropagating(inventory, context);
  return {
    ...derived,
    ...decision,
    ...(mayHaveUnseenTrail ? { coverage: coverRegions(inventory, { mayHaveUnseenTrail }) } : {}),
  };
}

function decide(derived: Omit<Analysis, keyof Decision>, context: EvaluationContext): Decision {
  const { inventory, coverage } = derived;
  const refusals = inventory.regions.flatMap((region) => region.failure ?? []);
  if (context.connectionFailure !== undefined)
    return undecided("ROLE_NOT_ASSUMABLE", [context.connectionFailure]);
  if (!inventory.regions.some(isReadable)) return undecided("TRAILS_UNREADABLE", refusals);
  const multi = multiRegionTrails(inventory);
  if (passes(inventory)) {
    const { assurance, lacksRecentDelivery } = assuranceOf(inventory);
    const reason = passReason(multi.filter(isHealthy), assurance);
    return { verdict: "PASS", reason, assurance, lacksRecentDelivery, blockedBy: [] };
  }
  if (canBeComplete(multi) && !coverage.some(isGap)) return undecidedTrails(multi, inventory);
  if (mayBePropagating(inventory, context)) return undecided("TRAILS_UNREADABLE", refusals);
  const reason = failReason(derived);
  return { verdict: "FAIL", reason, assurance: null, lacksRecentDelivery: false, blockedBy: [] };
}

/** Healthy multi-Region trails log everything together, and no Region is proven to be left out. */
function passes(inventory: Inventory, options: CoverageOptions = {}): boolean {
  const counting = multiRegionTrails(inventory).filter(
    (trail) =>
      isHealthy(trail) &&
      !(options.withoutPending === true && trail.health === "PENDING") &&
      !(options.withoutQuiet === true && trail.isQuiet) &&
      !(options.onlyJudgedAtHome === true && !trail.isJudgedAtHome),
  );
  return inherits(counting) && !coverRegions(inventory, options).some(isGap);
}

/** How sure a pass is: from what does not wait for a first delivery and is shown by a delivery, if that gives one. */
function assuranceOf(inventory: Inventory): {
  readonly assurance: Assurance;
  readonly lacksRecentDelivery: boolean;
} {
  if (passes(inventory, { withoutPending: true, withoutQuiet: true })) {
    return { assurance: isVerified(inventory) ? "VERIFIED" : "INFERRED", lacksRecentDelivery: false };
  }
  // Where one that has just begun and a quiet one would each do, the pass waits for the delivery that will prove it.
  const isPending = passes(inventory, { withoutQuiet: true }) || !passes(inventory, { withoutPending: true });
  return isPending
    ? { assurance: "PENDING", lacksRecentDelivery: false }
    : { assurance: "INFERRED", lacksRecentDelivery: true };
}

/** Every enabled Region observed, and the trails that carry the pass judged where it shows that one is stopped. */
function isVerified(inventory: Inventory): boolean {
  const strict: CoverageOptions = { withoutPending: true, withoutQuiet: true, onlyJudgedAtHome: true };
  return (
    inventory.isRegionListRead &&
    passes(inventory, strict) &&
    coverRegions(inventory, strict).every((region) => region.state === "covered")
  );
}

function passReason(well: readonly TrailView[], assurance: Assurance): Reason {
  if (assurance === "PENDING") return "COVERED_PENDING";
  const complete = well.filter(isComplete);
  if (complete.length === 0) return "COVERED_BY_UNION";
  return complete.every((trail) => trail.description.isOrganization) ? "COVERED_BY_ORG_TRAIL" : "COVERED";
}

function failReason({
  inventory,
  coverage,
  lake,
  organizationTrails,
}: Omit<Analysis, keyof Decision>): Reason {
  if (coverage.every((region) => region.state === "covered")) return "SINGLE_REGION_TRAILS_COVER_ALL";
  const multi = multiRegionTrails(inventory);
  if (
    isFull(
      union(multi.filter((t) => t.health === "UNKNOWN" || isHealthy(t)).map((t) => t.classes ?? allEvents)),
    )
  ) {
    return "MULTI_REGION_REGION_GAP";
  }
  if (inventory.trails.length === 0) {
    if (organizationTrails.outOfReach.length > 0) return "ORG_TRAIL_HOME_REGION_NOT_ENABLED";
    return lake.compensating === null ? "NO_TRAIL" : "LAKE_ONLY";
  }
  const nearest = Math.min(...multi.map(faultRank));
  return faultReasons[nearest - 1] ?? "SINGLE_REGION_ONLY";
}

/** Best-case values for what was unreadable would pass: name the reading that is missing, status before selectors. */
function undecidedTrails(multi: readonly TrailView[], { regionListFailure }: Inventory): Decision {
  const candidates = multi.filter((trail) => bestCase(trail) !== noEvents);
  const withoutStatus = candidates.filter((trail) => !isHealthy(trail));
  if (withoutStatus.length > 0) {
    const refused = withoutStatus.flatMap((trail) => trail.statusFailures);
    // Every known Region gave its status: the missing one is of a Region that is not known.
    const unlisted = regionListFailure === undefined ? [] : [regionListFailure];
    return undecided("TRAIL_STATUS_UNREADABLE", refused.length > 0 ? refused : unlisted);
  }
  const withoutSelectors = multi.filter(
    (trail) => trail.classes === null && (trail.mayBeOneSided || bestCase(trail) !== noEvents),
  );
  return undecided(
    "EVENT_SELECTORS_UNREADABLE",
    withoutSelectors.flatMap((trail) => trail.selectorFailure ?? []),
  );
}

function undecided(reason: Reason, blockedBy: readonly ReadFailure[]): Decision {
  const noTrailsListed = reason === "ROLE_NOT_ASSUMABLE" || reason === "TRAILS_UNREADABLE";
  const isThrottled = noTrailsListed && blockedBy.some((failure) => failure.kind === "throttled");
  return {
    verdict: "NOT_EVALUATED",
    reason: isThrottled ? "THROTTLED" : reason,
    assurance: null,
    lacksRecentDelivery: false,
    blockedBy,
  };
}

/**
 * One readable Region proves that no further multi-Region trail exists, except while copies are on their way.
 * Only matters when the Regions where such a trail would show could not be read.
 */
function mayBePropagating(inventory: Inventory, context: EvaluationContext): boolean {
  if (inventory.isRegionListRead && inventory.regions.every(isReadable)) return false;
  if (inventory.regions.filter(isReadable).every((region) => region.isNew)) return true;
  const seen = new Set(inventory.trails.map((trail) => trail.arn));
  const now = Date.parse(context.now);
  return Object.entries(context.sightings).some(([subject, since]) => {
    const arn = trailOfSubject(subject);
    return arn !== null && !seen.has(arn) && isRecent(since, now);
  });
}

export function multiRegionTrails(inventory: Inventory): readonly TrailView[] {
  return inventory.trails.filter((trail) => trail.description.isMultiRegion);
}

/** Logs every class of management events on its own. */
export function isComplete(trail: TrailView): boolean {
  return trail.classes !== null && isFull(trail.classes);
}

function inherits(trails: readonly TrailView[]): boolean {
  return isFull(union(trails.map((trail) => trail.classes ?? noEvents)));
}
