import { hasDeliveryError } from "@/lib/checks/cloudtrail/inventory/health";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import { isBroken, type RegionCoverage } from "./coverage";
import type { Analysis } from "./decide";

const day = 24 * 3_600_000;

/** How long CloudTrail tries a broken destination (CloudTrail user guide, troubleshooting). */
const retryDays = 30;
/** How long Event history keeps management events, in each Region, without any trail. */
const eventHistoryDays = 90;

/** What is missing of some Regions, and what of it can still be had. */
export interface Gap {
  /** Log files wait for a destination that works, or events were never given to a trail. */
  readonly kind: "undelivered" | "unlogged";
  readonly regions: readonly string[];
  /** Since when at the latest something is missing, ISO 8601; null when no trail shows it. */
  readonly since: string | null;
  /** Until when all of it can be had; null when part of it is lost already. */
  readonly recoverableUntil: string | null;
  /** What is older than this is lost; null when nothing is. */
  readonly lostBefore: string | null;
}

/** What the broken Regions lack, by kind. Empty when an event data store has the events anyway. */
export function gapsOf({ coverage, inventory, lake }: Analysis, now: string): readonly Gap[] {
  if (lake.compensating !== null) return [];
  const missing = coverage.filter(isBroken).map((region) => missingIn(region, inventory.trails));
  return (["undelivered", "unlogged"] as const).flatMap((kind) => {
    const of = missing.filter((one) => one.kind === kind);
    return of.length === 0 ? [] : [gap(kind, of, Date.parse(now))];
  });
}

interface Missing {
  readonly kind: Gap["kind"];
  readonly region: string;
  readonly since: string | null;
}

function missingIn({ region, state }: RegionCoverage, trails: readonly TrailView[]): Missing {
  const { name } = region;
  const here = trails.flatMap((trail) => {
    const status = trail.seenIn.has(name) ? trail.statuses.get(name) : undefined;
    const isSilent =
      trail.silentSince.has(name) || trail.health === "STALE" || trail.health === "NEVER_DELIVERED";
    return status === undefined ? [] : [{ status, isSilent }];
  });
  // A trail that leaves events out says nothing of when it began to.
  if (state === "partial") return { kind: "unlogged", region: name, since: null };
  const waiting = here.filter(({ status }) => status.isLogging && hasDeliveryError(status));
  if (waiting.length > 0) {
    const times = waiting.map(({ status }) => status.latestDeliveryTime ?? status.startLoggingTime);
    return { kind: "undelivered", region: name, since: latest(times) };
  }
  const ends = here.map(({ status, isSilent }) => {
    if (!status.isLogging) return status.stopLoggingTime;
    return isSilent ? (status.latestDeliveryTime ?? status.startLoggingTime) : undefined;
  });
  return { kind: "unlogged", region: name, since: latest(ends) };
}

function gap(kind: Gap["kind"], missing: readonly Missing[], now: number): Gap {
  const regions = missing.map(({ region }) => region);
  const kept = (kind === "undelivered" ? retryDays : eventHistoryDays) * day;
  const boundary = new Date(now - kept).toISOString();
  const starts = missing.map(({ since }) => since);
  const since = starts.includes(null) ? null : earliest(starts);
  const until = since === null ? 0 : Date.parse(since) + kept;
  return until > now
    ? { kind, regions, since, recoverableUntil: new Date(until).toISOString(), lostBefore: null }
    : { kind, regions, since, recoverableUntil: null, lostBefore: boundary };
}

function latest(times: readonly (string | undefined)[]): string | null {
  const known = times.filter((time) => time !== undefined).sort((a, b) => Date.parse(b) - Date.parse(a));
  return known[0] ?? null;
}

function earliest(times: readonly (string | null)[]): string | null {
  const known = times.filter((time) => time !== null).sort((a, b) => Date.parse(a) - Date.parse(b));
  return known[0] ?? null;
}
