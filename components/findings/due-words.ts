const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `27 Nov` for 2026-11-27: the year stands in how many days are left. */
export function dayWords(day: string): string {
  const [, month, date] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1] ?? ""}`;
}

/** `2 d left`, `today`, `3 d over`. */
export function leftWords(daysLeft: number): string {
  if (daysLeft === 0) return "today";
  return daysLeft > 0 ? `${daysLeft} d left` : `${-daysLeft} d over`;
}

/** Days before the end from which a due date is shown in the color of waiting. */
export const soonDays = 3;

/** How long it has been: `3 min`, `8 h`, `12 d`. */
export function sinceWords(since: string, now: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(now) - Date.parse(since)) / 60_000));
  if (minutes < 1) return "now";
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}
