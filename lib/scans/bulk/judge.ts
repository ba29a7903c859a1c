import type { SkipReason } from "@/lib/findings/bulk-states";
import { isOpen } from "@/lib/findings/lifecycle/states";
import { transition } from "@/lib/findings/lifecycle/transition";
import { mayScanFinding, type ScanRoom } from "@/lib/scans/scan-finding";
import { may, mayAsOwner } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { BulkChange } from "./bulk-input";
import type { SelectedFinding } from "./selected-findings";

/**
 * Says of each finding why the change would leave it as it is, or null. It reads what it is given and nothing else, so
 * that a preview is one reading; the use cases, which change one finding at a time, have the last word.
 */
export function judge(
  ctx: TenantContext,
  change: BulkChange,
  findings: readonly SelectedFinding[],
  room: ScanRoom | null,
): readonly (SkipReason | null)[] {
  if (change.action === "scan") return judgeScans(ctx, findings, room);
  return findings.map((finding) => judgeOne(ctx, change, finding));
}

function judgeOne(
  ctx: TenantContext,
  change: Exclude<BulkChange, { action: "scan" }>,
  finding: SelectedFinding,
): SkipReason | null {
  switch (change.action) {
    case "assign":
      if (!mayAsOwner(ctx, "finding.triage", finding.ownerId)) return "not_allowed";
      return finding.ownerId === change.value.ownerId ? "already_assigned" : null;
    case "due":
      if (!mayAsOwner(ctx, "finding.triage", finding.ownerId)) return "not_allowed";
      if (isSameTime(finding.dueAt, change.value.dueAt)) return "already_due";
      return isOpen(finding.status) ? null : "not_open";
    case "watch":
      return finding.isWatched ? "already_watched" : null;
    case "unwatch":
      return finding.isWatched ? null : "not_watched";
    case "claim":
      if (!mayAsOwner(ctx, "finding.claim", finding.ownerId)) return "not_allowed";
      return whyNoClaim(finding, change.value);
  }
}

function isSameTime(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return Date.parse(one) === Date.parse(other);
}

function whyNoClaim(
  finding: SelectedFinding,
  { guardrail, guardrailWaiver }: Extract<BulkChange, { action: "claim" }>["value"],
): SkipReason | null {
  const moved = transition(finding.status, "awaiting_verification_asked", {
    episode: finding.episode,
    claimedFrom: finding.claimedFrom,
    move: {
      hasOwner: finding.ownerId !== null,
      isAccountReadable: finding.accountStatus === "connected",
      episode: finding.episode,
      reason: null,
      guardrail: guardrail ?? null,
      guardrailWaiver: guardrailWaiver ?? null,
    },
  });
  if (moved.ok) return null;
  if (moved.refusal.code === "guard_unmet") return unmet(moved.refusal.guards[0]?.id);
  return finding.status === "awaiting_verification" ? "already_claimed" : "not_open";
}

/** The word for the first demand that a claim does not meet. */
export function unmet(guard: string | undefined): SkipReason {
  return guard === "guardrail" ? "guardrail_needed" : "account_unreadable";
}

/** One after the other: each scan takes from the room of the hour, and an account that is to be scanned is once. */
function judgeScans(
  ctx: TenantContext,
  findings: readonly SelectedFinding[],
  room: ScanRoom | null,
): readonly (SkipReason | null)[] {
  const asked = new Set<string>();
  return findings.map(({ observation, accountId, accountStatus, isBeingScanned }) => {
    if (!mayScanFinding(ctx, observation)) return may(ctx, "finding.scan") ? "passing" : "not_allowed";
    if (accountStatus === "draft" || accountStatus === "disconnected") return "account_not_connected";
    if (isBeingScanned || asked.has(accountId)) return "scan_under_way";
    if (room && (asked.size >= room.byPerson || (room.byAccount.get(accountId) ?? 0) <= 0))
      return "scan_limit_reached";
    asked.add(accountId);
    return null;
  });
}
