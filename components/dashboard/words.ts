import type { FigureUnit } from "@/lib/dashboard/dashboard-states";
import { count } from "@/lib/text";

const whole = new Intl.NumberFormat("en-US");
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** "33,334" */
export function digits(value: number): string {
  return whole.format(value);
}

/** "7 Sep": a day, or the day (UTC) of an instant. */
export function dayText(day: string): string {
  return dayFormat.format(new Date(day.length === 10 ? `${day}T00:00:00Z` : day));
}

/** "81.3%". Never rounded up to all, nor down to nothing. */
export function shareText(share: number): string {
  if (share > 0.999 && share < 1) return "99.9%";
  if (share > 0 && share < 0.001) return "0.1%";
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)}%`;
}

/** "3 days", "5 h", "12 min": the largest unit that is at least two of it, or the smallest. */
export function durationText(seconds: number): string {
  if (seconds >= 2 * 86_400) return count(Math.round(seconds / 86_400), "day");
  if (seconds >= 2 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.max(1, Math.round(seconds / 60))} min`;
}

/** An end of an axis, which has little room: "4 d", "80%". */
export function axisText(value: number, unit: FigureUnit): string {
  if (unit === "share") return `${Math.round(value * 100)}%`;
  if (unit === "count" || value === 0) return digits(value);
  return value >= 2 * 86_400 ? `${value / 86_400} d` : `${value / 3_600} h`;
}

/** A value of a series. */
export function figureText(value: number, unit: FigureUnit): string {
  if (unit === "share") return shareText(value);
  return unit === "seconds" ? durationText(value) : digits(value);
}
