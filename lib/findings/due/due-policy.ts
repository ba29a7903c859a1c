import { sql } from "@/lib/db/sql";
import { type DuePolicy, defaultDuePolicy } from "./due-date";

/** As `triage_settings t` has it, joined from the left: all null while the organization works by the defaults. */
export interface StoredDuePolicy {
  readonly timeZone: string | null;
  readonly dueDays: readonly number[] | null;
  readonly businessDays: boolean | null;
}

/** The columns of StoredDuePolicy. */
export const duePolicyColumns = sql`
  t.time_zone AS "timeZone", t.business_days AS "businessDays",
  CASE WHEN t.tenant_id IS NOT NULL
    THEN ARRAY[t.due_days_critical, t.due_days_high, t.due_days_medium, t.due_days_low]::int[] END AS "dueDays"`;

/** The organization's policy, or the one that holds without any. */
export function duePolicyOf({ timeZone, dueDays, businessDays }: StoredDuePolicy): DuePolicy {
  if (timeZone === null || businessDays === null || dueDays === null) return defaultDuePolicy;
  const [critical, high, medium, low] = dueDays;
  if (critical === undefined || high === undefined || medium === undefined || low === undefined)
    throw new Error("The days of a due policy are four.");
  return { timeZone, days: { CRITICAL: critical, HIGH: high, MEDIUM: medium, LOW: low }, businessDays };
}
