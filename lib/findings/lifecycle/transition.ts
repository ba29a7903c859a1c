import { type GuardId, type MoveFacts, type UnmetGuard, unmetGuards } from "./guards";
import {
  type ClaimableStatus,
  type ClaimEnding,
  claimableStatuses,
  type FindingStatus,
  findingStatuses,
  statusLabels,
  type TargetStatus,
  targetStatuses,
} from "./states";

/**
 * What can happen to a finding. An evaluation observes, an account is disconnected, a person asks for a status, a
 * verification ends.
 */
export const lifecycleEvents = [
  "failing_observed",
  "passing_observed",
  "nothing_observed",
  "account_disconnected",
  "open_asked",
  "in_progress_asked",
  "awaiting_verification_asked",
  "resolved_asked",
  "verification_passed",
  "verification_failed",
  "verification_timed_out",
] as const;
export type LifecycleEvent = (typeof lifecycleEvents)[number];

/** What a transition needs to know beside the status. */
export interface LifecycleFacts {
  /** Number of the last episode; 0 before the first. */
  readonly episode: number;
  /** What the finding was when it was claimed fixed; null without a claim. */
  readonly claimedFrom: ClaimableStatus | null;
  /** Of an evaluation: its scan began after the claim. */
  readonly isAfterClaim?: boolean;
  /** Of a FAIL: an earlier reading, minutes before, failed too. One reading alone reopens nothing. */
  readonly isConfirmed?: boolean;
  /** Of a PASS: a claim has ended without proof since the account began to pass. */
  readonly wasTriedToProve?: boolean;
  /** Of a person's move. */
  readonly move?: MoveFacts;
}

/** What follows from a transition, for those who store it and tell of it. */
export type Consequence =
  | { readonly kind: "episode_opened"; readonly episode: number }
  | { readonly kind: "claim_made"; readonly from: ClaimableStatus }
  | { readonly kind: "claim_ended"; readonly ending: ClaimEnding };

export type Refusal =
  | { readonly code: "verification_required"; readonly reason: string }
  | { readonly code: "transition_not_allowed"; readonly reason: string }
  | { readonly code: "guard_unmet"; readonly reason: string; readonly guards: readonly UnmetGuard[] };

export type Transition =
  | { readonly ok: true; readonly status: FindingStatus; readonly events: readonly Consequence[] }
  | { readonly ok: false; readonly refusal: Refusal };

type Effect =
  | { readonly kind: "stay" }
  | { readonly kind: "move"; readonly to: FindingStatus }
  | { readonly kind: "open" }
  | { readonly kind: "claim" }
  /** Claimed by nobody: what passes is to be proven, unless that was tried since it passes. */
  | { readonly kind: "claim_unasked" }
  | { readonly kind: "end_claim"; readonly to: FindingStatus; readonly ending: ClaimEnding }
  /** Back to what it was before the claim, unless the scan began before the claim was made. */
  | { readonly kind: "refute" }
  /** A new episode, once a second reading has confirmed the first. */
  | { readonly kind: "reopen" }
  | { readonly kind: "refuse"; readonly code: "verification_required" | "transition_not_allowed" };

/** One row of the table: what `event` does to a finding that is in one of `from`. `id` is the transition's, in docs. */
export interface LifecycleRow {
  readonly id?: string;
  readonly event: LifecycleEvent;
  readonly from: readonly FindingStatus[];
  readonly effect: Effect;
  /** Of a person's move, all of which must hold. */
  readonly guards?: readonly GuardId[];
}

const stay = { kind: "stay" } as const;
const notAllowed = { kind: "refuse", code: "transition_not_allowed" } as const;
const every = findingStatuses.values;

function except(left: FindingStatus): FindingStatus[] {
  return every.filter((status) => status !== left);
}

