import {
  allEvents,
  type EventClasses,
  isFull,
  mayBeFull,
  noEvents,
  union,
} from "@/lib/checks/cloudtrail/inventory/event-classes";
import { isWorking } from "@/lib/checks/cloudtrail/inventory/health";
import type { Inventory } from "@/lib/checks/cloudtrail/inventory/inventory";
import { isReadable, type RegionView } from "@/lib/checks/cloudtrail/inventory/region-view";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";

export type CoverageState = "covered" | "partial" | "uncovered" | "unknown";

/** What one trail gives to one Region: classes it surely logs there, and classes that what we could not read may add. */
interface Contribution {
  readonly sure: EventClasses;
  readonly possible: EventClasses;
  /** It may log all reads or all writes here: it counts only as the missing piece, and alone excuses nothing. */
  readonly isOneSided?: true;
  /** Whether it logs anything here was not seen. */
  readonly isUnseen?: true;
}

export interface RegionCoverage {
  readonly region: RegionView;
  readonly state: CoverageState;
  /** Union of what the effective trails log here. */
  readonly classes: EventClasses;
  /** Trails that surely log something here. */
  readonly effective: readonly TrailView[];
  /** Whether best-case values for what is not known would make it covered. */
  readonly canBeCovered: boolean;
}

export interface CoverageOptions {
  /** Leave out what waits for its first delivery or for a copy to arrive: does the rest hold without it? */
  readonly withoutPending?: boolean;
  /** Leave out trails of which no delivery shows that they work. */
  readonly withoutQuiet?: boolean;
  /** Count trails whose home Region gave no status as possible only. */
  readonly onlyJudgedAtHome?: boolean;
  /** A trail that was not visible yet may still be copied to every Region. */
  readonly mayHaveUnseenTrail?: boolean;
}

const nothing: Contribution = { sure: noEvents, possible: noEvents };

/** The state of every enabled Region. Covered, partial, uncovered and unknown are disjoint and leave none out. */
export function coverRegions(inventory: Inventory, options: CoverageOptions = {}): readonly RegionCoverage[] {
  return inventory.regions.map((region) => coverRegion(region, inventory.trails, options));
}

function coverRegion(
  region: RegionView,
  trails: readonly TrailView[],
  options: CoverageOptions,
): RegionCoverage {
  if (!isReadable(region))
    return { region, state: "unknown", classes: noEvents, effective: [], canBeCovered: true };
  const contributions = trails.map((trail) => ({ trail, ...contribution(trail, region, options) }));
  const sure = union(contributions.map((c) => c.sure));
  const unseen = options.mayHaveUnseenTrail === true ? allEvents : noEvents;
  const possible = union([unseen, ...contributions.map((c) => c.possible)]);
  const canBeCovered = mayBeFull(sure | possible, contributions.filter((c) => c.isOneSided).length);
  const effective = contributions.filter((c) => c.sure !== noEvents).map((c) => c.trail);
  // That a trail is stopped shows only at home: one whose home gave no status may turn out to log nothing here.
  const isKnown = effective.some((trail) => trail.isJudgedAtHome);
  const mayLog = possible !== noEvents || contributions.some((c) => c.isUnseen);
  const state = stateOf(sure, { mayLog: !isKnown && mayLog, canBeCovered });
  return { region, state, classes: sure, effective, canBeCovered };
}

function stateOf(
  sure: EventClasses,
  { mayLog, canBeCovered }: { readonly mayLog: boolean; readonly canBeCovered: boolean },
): CoverageState {
  if (isFull(sure)) return "covered";
  if (canBeCovered || mayLog) return "unknown";
  return sure === noEvents ? "uncovered" : "partial";
}

function contribution(trail: TrailView, region: RegionView, options: CoverageOptions): Contribution {
  if (trail.health === "PENDING" && options.withoutPending === true) return nothing;
  if (trail.isQuiet && options.withoutQuiet === true) return nothing;
  if (!trail.seenIn.has(region.name)) {
    const isComing = trail.description.isMultiRegion && (region.isNew || trail.isNewlyMultiRegion);
    if (!isComing || options.withoutPending === true) return nothing;
    // A delivery error is a fact of the Regions that report it; this copy may deliver.
    return trail.health === "FAILING" ? { ...nothing, possible: trail.classes ?? allEvents } : maybe(trail);
  }
  const status = trail.statuses.get(region.name);
  if (status === undefined) return maybe(trail);
  if (!isWorking(status) || trail.silentSince.has(region.name)) return nothing;
  if (!mayBeHealthy(trail)) return oneSided(trail);
  if (options.onlyJudgedAtHome === true && !trail.isJudgedAtHome) return maybe(trail);
  if (!isHealthy(trail) || trail.classes === null) return maybe(trail);
  return { ...nothing, sure: trail.classes };
}

function maybe(trail: TrailView): Contribution {
  if (mayBeHealthy(trail)) return { ...nothing, possible: bestCase(trail) };
  return trail.mayBeOneSided ? { ...oneSided(trail), isUnseen: true } : nothing;
}

/** Even as the write-only or read-only trail that it may be, it would leave a Region partial on its own. */
function oneSided(trail: TrailView): Contribution {
  return trail.mayBeOneSided ? { ...nothing, isOneSided: true } : nothing;
}

/** What a trail logs at best, given what is proven about it. */
export function bestCase(trail: TrailView): EventClasses {
  return mayBeHealthy(trail) ? (trail.classes ?? allEvents) : noEvents;
}

/** Whether these trails can log all management events together, given what is proven about them. */
export function canBeComplete(trails: readonly TrailView[]): boolean {
  const oneSidedTrails = trails.filter((trail) => !mayBeHealthy(trail) && trail.mayBeOneSided);
  return mayBeFull(union(trails.map(bestCase)), oneSidedTrails.length);
}

/** Well as a trail: it logs and delivers, or has just begun to. */
export function isHealthy(trail: TrailView): boolean {
  return trail.health === "OK" || trail.health === "PENDING";
}

/** Well, or not proven otherwise: all readable Regions may report errors while an unread one delivers. */
function mayBeHealthy(trail: TrailView): boolean {
  return isHealthy(trail) || trail.health === "UNKNOWN" || trail.mayBeWell;
}

export function isBroken(coverage: RegionCoverage): boolean {
  return coverage.state === "uncovered" || coverage.state === "partial";
}

/** Proven not to be covered, though what is logged there may not be known: not even the best case covers it. */
export function isGap(coverage: RegionCoverage): boolean {
  return isBroken(coverage) || !coverage.canBeCovered;
}
