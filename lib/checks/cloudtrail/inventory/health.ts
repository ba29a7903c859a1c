import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { trailHealths } from "@/lib/checks/words";
import type { WordOf } from "@/lib/words";
import type { ActivityView } from "./activity";
import { type EventClasses, isOneSided } from "./event-classes";

export type TrailHealth = WordOf<typeof trailHealths>;

const hour = 3_600_000;
const firstDeliveryGrace = 24 * hour;
const recentDelivery = 24 * hour;

export interface HealthInput {
  readonly now: number;
  /** A member's organization trail whose home Region this account has not enabled sends nothing at all. */
  readonly isHomeRegionOff: boolean;
  readonly homeRegion: string;
  /** Readable answers of GetTrailStatus by Region. */
  readonly statuses: ReadonlyMap<string, TrailStatus>;
  /** Some Region where the trail exists, or may exist, gave no status. */
  readonly hasUnreadStatus: boolean;
  /** Null when the selectors could not be read. */
  readonly classes: EventClasses | null;
  readonly activity: ActivityView;
  /** The owning account's own reading says that logging is off. It can prove that, never health. */
  readonly isStoppedInOwnersFacts: boolean;
}

export interface HealthOutcome {
  readonly health: TrailHealth;
  /** A status that could not be read may still show that the trail works. */
  readonly mayBeWell: boolean;
  /** It never delivered, which a trail that logs only writes or only reads may do for good reason; its selectors are not known. */
  readonly mayBeOneSided: boolean;
  /** Well, but no delivery shows it: neither a log file nor a digest for a day, and nothing known that it should have sent. */
  readonly isQuiet: boolean;
}

/** The trail-level judgement, from the home Region when it can be read, else as far as other Regions allow. */
export function trailHealth(input: HealthInput): HealthOutcome {
  const health = healthOf(input);
  return {
    health,
    mayBeWell: mayBeWell(health, input),
    mayBeOneSided: health === "NEVER_DELIVERED" && input.classes === null,
    isQuiet: health === "OK" && !hasProof(input),
  };
}

function healthOf(input: HealthInput): TrailHealth {
  if (input.isHomeRegionOff) return "HOME_REGION_OFF";
  const home = input.statuses.get(input.homeRegion);
  const health = home === undefined ? healthWithoutHome(input) : healthFromHome(home, input);
  return health === "UNKNOWN" && input.isStoppedInOwnersFacts ? "STOPPED" : health;
}

/** The first that applies. A delivery error is a fact of the Region that reports it: elsewhere the trail may be well. */
function healthFromHome(home: TrailStatus, { statuses, now, classes, activity }: HealthInput): TrailHealth {
  if (!home.isLogging) return "STOPPED";
  const all = [...statuses.values()];
  if (!all.some(isWorking)) return "FAILING";
  if (isStarting(home, now)) return all.some(hasDelivered) ? "OK" : "PENDING";
  // Starting a trail is itself an event of its home Region, so this silence needs no other activity.
  const hasEverDelivered = all.some((status) => status.latestDeliveryTime !== undefined);
  if (!hasEverDelivered && (classes === null || !isOneSided(classes))) return "NEVER_DELIVERED";
  const { counting, silentIn } = activity;
  return counting.size > 0 && silentIn.size === counting.size ? "STALE" : "OK";
}

function healthWithoutHome({ statuses, now }: HealthInput): TrailHealth {
  const all = [...statuses.values()];
  if (all.length === 0) return "UNKNOWN";
  const working = all.filter(isWorking);
  if (working.length === 0) return all.some((status) => !status.isLogging) ? "STOPPED" : "FAILING";
  if (all.some(hasDelivered)) return "OK";
  if (working.some((status) => isStarting(status, now))) return "PENDING";
  return all.some((status) => status.latestDeliveryTime !== undefined) ? "OK" : "UNKNOWN";
}

/** What readable Regions say of the whole trail holds only as far as no other Region can contradict them. */
function mayBeWell(health: TrailHealth, { hasUnreadStatus, activity }: HealthInput): boolean {
  if (health === "FAILING" || health === "NEVER_DELIVERED") return hasUnreadStatus;
  return health === "STALE" && activity.mayCountElsewhere;
}

/** A delivery in any one Region shows that trail, bucket and key work; so does a digest, which comes without activity. */
function hasProof({ statuses, activity, now }: HealthInput): boolean {
  const isFresh = (time: string | undefined) => ageOf(time, now) <= recentDelivery;
  return (
    activity.silentIn.size < activity.counting.size ||
    [...statuses.values()].some(
      (status) => isFresh(status.latestDeliveryTime) || isFresh(status.latestDigestDeliveryTime),
    )
  );
}

export function hasDeliveryError(status: TrailStatus): boolean {
  return (status.latestDeliveryError ?? "") !== "";
}

/** Logging here, with no delivery error here. */
export function isWorking(status: TrailStatus): boolean {
  return status.isLogging && !hasDeliveryError(status);
}

/** A delivery older than the last start of logging belongs to an earlier life of the trail. */
function hasDelivered(status: TrailStatus): boolean {
  if (status.latestDeliveryTime === undefined) return false;
  if (status.startLoggingTime === undefined) return true;
  return Date.parse(status.latestDeliveryTime) >= Date.parse(status.startLoggingTime);
}

function isStarting(status: TrailStatus, now: number): boolean {
  return ageOf(status.startLoggingTime, now) <= firstDeliveryGrace;
}

function ageOf(time: string | undefined, now: number): number {
  return time === undefined ? Number.POSITIVE_INFINITY : now - Date.parse(time);
}
