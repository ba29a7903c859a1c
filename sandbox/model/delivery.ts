import { parseTime } from "./clock";
import type { ApiEvent } from "./events";
import type { RegionalState } from "./regional-state";
import { delivers } from "./selectors";
import type { Seed, Trail } from "./trail";

export interface DeliveryPlan {
  readonly delayMs: number;
  /** Error code of the destination, or undefined when it takes log files. */
  readonly destinationError: (trail: Trail) => string | undefined;
  readonly write: (
    trail: Trail,
    accountId: string,
    region: string,
    at: number,
    events: readonly ApiEvent[],
  ) => void;
}

const backgroundPeriod = 300_000;
const hour = 3_600_000;

/** What happens in a Region beside the calls of the sandbox's users. */
export interface Traffic {
  readonly isActive: boolean;
  /** Surely nothing: a last delivery long ago is no sign of a fault. */
  readonly isQuiet: boolean;
}

/** State of a Region from the world file, or fresh when the trail came to it later. */
export function newRegionalState(
  trail: Trail,
  seed: Seed | undefined,
  region: string,
  traffic: Traffic,
): RegionalState {
  if (seed && (seed.regions === undefined || seed.regions.has(region))) {
    return seededState(seed, region, traffic);
  }
  const { isActive } = traffic;
  return {
    ...emptyState(),
    isLogging: trail.isLogging,
    startedAt: trail.startedAt,
    stoppedAt: trail.stoppedAt,
    background: isActive && trail.isLogging ? trail.changedAt : undefined,
    digestAt: trail.isLogging && trail.logFileValidation ? trail.changedAt : undefined,
  };
}

function emptyState(): RegionalState {
  return {
    isLogging: false,
    startedAt: undefined,
    stoppedAt: undefined,
    deliveredAt: undefined,
    error: undefined,
    digestAt: undefined,
    digestError: undefined,
    logsAt: undefined,
    logsError: undefined,
    notifiedAt: undefined,
    notificationError: undefined,
    fault: undefined,
    silent: false,
    background: undefined,
    batch: undefined,
  };
}

function seededState(seed: Seed, region: string, { isActive, isQuiet }: Traffic): RegionalState {
  const now = seed.loadedAt;
  const spec = seed.byRegion[region] ?? seed.status;
  const time = (text: string | undefined) => (text === undefined ? undefined : parseTime(text, now));
  const startedAt = time(spec.startLoggingTime);
  const deliveredAt = time(spec.latestDeliveryTime);
  const isLogging = spec.isLogging ?? true;
  const error = spec.latestDeliveryError || undefined;
  const lastSign = Math.max(startedAt ?? 0, deliveredAt ?? 0);
  const isBroken = seed.silentRegions.has(region) || seed.silentRegions.has("*");
  const silent = isBroken || (isLogging && !error && !isQuiet && lastSign < now - 24 * hour);
  const digestAt = time(spec.latestDigestDeliveryTime);
  return {
    ...emptyState(),
    isLogging,
    startedAt,
    stoppedAt: time(spec.stopLoggingTime),
    deliveredAt,
    error,
    fault: error,
    digestAt,
    digestError: spec.latestDigestDeliveryError || undefined,
    logsAt: time(spec.latestCloudWatchLogsDeliveryTime),
    logsError: spec.latestCloudWatchLogsDeliveryError || undefined,
    notifiedAt: time(spec.latestNotificationTime),
    notificationError: spec.latestNotificationError || undefined,
    silent,
    background: isActive && isLogging && !error && !silent ? (deliveredAt ?? now) : undefined,
  };
}

/** Puts an event into the batch of a trail that logs it; the batch is delivered one delay later. */
export function capture(state: RegionalState, trail: Trail, event: ApiEvent, plan: DeliveryPlan): void {
  if (!state.isLogging || state.silent || !delivers(trail.selectors, event)) return;
  settle(state, trail, event.accountId, event.region, event.time, plan);
  state.batch ??= { dueAt: event.time + plan.delayMs, events: [] };
  if (state.batch.events.length < 200) state.batch.events.push(event);
}

/** Makes every delivery that fell due by `now` happen, at the time it fell due. */
export function settle(
  state: RegionalState,
  trail: Trail,
  accountId: string,
  region: string,
  now: number,
  plan: DeliveryPlan,
): void {
  const { batch } = state;
  if (batch && batch.dueAt <= now) {
    if (attempt(state, trail, batch.dueAt, plan)) {
      state.batch = undefined;
      plan.write(trail, accountId, region, batch.dueAt, batch.events);
    } else {
      const step = Math.max(plan.delayMs, 1_000);
      batch.dueAt += (Math.floor((now - batch.dueAt) / step) + 1) * step;
    }
  }
  if (!state.isLogging || state.silent) return;
  if (state.background !== undefined) {
    const periods = Math.floor((now - state.background) / backgroundPeriod);
    if (periods > 0) {
      state.background += periods * backgroundPeriod;
      attempt(state, trail, state.background, plan);
    }
  }
  if (state.digestAt !== undefined && trail.logFileValidation && !state.digestError && !state.error) {
    const hours = Math.floor((now - state.digestAt) / hour);
    if (hours > 0 && now - state.digestAt < 1_000 * 24 * hour) state.digestAt += hours * hour;
  }
}

function attempt(state: RegionalState, trail: Trail, at: number, plan: DeliveryPlan): boolean {
  const code = plan.destinationError(trail) ?? state.fault;
  state.error = code;
  if (code) return false;
  if (state.deliveredAt === undefined || at > state.deliveredAt) state.deliveredAt = at;
  return true;
}

/** The destination was repaired: scripted causes go, and the backlog is tried again one delay later. */
export function retryDelivery(state: RegionalState, now: number, plan: DeliveryPlan): void {
  state.fault = undefined;
  state.silent = false;
  if (state.error || state.batch) {
    state.batch = { dueAt: now + plan.delayMs, events: state.batch?.events ?? [] };
  }
}

export function startLogging(trail: Trail, now: number, isActive: (key: string) => boolean): void {
  if (trail.isLogging && [...trail.regional.values()].every((state) => state.isLogging)) return;
  trail.isLogging = true;
  trail.startedAt = now;
  trail.changedAt = now;
  for (const [key, state] of trail.regional) {
    state.isLogging = true;
    state.startedAt = now;
    state.silent = false;
    state.background = isActive(key) ? now : undefined;
    if (trail.logFileValidation) state.digestAt = now;
  }
}

export function stopLogging(trail: Trail, now: number): void {
  trail.isLogging = false;
  trail.stoppedAt = now;
  for (const state of trail.regional.values()) {
    state.isLogging = false;
    state.stoppedAt = now;
    state.background = undefined;
  }
}
