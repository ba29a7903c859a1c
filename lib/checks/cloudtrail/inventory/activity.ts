import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import { readEventsSubject, trailSubject } from "@/lib/checks/facts/cloudtrail-traits";
import { regionSubject } from "@/lib/checks/facts/regions-traits";
import { type EventClasses, isOneSided, logsOurReads } from "./event-classes";
import { isRecent } from "./grace";

/** CloudTrail delivers on average after 5 minutes and gives no guarantee; after this time what happened should have arrived. */
const settleMs = 60 * 60_000;

export interface ActivityInput {
  readonly arn: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  /** Readable answers of GetTrailStatus by Region: each proves that the trail exists there. */
  readonly statuses: ReadonlyMap<string, TrailStatus>;
  /** Whether the trail may exist in a Region that gave no status. */
  readonly mayExistIn: (region: string) => boolean;
  readonly classes: EventClasses | null;
  readonly context: EvaluationContext;
}

/** What calls of our own, of which a trail should have delivered the events, say about it. */
export interface ActivityView {
  /** Regions with activity that counts for the trail, and when it was. */
  readonly counting: ReadonlyMap<string, string>;
  /** Regions in which the last delivery is earlier than that, or in which there was none. */
  readonly silentIn: ReadonlySet<string>;
  /** Activity may count too where no status could be read: a delivery there would show that the trail works. */
  readonly mayCountElsewhere: boolean;
}

/**
 * Silence alone is no fault: a Region in which nothing happens gets no log file. Silence after something happened is,
 * and what surely happened are the calls that we made ourselves.
 */
export function activityOf(input: ActivityInput): ActivityView {
  const counting = new Map<string, string>();
  const silentIn = new Set<string>();
  let mayCountElsewhere = false;
  for (const [region, at] of Object.entries(input.context.knownActivity ?? {})) {
    if (!mayCount(region, at, input)) continue;
    const status = input.statuses.get(region);
    if (status === undefined) {
      mayCountElsewhere ||= input.mayExistIn(region);
    } else if (isJudged(status, at, Date.parse(input.context.now))) {
      counting.set(region, at);
      if (isEarlier(status.latestDeliveryTime, at)) silentIn.add(region);
    }
  }
  return { counting, silentIn, mayCountElsewhere };
}

/** What does not depend on the status in the Region: when it happened, and whether the trail logs such events by then. */
function mayCount(region: string, at: string, input: ActivityInput): boolean {
  const { context, classes } = input;
  const now = Date.parse(context.now);
  if (now - Date.parse(at) < settleMs) return false;
  if (classes === null || isOneSided(classes) || !logsOurReads(classes)) return false;
  const { sightings } = context;
  const isCopy = input.isMultiRegion && region !== input.homeRegion;
  const since = [
    sightings[regionSubject(region)],
    sightings[readEventsSubject(input.arn)],
    ...(isCopy ? [sightings[trailSubject(input.arn)]] : []),
  ];
  return since.every((instant) => isSettled(instant, at, now));
}

/** A Region that does not log, or reports an error, is not judged for its silence. */
function isJudged(status: TrailStatus, at: string, now: number): boolean {
  const hasError = (status.latestDeliveryError ?? "") !== "";
  return status.isLogging && !hasError && isSettled(status.startLoggingTime, at, now);
}

/** Not earlier than the instant, which lies more than a day back. An instant that is not known sets no limit. */
function isSettled(since: string | undefined, at: string, now: number): boolean {
  if (since === undefined) return true;
  return !isRecent(since, now) && Date.parse(at) >= Date.parse(since);
}

function isEarlier(delivery: string | undefined, at: string): boolean {
  return delivery === undefined || Date.parse(delivery) < Date.parse(at);
}
