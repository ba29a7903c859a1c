import { type Month, monthOf } from "@/lib/history/month";

/** A day of an organization by its date, `2026-11-26`. */
export type Day = string;

/**
 * The instant at which a day begins. The one place that says whose days are counted: those of UTC, until organizations
 * have a time zone of their own.
 */
export function startOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** The instant at which it ends, and the next one begins. */
export function endOf(day: Day): Date {
  return startOf(addDays(day, 1));
}

/** The day that an instant is in. */
export function dayOf(at: Date): Day {
  const day = at.toISOString().slice(0, 10);
  if (at < startOf(day)) return addDays(day, -1);
  return at < endOf(day) ? day : addDays(day, 1);
}

/** The day so many days later; earlier for a negative number. */
export function addDays(day: Day, count: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  return new Date(date.getTime() + count * 86_400_000).toISOString().slice(0, 10);
}

/** The days from the first to the last, both included. */
export function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The month in which a day's snapshots are: the key of their partition. */
export function monthOfDay(day: Day): Month {
  return monthOf(new Date(`${day}T00:00:00Z`));
}

/** A day as the database's client gives it, which makes a date of it. */
export function dayFrom(date: Date): Day {
  return date.toISOString().slice(0, 10);
}
