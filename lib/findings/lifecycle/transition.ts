import type { FindingStatus } from "./states";

/** What can happen to a finding. An evaluation observes; a person asks. */
export const lifecycleEvents = [
  "failing_observed",
  "passing_observed",
  "nothing_observed",
  "resolve_asked",
] as const;
export type LifecycleEvent = (typeof lifecycleEvents)[number];

/** What a transition needs to know beside the status. */
export interface LifecycleFacts {
  /** Number of the last episode; 0 before the first. */
  readonly episode: number;
}

/** What follows from a transition, for those who store it and tell of it. */
export interface EpisodeOpened {
  readonly kind: "episode_opened";
  readonly episode: number;
}

export interface Refusal {
  readonly code: "verification_required";
  /** One sentence or two, for people. */
  readonly reason: string;
}

export type Transition =
  | { readonly ok: true; readonly status: FindingStatus; readonly events: readonly EpisodeOpened[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** One row of the table: what `event` does to a finding that is in one of `from`. */
export interface LifecycleRow {
  readonly event: LifecycleEvent;
  readonly from: readonly FindingStatus[];
  readonly effect:
    | { readonly kind: "stay" }
    | { readonly kind: "move"; readonly to: FindingStatus; readonly opensEpisode: boolean }
    | { readonly kind: "refuse"; readonly refusal: Refusal };
}

const stay = { kind: "stay" } as const;

/** Every status × event has exactly one row; a test holds the table to it. */
export const lifecycleRows: readonly LifecycleRow[] = [
  // The first FAIL opens, and once: a finding that is open goes on with its episode.
  { event: "failing_observed", from: ["none"], effect: { kind: "move", to: "open", opensEpisode: true } },
  { event: "failing_observed", from: ["open"], effect: stay },
  // A pass resolves nothing: only a verification run may.
  { event: "passing_observed", from: ["none", "open"], effect: stay },
  // Could not read is never pass, never fail: it opens, closes and mutes nothing.
  { event: "nothing_observed", from: ["none", "open"], effect: stay },
  {
    event: "resolve_asked",
    from: ["none", "open"],
    effect: {
      kind: "refuse",
      refusal: {
        code: "verification_required",
        reason:
          "Resolved cannot be set by hand. A verification run sets it, once the configuration and a delivery are proven in every enabled Region.",
      },
    },
  },
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
  const row = rows.find((candidate) => candidate.event === event && candidate.from.includes(status));
  if (!row) throw new Error(`The lifecycle has no row for ${event} on a finding that is ${status}.`);
  const { effect } = row;
  if (effect.kind === "refuse") return { ok: false, refusal: effect.refusal };
  if (effect.kind === "stay") return { ok: true, status, events: [] };
  const opened: EpisodeOpened = { kind: "episode_opened", episode: facts.episode + 1 };
  return { ok: true, status: effect.to, events: effect.opensEpisode ? [opened] : [] };
}