/** Every status × event has exactly one row; a test holds the table to it. */
export const lifecycleRows: readonly LifecycleRow[] = [
  // The first FAIL opens, and once: a finding that is open goes on with its episode.
  { id: "T1", event: "failing_observed", from: ["none"], effect: { kind: "open" } },
  { event: "failing_observed", from: ["open", "in_progress", "reopened"], effect: stay },
  // A claim that the next reading contradicts does not hold. One read before the claim says nothing about the fix.
  { id: "T20", event: "failing_observed", from: ["awaiting_verification"], effect: { kind: "refute" } },
  // Connected again and still failing: a new episode.
  { id: "T19", event: "failing_observed", from: ["closed_out_of_scope"], effect: { kind: "open" } },
  // Proven, and failing again.
  { id: "T10", event: "failing_observed", from: ["resolved"], effect: { kind: "reopen" } },
  // A pass resolves nothing: only a verification may. It begins one where nobody has.
  {
    id: "T5",
    event: "passing_observed",
    from: ["open", "in_progress", "reopened"],
    effect: { kind: "claim_unasked" },
  },
  {
    event: "passing_observed",
    from: ["none", "awaiting_verification", "resolved", "closed_out_of_scope"],
    effect: stay,
  },
  // Could not read is never pass, never fail: it opens, closes and mutes nothing.
  { event: "nothing_observed", from: every, effect: stay },

  // Nobody reads the account any more. What was never a problem is none now.
  { event: "account_disconnected", from: ["none", "resolved", "closed_out_of_scope"], effect: stay },
  {
    id: "T18",
    event: "account_disconnected",
    from: ["open", "in_progress", "reopened"],
    effect: { kind: "move", to: "closed_out_of_scope" },
  },
  {
    id: "T18",
    event: "account_disconnected",
    from: ["awaiting_verification"],
    effect: { kind: "end_claim", to: "closed_out_of_scope", ending: "out_of_scope" },
  },

  {
    id: "T2",
    event: "in_progress_asked",
    from: ["open", "reopened"],
    effect: { kind: "move", to: "in_progress" },
    guards: ["owner"],
  },
  {
    id: "T9",
    event: "in_progress_asked",
    from: ["awaiting_verification"],
    effect: { kind: "end_claim", to: "in_progress", ending: "withdrawn" },
  },
  {
    event: "in_progress_asked",
    from: ["none", "in_progress", "resolved", "closed_out_of_scope"],
    effect: notAllowed,
  },

  {
    id: "T3",
    event: "open_asked",
    from: ["in_progress"],
    effect: { kind: "move", to: "open" },
    guards: ["reason"],
  },
  {
    event: "open_asked",
    from: ["none", "open", "awaiting_verification", "resolved", "reopened", "closed_out_of_scope"],
    effect: notAllowed,
  },

  {
    id: "T4",
    event: "awaiting_verification_asked",
    from: ["open", "in_progress", "reopened"],
    effect: { kind: "claim" },
    guards: ["account_readable", "guardrail"],
  },
  {
    event: "awaiting_verification_asked",
    from: ["none", "awaiting_verification", "resolved", "closed_out_of_scope"],
    effect: notAllowed,
  },

  { event: "resolved_asked", from: every, effect: { kind: "refuse", code: "verification_required" } },

  // Both keys turned after the claim. Nothing else leads to resolved.
  {
    id: "T6",
    event: "verification_passed",
    from: ["awaiting_verification"],
    effect: { kind: "end_claim", to: "resolved", ending: "verified" },
  },
  // What is proven already stays so when it is proven again.
  { event: "verification_passed", from: except("awaiting_verification"), effect: stay },
  { id: "T7", event: "verification_failed", from: ["awaiting_verification"], effect: { kind: "refute" } },
  { event: "verification_failed", from: except("awaiting_verification"), effect: stay },
  // Neither proven nor refuted for days: somebody has to look.
  {
    id: "T9",
    event: "verification_timed_out",
    from: ["awaiting_verification"],
    effect: { kind: "end_claim", to: "in_progress", ending: "timed_out" },
  },
  { event: "verification_timed_out", from: except("awaiting_verification"), effect: stay },
];

/**
 * The next status of a finding and what follows, or a refusal with its reason. Pure, and the only place that decides
 * it. Throws for a pair that the table lacks: that is a bug, never a reason to leave the finding as it was.
 */
