import { sumOfSeconds } from "@/lib/snapshots/coverage-totals";
import { addDays, type Day } from "@/lib/snapshots/day";
import type { Seconds } from "@/lib/snapshots/region-time";
import type { Trend, TrendPoint } from "./dashboard-view";
import { definitions } from "./definitions";

/** Weeks of a trend. */
export const weeks = 12;

/** What is known of a whole day of an organization. */
export interface DaySum {
  readonly day: Day;
  readonly seconds: Seconds;
  readonly failing: number;
  readonly open: number;
  readonly cameBack: number;
  /** Seconds from detection to claim, one for each claim of the day. */
  readonly claims: readonly number[];
}

/** The series of the dashboard, in weeks that end with the last whole day. Those without any value are left out. Pure. */
export function trendsOf(through: Day | null, days: readonly DaySum[]): Trend[] {
  if (through === null) return [];
  const ends = Array.from({ length: weeks }, (_, place) => addDays(through, (place + 1 - weeks) * 7));
  const all = ends.map((to) => ({ to, days: days.filter(({ day }) => day <= to && day > addDays(to, -7)) }));
  const known = all.slice(all.findIndex((week) => week.days.length > 0));
  const points = (value: (week: readonly DaySum[]) => Omit<TrendPoint, "to">): TrendPoint[] =>
    days.length === 0 ? [] : known.map((week) => ({ to: week.to, ...value(week.days) }));
  const of = (value: (week: readonly DaySum[]) => number | null) =>
    points((week) => ({ value: value(week), unknown: null }));
  const trends: Trend[] = [
    {
      id: "coverage",
      unit: "share",
      definition: definitions.coverage,
      points: points((week) => {
        const { coveredShare, unknownShare } = sumOfSeconds(week.map(({ seconds }) => seconds));
        return { value: coveredShare, unknown: unknownShare };
      }),
    },
    {
      id: "failing_accounts",
      unit: "count",
      definition: definitions.failing_accounts,
      points: of((week) => week.at(-1)?.failing ?? null),
    },
    {
      id: "came_back",
      unit: "count",
      definition: definitions.came_back,
      points: of((week) =>
        week.length === 0 ? null : week.reduce((sum, { cameBack }) => sum + cameBack, 0),
      ),
    },
    {
      id: "time_to_claim",
      unit: "seconds",
      definition: definitions.time_to_claim,
      points: of((week) => median(week.flatMap(({ claims }) => claims))),
    },
  ];
  return trends.filter((trend) => trend.points.some(({ value }) => value !== null));
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
