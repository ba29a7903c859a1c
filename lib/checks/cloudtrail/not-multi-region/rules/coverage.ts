import {
  allEvents,
  type EventClasses,
  isFull,
  noEvents,
  union,
  writeEvents,
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
  /** Counts only as the missing piece: on its own it proves nothing and excuses nothing. */
  readonly complement: EventClasses;
}

export interface RegionCoverage {
  readonly region: RegionView;
  readonly state: CoverageState;
  /** Union of what the effective trails log here. */
  readonly classes: EventClasses;
  /** Trails that surely log something here. */
  readonly effective: readonly TrailView[];
}

export interface CoverageOptions {
  /** Leave out what waits for its first delivery or for a copy to arrive: does the rest stand without it? */
  readonly withoutPending?: boolean;
  /** Take trails whose home Region told nothing for possible only. */
  readonly onlyJudgedAtHome?: boolean;
}

const nothing: Contribution = { sure: noEvents, possible: noEvents, complement: noEvents };

/** The state of every enabled Region. Covered, partial, uncovered and unknown are disjoint and leave none out. */
export function coverRegions(inventory: Inventory, options: CoverageOptions = {}): readonly RegionCoverage[] {
  return inventory.regions.map((region) => coverRegion(region, inventory.trails, options));
}

function coverRegion(
  region: RegionView,
  trails: readonly TrailView[],
  options: CoverageOptions,
): RegionCoverage {
  if (!isReadable(region)) return { region, state: "unknown", classes: noEvents, effective: [] };
  const contributions = trails.map((trail) => ({ trail, ...contribution(trail, region, options) }));
  const sure = union(contributions.map((c) => c.sure));
  const possible = union(contributions.map((c) => c.possible));
  const complement = union(contributions.map((c) => c.complement));
  const effective = contributions.filter((c) => c.sure !== noEvents).map((c) => c.trail);
  // Silence shows only at home: a trail whose home told nothing may turn out to log nothing here.
  const isKnown = effective.some((trail) => trail.isJudgedAtHome);
  return { region, state: stateOf({ sure, possible, complement }, isKnown), classes: sure, effective };
}

function stateOf({ sure, possible, complement }: Contribution, isKnown: boolean): CoverageState {
  if (isFull(sure)) return "covered";
  if (!isKnown && possible !== noEvents) return "unknown";
  if (sure === noEvents) return "uncovered";
  return isFull(sure | possible | complement) ? "unknown" : "partial";
}

function contribution(trail: TrailView, region: RegionView, options: CoverageOptions): Contribution {
  if (trail.health === "PENDING" && options.withoutPending === true) return nothing;
  if (!trail.seenIn.has(region.name)) {
    const isComing = trail.description.isMultiRegion && (region.isNew || trail.isNewlyMultiRegion);
    return isComing && options.withoutPending !== true ? maybe(trail) : nothing;
  }
  const status = trail.statuses.get(region.name);
  if (status === undefined) return maybe(trail);
  if (!isWorking(status)) return nothing;
  // Even as the write-only trail that it may be, it would leave the Region partial by itself.
  if (trail.mayBeQuietWriteOnly) return { ...nothing, complement: writeEvents };
  if (!mayBeHealthy(trail)) return nothing;
  if (options.onlyJudgedAtHome === true && !trail.isJudgedAtHome) return maybe(trail);
  if (!isHealthy(trail) || trail.classes === null) return maybe(trail);
  return { ...nothing, sure: trail.classes };
}

function maybe(trail: TrailView): Contribution {
  return { ...nothing, possible: bestCase(trail) };
}

/** What a trail logs at best, given what is proven about it. */
export function bestCase(trail: TrailView): EventClasses {
  if (trail.mayBeQuietWriteOnly) return writeEvents;
  return mayBeHealthy(trail) ? (trail.classes ?? allEvents) : noEvents;
}

/** Well as a trail: it logs and delivers, or has just begun to. */
export function isHealthy(trail: TrailView): boolean {
  return trail.health === "OK" || trail.health === "PENDING";
}

/** Well, or not proven otherwise: all readable Regions may report errors while an unread one delivers. */
function mayBeHealthy(trail: TrailView): boolean {
  return (
    isHealthy(trail) || trail.health === "UNKNOWN" || (trail.health === "FAILING" && trail.hasUnreadStatus)
  );
}

export function isBroken(coverage: RegionCoverage): boolean {
  return coverage.state === "uncovered" || coverage.state === "partial";
}
