import { addMonths, type Month, monthOf } from "@/lib/history/month";

/** What an installation keeps, and for how long. The minimum values are in lib/env.ts. */
export interface RetentionPolicy {
  /** Facts, calls and answers. */
  readonly rawMonths: number;
  /** Scans, evaluations, history of findings with its comments, audit log. */
  readonly historyYears: number;
}

/** Tables whose months are raw; the other history tables keep theirs for years. */
const rawTables: ReadonlySet<string> = new Set(["runs", "answers", "scan_facts"]);

/** Whether a month of a history table may go: all of it is older than the table is kept. */
export function isExpired(table: string, month: Month, policy: RetentionPolicy, now: Date): boolean {
  const months = rawTables.has(table) ? policy.rawMonths : policy.historyYears * 12;
  return month < addMonths(monthOf(now), -months);
}