export function transition(
  status: FindingStatus,
  event: LifecycleEvent,
  facts: LifecycleFacts,
  rows: readonly LifecycleRow[] = lifecycleRows,
): Transition {
  const { effect, guards = [] } = rowOf(status, event, rows);
  if (effect.kind === "refuse") return { ok: false, refusal: refusalOf(effect.code, status, event) };
  if (guards.length > 0 && !facts.move) throw new Error(`${event} needs the facts of the move.`);
  const unmet = facts.move ? unmetGuards(guards, facts.move) : [];
  if (unmet.length > 0) {
    const reason = unmet.map(({ message }) => message).join(" ");
    return { ok: false, refusal: { code: "guard_unmet", reason, guards: unmet } };
  }
  return { ok: true, ...outcomeOf(effect, status, facts) };
}

/** A move that a person may ask for now, and what is still missing for it. */
export interface AllowedMove {
  readonly to: Exclude<TargetStatus, "resolved">;
  readonly guards: readonly UnmetGuard[];
}

/** The moves that the table has for a finding in this status. Who may make them is not its business. */
export function allowedMoves(status: FindingStatus, move: MoveFacts): readonly AllowedMove[] {
  return targetStatuses.values.flatMap((to) => {
    if (to === "resolved") return [];
    const { effect, guards = [] } = rowOf(status, askedEvent(to), lifecycleRows);
    return effect.kind === "refuse" ? [] : [{ to, guards: unmetGuards(guards, move) }];
  });
}

/** The event of a person who asks for a status. */
export function askedEvent(to: TargetStatus): LifecycleEvent {
  return `${to}_asked`;
}

function rowOf(status: FindingStatus, event: LifecycleEvent, rows: readonly LifecycleRow[]): LifecycleRow {
  const row = rows.find((candidate) => candidate.event === event && candidate.from.includes(status));
  if (!row) throw new Error(`The lifecycle has no row for ${event} on a finding that is ${status}.`);
  return row;
}

function outcomeOf(
  effect: Exclude<Effect, { kind: "refuse" }>,
  status: FindingStatus,
  facts: LifecycleFacts,
): { status: FindingStatus; events: readonly Consequence[] } {
  switch (effect.kind) {
    case "stay":
      return { status, events: [] };
    case "move":
      return { status: effect.to, events: [] };
    case "open":
      return { status: "open", events: [{ kind: "episode_opened", episode: facts.episode + 1 }] };
    case "reopen":
      return facts.isConfirmed
        ? { status: "reopened", events: [{ kind: "episode_opened", episode: facts.episode + 1 }] }
        : { status, events: [] };
    case "claim_unasked":
      return facts.wasTriedToProve ? { status, events: [] } : claimedFrom(status);
    case "claim":
      return claimedFrom(status);
    case "end_claim":
      return { status: effect.to, events: [{ kind: "claim_ended", ending: effect.ending }] };
    case "refute": {
      if (!facts.isAfterClaim) return { status, events: [] };
      if (facts.claimedFrom === null) throw new Error("A finding awaits verification without a claim.");
      return { status: facts.claimedFrom, events: [{ kind: "claim_ended", ending: "refuted" }] };
    }
  }
}

function claimedFrom(status: FindingStatus): { status: FindingStatus; events: readonly Consequence[] } {
  const from = claimableStatuses.parse(status);
  return { status: "awaiting_verification", events: [{ kind: "claim_made", from }] };
}

function refusalOf(
  code: "verification_required" | "transition_not_allowed",
  status: FindingStatus,
  event: LifecycleEvent,
): Refusal {
  if (code === "verification_required") {
    return {
      code,
      reason:
        "Nobody sets Resolved. Claim the finding fixed: we then read the configuration again and look for delivered events in every enabled Region, and it is resolved when both hold.",
    };
  }
  const to = findingStatuses.values.find((one) => event === `${one}_asked`);
  return {
    code,
    reason: `A finding that is “${statusLabels[status]}” cannot become “${to ? statusLabels[to] : event}”.`,
  };
}
