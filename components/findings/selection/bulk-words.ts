import { type BulkAction, type BulkResult, type SkipReason, skipLabels } from "@/lib/findings/bulk-states";
import { count, plural } from "@/lib/text";

/** What is asked for, in words: whom to, until when. */
export interface Asked {
  readonly action: BulkAction;
  /** Who is to own them; null for nobody. */
  readonly owner?: string | null;
  /** Such as `9 Dec 2026`; null for no due date. */
  readonly due?: string | null;
}

const findings = (n: number) => count(n, "finding");

/** What the preview says will happen to so many findings. */
export function willHappen({ action, owner, due }: Asked, n: number): string {
  switch (action) {
    case "assign":
      return owner === null
        ? `${findings(n)} will have no owner.`
        : `${findings(n)} will be assigned to ${owner}.`;
    case "due":
      return due === null ? `${findings(n)} will have no due date.` : `${findings(n)} will be due on ${due}.`;
    case "watch":
      return `You will watch ${findings(n)}.`;
    case "unwatch":
      return `You will no longer watch ${findings(n)}.`;
    case "claim":
      return `${findings(n)} will be claimed fixed, and their accounts scanned at once. A scan that still fails takes the claim back.`;
    case "scan":
      return `${count(n, "account")} will be scanned.`;
  }
}

/** The button that does it. */
export function doIt({ action, owner, due }: Asked, n: number): string {
  switch (action) {
    case "assign":
      return owner === null ? `Unassign ${findings(n)}` : `Assign ${findings(n)}`;
    case "due":
      return `${due === null ? "Remove" : "Set"} ${count(n, "due date")}`;
    case "watch":
      return `Watch ${findings(n)}`;
    case "unwatch":
      return `Stop watching ${findings(n)}`;
    case "claim":
      return `Claim ${findings(n)} fixed`;
    case "scan":
      return `Scan ${count(n, "account")}`;
  }
}

/** What has happened. */
export function hasHappened({ action, owner, due }: Asked, n: number): string {
  const are = plural(n, "is", "are");
  switch (action) {
    case "assign":
      return owner === null
        ? `${findings(n)} ${are} now unassigned.`
        : `${findings(n)} ${are} now assigned to ${owner}.`;
    case "due":
      return due === null
        ? `${findings(n)} ${plural(n, "has", "have")} no due date now.`
        : `${findings(n)} ${are} now due on ${due}.`;
    case "watch":
      return `You watch ${findings(n)}.`;
    case "unwatch":
      return `You no longer watch ${findings(n)}.`;
    case "claim":
      return `${findings(n)} ${are} claimed fixed, and scanned now.`;
    case "scan":
      return `${count(n, "account")} ${are} being scanned.`;
  }
}

/** What is left as it is, by the reason, the most common first. */
export function skippedGroups(
  skipped: BulkResult["skipped"],
): readonly { readonly reason: SkipReason; readonly text: string; readonly keys: readonly string[] }[] {
  const keysOf = new Map<SkipReason, string[]>();
  for (const { key, reason } of skipped) keysOf.set(reason, [...(keysOf.get(reason) ?? []), key]);
  return [...keysOf]
    .map(([reason, keys]) => ({ reason, keys, text: `${keys.length} ${skipLabels[reason]}` }))
    .sort((one, other) => other.keys.length - one.keys.length);
}
