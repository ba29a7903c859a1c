import type { Evaluation } from "@/lib/checks/evaluation";
import { staleAt } from "@/lib/findings/staleness";

/** What is known of a Region at a moment, in the order of a verdict's lists. */
export const coverageStates = ["covered", "partial", "uncovered", "unknown"] as const;
export type CoverageState = (typeof coverageStates)[number];
export type Seconds = Readonly<Record<CoverageState, number>>;
export type RegionStates = ReadonlyMap<string, CoverageState>;

/** Stands for the whole account, where a check decides without naming a Region. */
export const wholeAccount = "";

/** What one evaluation says of each Region. */
export interface Judgment {
  readonly at: Date;
  readonly isDecided: boolean;
  readonly regions: RegionStates;
}

/** What stood when the day began. */
export interface Standing {
  readonly regions: RegionStates;
  readonly decidedAt: Date | null;
}

export interface DayOfAccount {
  readonly from: Date;
  readonly to: Date;
  readonly connectedAt: Date;
  readonly disconnectedAt: Date | null;
  /** The schedule; null without one. */
  readonly everyMinutes: number | null;
  readonly before: Standing | null;
  /** Oldest first. Those from before the day correct what stood. */
  readonly judgments: readonly Judgment[];
}

export interface RegionDay {
  /** At the end of the day; null when the Region, or the account, was no longer there. */
  readonly end: CoverageState | null;
  readonly seconds: Seconds;
}

export interface RegionTime {
  readonly connectedSeconds: number;
  readonly regions: ReadonlyMap<string, RegionDay>;
  /** The verdict that stood at the end of the day was too old to be taken for the present. */
  readonly isStale: boolean;
}

/** What an evaluation says of each Region. One that could not decide vouches for none of them. */
export function judgmentOf(
  at: Date,
  evaluation: Pick<
    Evaluation,
    "verdict" | "coveredRegions" | "partialRegions" | "uncoveredRegions" | "unknownRegions"
  >,
): Judgment {
  const isDecided = evaluation.verdict !== "NOT_EVALUATED";
  const lists = [
    ["covered", evaluation.coveredRegions],
    ["partial", evaluation.partialRegions],
    ["uncovered", evaluation.uncoveredRegions],
    ["unknown", evaluation.unknownRegions],
  ] as const;
  const regions = new Map<string, CoverageState>();
  for (const [state, names] of lists) {
    for (const name of names) regions.set(name, isDecided ? state : "unknown");
  }
  if (isDecided && regions.size === 0) {
    regions.set(wholeAccount, evaluation.verdict === "PASS" ? "covered" : "uncovered");
  }
  return { at, isDecided, regions };
}

/**
 * How long each Region of an account was in which state on one day. Pure. What an evaluation says holds until the next
 * one, and no longer than a verdict is good for; after that, after an evaluation that could not decide, and before the
 * first one, the time is unknown. Time in which the account was not connected, or the Region not enabled, is in no
 * state. In whole seconds, so that they add up.
 */
export function regionTime(day: DayOfAccount): RegionTime {
  const from = later(day.from, day.connectedAt);
  const to = day.disconnectedAt === null ? day.to : earlier(day.to, day.disconnectedAt);
  if (from >= to) return { connectedSeconds: 0, regions: new Map(), isStale: false };
  const judgments = day.judgments.filter(({ at }) => at >= day.connectedAt && at < to);
  const spent = new Map<string, Record<CoverageState, number>>();
  let held = beginning(day, from, judgments);
  let since = from;
  for (const judgment of judgments) {
    if (judgment.at <= from) continue;
    spend(spent, held, since, judgment.at);
    held = next(held, judgment, day.everyMinutes);
    since = judgment.at;
  }
  spend(spent, held, since, to);
  const isConnected = to.getTime() === day.to.getTime();
  const isStale = held.until !== null && held.until <= to;
  return {
    connectedSeconds: wholeSeconds(to) - wholeSeconds(from),
    regions: new Map(
      [...spent].map(([name, seconds]) => {
        const state = held.regions.get(name);
        return [
          name,
          { end: isConnected && state !== undefined ? (isStale ? "unknown" : state) : null, seconds },
        ];
      }),
    ),
    isStale: isConnected && isStale,
  };
}

/** What holds from some moment on. */
interface Held {
  readonly regions: RegionStates;
  /** Until when its verdict is good; null when there is none. */
  readonly until: Date | null;
}

function beginning(day: DayOfAccount, from: Date, judgments: readonly Judgment[]): Held {
  const { before, everyMinutes } = day;
  let held: Held = { regions: allUnknown(before?.regions ?? new Map()), until: null };
  if (before !== null && before.decidedAt !== null)
    held = { regions: before.regions, until: staleAt(before.decidedAt, everyMinutes) };
  for (const judgment of judgments) if (judgment.at <= from) held = next(held, judgment, everyMinutes);
  if (held.regions.size > 0) return held;
  // The Regions that the first evaluation names were there before it, and nobody had looked.
  const first = judgments.find(({ regions }) => regions.size > 0);
  return first === undefined ? held : { regions: allUnknown(first.regions), until: null };
}

function next(held: Held, { at, isDecided, regions }: Judgment, everyMinutes: number | null): Held {
  if (isDecided) return { regions, until: staleAt(at, everyMinutes) };
  return { regions: allUnknown(regions.size > 0 ? regions : held.regions), until: null };
}

function spend(
  spent: Map<string, Record<CoverageState, number>>,
  { regions, until }: Held,
  from: Date,
  to: Date,
): void {
  const [start, end] = [wholeSeconds(from), wholeSeconds(to)];
  const good = until === null ? end : Math.min(end, Math.max(start, wholeSeconds(until)));
  for (const [name, state] of regions) {
    const seconds = spent.get(name) ?? { covered: 0, partial: 0, uncovered: 0, unknown: 0 };
    seconds[state] += good - start;
    seconds.unknown += end - good;
    spent.set(name, seconds);
  }
}

function allUnknown(regions: RegionStates): RegionStates {
  return new Map([...regions.keys()].map((name) => [name, "unknown"]));
}

function wholeSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
