import { count } from "@/lib/text";

/** How long ago, for a sentence: `4 days ago`, `2 hours ago`. Empty when the time is not known. */
export function ago(time: string | undefined, now: string): string {
  const length = lengthSince(time, now);
  return length === null ? "" : `${length} ago`;
}

/** The time that has passed, in the largest unit that fits; null when not known. */
export function lengthSince(time: string | undefined, now: string): string | null {
  if (time === undefined) return null;
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(time)) / 60_000));
  if (minutes < 60) return count(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? count(hours, "hour") : count(Math.floor(hours / 24), "day");
}

const dayAndMonth = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** `1 Nov 2026`, in UTC. */
export function day(time: string): string {
  return dayAndMonth.format(new Date(time));
}
