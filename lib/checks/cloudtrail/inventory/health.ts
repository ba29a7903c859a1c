import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { trailHealths } from "@/lib/checks/words";
import type { WordOf } from "@/lib/words";
import { type EventClasses, isWriteOnly } from "./event-classes";

export type TrailHealth = WordOf<typeof trailHealths>;

const hour = 3_600_000;
const firstDeliveryGrace = 24 * hour;
const staleAfter = 24 * hour;
const freshDigest = 3 * hour;

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
  /** The owning account's own reading says that logging is off. It can prove that, never health. */
  readonly isStoppedByEvidence: boolean;
}

export interface HealthOutcome {
  readonly health: TrailHealth;
  /** The silence counts as a fault, yet a write-only trail would be silent for good reason, and the selectors are not known. */
  readonly mayBeQuietWriteOnly: boolean;
}

/** The trail-level judgement, from the home Region when it can be read, else as far as other Regions allow. */
export function trailHealth(input: HealthInput): HealthOutcome {
  if (input.isHomeRegionOff) return sure("HOME_REGION_OFF");
  const home = input.statuses.get(input.homeRegion);
  const outcome = home === undefined ? sure(healthWithoutHome(input)) : healthFromHome(home, input);
  return outcome.health === "UNKNOWN" && input.isStoppedByEvidence ? sure("STOPPED") : outcome;
}

function healthFromHome(home: TrailStatus, input: HealthInput): HealthOutcome {
  if (!home.isLogging) return sure("STOPPED");
  const all = [...input.statuses.values()];
  if (!all.some(isWorking)) return sure("FAILING");
  if (!hasDeliveryError(home)) return silence(home, input);
  // An error is a fact of the Region that reports it; while other Regions deliver, the trail itself is well.
  const working = all.filter(isWorking);
  if (working.some(hasDelivered)) return sure("OK");
  const outcome = silence(home, input);
  if (!isSilent(outcome)) return outcome;
  // The silence is that error's: it says no more of other Regions than a home that was not read.
  if (working.some((status) => isStarting(status, input.now))) return sure("PENDING");
  return input.hasUnreadStatus ? sure("UNKNOWN") : outcome;
}

function healthWithoutHome({ statuses, now }: HealthInput): TrailHealth {
  const all = [...statuses.values()];
  if (all.length === 0) return "UNKNOWN";
  const working = all.filter(isWorking);
  if (working.length === 0) return all.some((status) => !status.isLogging) ? "STOPPED" : "FAILING";
  if (working.some(hasDelivered)) return "OK";
  return working.some((status) => isStarting(status, now)) ? "PENDING" : "UNKNOWN";
}

function silence(home: TrailStatus, { now, classes }: HealthInput): HealthOutcome {
  if (hasDelivered(home) && ageOf(home.latestDeliveryTime, now) <= staleAfter) return sure("OK");
  if (!hasDelivered(home) && isStarting(home, now)) return sure("PENDING");
  const everDelivered = home.latestDeliveryTime !== undefined;
  // A digest comes every hour even when nothing happens, so a fresh one explains a quiet trail.
  if (everDelivered && ageOf(home.latestDigestDeliveryTime, now) <= freshDigest) return sure("OK");
  const fault = everDelivered ? "STALE" : "NEVER_DELIVERED";
  if (home.latestDigestDeliveryTime !== undefined) return sure(fault);
  if (classes === null) return { health: fault, mayBeQuietWriteOnly: true };
  return sure(isWriteOnly(classes) ? "OK" : fault);
}

function isSilent({ health }: HealthOutcome): boolean {
  return health === "STALE" || health === "NEVER_DELIVERED";
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

function sure(health: TrailHealth): HealthOutcome {
  return { health, mayBeQuietWriteOnly: false };
}
