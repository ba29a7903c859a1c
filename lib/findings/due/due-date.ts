import { DateTime } from "luxon";
import type { Severity } from "@/lib/checks/evaluation";

/** How long an organization gives itself, by severity. */
export interface DuePolicy {
  /** IANA name, such as Europe/Berlin: whose days are counted. */
  readonly timeZone: string;
  readonly days: Readonly<Record<Severity, number>>;
  /** Saturdays and Sundays are not counted. */
  readonly businessDays: boolean;
}

export const defaultDuePolicy: DuePolicy = {
  timeZone: "UTC",
  days: { CRITICAL: 7, HIGH: 14, MEDIUM: 30, LOW: 90 },
  businessDays: false,
};

/** Whether the text names a time zone that this installation knows. */
export function isTimeZone(name: string): boolean {
  return name !== "" && DateTime.fromMillis(0, { zone: name }).isValid;
}

/**
 * When a finding of this severity is due that begins at `from` (ISO 8601): the end of a day in the organization's time
 * zone, as ISO 8601 in UTC. One that came back gets half the days, rounded up.
 */
export function dueDate(
  policy: DuePolicy,
  { severity, from, isComeback = false }: { severity: Severity; from: string; isComeback?: boolean },
): string {
  const whole = policy.days[severity];
  const days = isComeback ? Math.ceil(whole / 2) : whole;
  // Days are counted on the calendar: only the last one has to end somewhere.
  const begun = DateTime.fromISO(from, { zone: policy.timeZone }).setZone("UTC", { keepLocalTime: true });
  const last = policy.businessDays ? plusBusinessDays(begun, days) : begun.plus({ days });
  return endOfDay(last.startOf("day").setZone(policy.timeZone, { keepLocalTime: true }));
}

/** The end of a day (YYYY-MM-DD) in the organization's time zone, as ISO 8601 in UTC; null for a day that is none. */
export function endOfDayIn(timeZone: string, day: string): string | null {
  const date = DateTime.fromFormat(day, "yyyy-MM-dd", { zone: timeZone });
  return date.isValid ? endOfDay(date) : null;
}

/** The day (YYYY-MM-DD) of a moment in a time zone. */
export function dayIn(timeZone: string, at: string): string {
  return DateTime.fromISO(at, { zone: timeZone }).toFormat("yyyy-MM-dd");
}

function endOfDay(day: DateTime): string {
  const iso = day.endOf("day").toUTC().toISO();
  if (iso === null) throw new Error(`Not a day: ${day.invalidExplanation ?? day.toString()}`);
  return iso;
}

function plusBusinessDays(from: DateTime, days: number): DateTime {
  let day = from;
  for (let left = days; left > 0; ) {
    day = day.plus({ days: 1 });
    if (day.weekday <= 5) left -= 1;
  }
  return day;
}
