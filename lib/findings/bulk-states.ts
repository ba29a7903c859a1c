import { defineWords, type WordOf } from "@/lib/words";

/** What can be done to many findings at once. Never to resolve them: that takes a verification of each. */
export const bulkActions = defineWords("bulk action", ["assign", "due", "watch", "unwatch", "claim", "scan"]);
export type BulkAction = WordOf<typeof bulkActions>;

/** How many findings are changed by one request at the most. */
export const bulkLimit = 500;

/** How many findings one exported file holds at the most. */
export const exportLimit = 10_000;

/** Why one of the findings is left as it is. */
export const skipReasons = defineWords("skip reason", [
  "not_found",
  "not_allowed",
  "already_assigned",
  "already_due",
  "already_watched",
  "not_watched",
  "already_claimed",
  "not_open",
  "account_unreadable",
  "guardrail_needed",
  "passing",
  "scan_under_way",
  "scan_limit_reached",
  "account_not_connected",
  "version_changed",
  "failed",
]);
export type SkipReason = WordOf<typeof skipReasons>;

/** After a number, as in “3 already awaiting verification”, and alone. */
export const skipLabels: Readonly<Record<SkipReason, string>> = {
  not_found: "not found",
  not_allowed: "not yours to change",
  already_assigned: "assigned that way already",
  already_due: "due then already",
  already_watched: "watched by you already",
  not_watched: "not watched by you",
  already_claimed: "already awaiting verification",
  not_open: "not open",
  account_unreadable: "in an account that we cannot read, so a fix could not be seen",
  guardrail_needed: "back at least twice, so a claim has to name a guardrail",
  passing: "passing: a member can scan while it fails or is unknown",
  scan_under_way: "being scanned already",
  scan_limit_reached: "over the limit of scans an hour",
  account_not_connected: "in an account that is not connected",
  version_changed: "changed by someone else in the meantime",
  failed: "not done because something went wrong on our side",
};

/** What became of the findings that were asked for, or with a preview would. */
export interface BulkResult {
  /** All of them: done and skipped. */
  readonly matched: number;
  readonly done: readonly string[];
  readonly skipped: readonly { readonly key: string; readonly reason: SkipReason }[];
}
