/** First day of a month in UTC, `2026-11-01`: the key of the history's partitions. */
export type Month = string;

/** The month of an instant. */
export function monthOf(at: Date): Month {
  return `${at.toISOString().slice(0, 7)}-01`;
}

/** A month as the database's client gives it, which makes a date of it. */
export function monthFrom(date: Date): Month {
  return date.toISOString().slice(0, 10);
}

/** The month so many months later; earlier for a negative number. */
export function addMonths(month: Month, count: number): Month {
  const [year = 0, index = 1] = month.split("-").map(Number);
  return monthOf(new Date(Date.UTC(year, index - 1 + count, 1)));
}

const noPartition = /no partition of relation "(\w+)" found for row/;

/**
 * The history table for which a write found no partition of its month; null for any other error. The keeper makes
 * months ahead of time, so it has not run for months, or the clock is wrong.
 */
export function tableWithoutMonth(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth += 1) {
    const found = noPartition.exec(cause.message) ?? noPartition.exec(JSON.stringify(cause));
    if (found) return found[1] ?? null;
  }
  return null;
}
