import type { Evaluation, Severity, Verdict } from "@/lib/checks/evaluation";
import { severityLabels } from "@/lib/checks/labels";
import type { DecidedVerdict, FindingEventKind, FindingStatus, Observation } from "./lifecycle/states";
import { type LifecycleEvent, transition } from "./lifecycle/transition";

/** What a finding is before and after an evaluation. Times are ISO 8601 in UTC. */
export interface FindingState {
  readonly status: FindingStatus;
  readonly observation: Observation;
  readonly observationSince: string;
  /** The last evaluation that decided (PASS or FAIL); NOT_EVALUATED leaves it standing. */
  readonly decided: {
    readonly verdict: DecidedVerdict;
    readonly reason: string;
    readonly severity: Severity | null;
    readonly short: string;
    readonly at: string;
  } | null;
  readonly lastCheckedAt: string | null;
  /** 0 before the first FAIL. */
  readonly episode: number;
  readonly firstFailedAt: string | null;
  /** How often it failed again after it had passed, whatever the episode. */
  readonly comebacks: number;
}

export interface NewFindingEvent {
  readonly kind: FindingEventKind;
  readonly text: string;
  readonly before?: Readonly<Record<string, string | null>>;
  readonly after?: Readonly<Record<string, string | null>>;
}

export interface Reconciled {
  readonly next: FindingState;
  readonly events: readonly NewFindingEvent[];
  /** Set when this evaluation opened the finding: it is given a number, and this episode begins. */
  readonly opensEpisode: number | null;
}

export interface Observed {
  readonly evaluation: Pick<Evaluation, "verdict" | "reason" | "severity">;
  /** What lists say: `11 of 17 not logged`. */
  readonly short: string;
  /** The evaluation's clock. */
  readonly at: string;
}

const eventOf = {
  FAIL: "failing_observed",
  PASS: "passing_observed",
  NOT_EVALUATED: "nothing_observed",
} as const satisfies Record<Verdict, LifecycleEvent>;

/**
 * What one evaluation makes of a finding. Pure. It writes the observation, hands the lifecycle what was observed and
 * takes the status from it (lib/findings/lifecycle/transition.ts), so that:
 *
 * - FAIL opens a finding that was never open (transition T1), or keeps it open; it never opens it twice.
 * - PASS changes what is observed. It resolves nothing: only a verification run may.
 * - NOT_EVALUATED opens, closes and mutes nothing: verdict, reason, severity and their age stay as they were.
 *
 * A FAIL after a PASS is a comeback, in whichever episode it falls; the first FAIL there ever was is none.
 */
export function reconcile(previous: FindingState, observed: Observed): Reconciled {
  const { verdict } = observed.evaluation;
  const moved = transition(previous.status, eventOf[verdict], { episode: previous.episode });
  if (!moved.ok) throw new Error(`The lifecycle refuses an evaluation: ${moved.refusal.reason}`);
  const opened = moved.events[0];
  const next: FindingState = {
    ...(verdict === "NOT_EVALUATED"
      ? unreadable(previous, observed)
      : decidedBy(previous, observed, verdict)),
    status: moved.status,
    episode: opened?.episode ?? previous.episode,
    firstFailedAt: previous.firstFailedAt ?? (verdict === "FAIL" ? observed.at : null),
    comebacks: previous.comebacks + (comesBack(previous, verdict) ? 1 : 0),
  };
  const opensEpisode = opened?.episode ?? null;
  if (verdict === "NOT_EVALUATED")
    return { next, events: [unreadableEvent(previous, observed)], opensEpisode };
  if (verdict === "PASS") return { next, events: [passEvent(previous, next)], opensEpisode };
  return { next, events: failEvents(previous, next, opened !== undefined), opensEpisode };
}

/** What could not be read in between changes nothing: the last verdict that decided is asked. */
function comesBack(previous: FindingState, verdict: Verdict): boolean {
  return verdict === "FAIL" && previous.decided?.verdict === "PASS" && previous.firstFailedAt !== null;
}

function unreadable(previous: FindingState, observed: Observed): FindingState {
  return {
    ...previous,
    observation: "unknown",
    observationSince: previous.observation === "unknown" ? previous.observationSince : observed.at,
    lastCheckedAt: observed.at,
  };
}

function unreadableEvent(previous: FindingState, observed: Observed): NewFindingEvent {
  const standing = previous.decided
    ? ` The verdict of ${day(previous.decided.at)} still applies.`
    : " Nothing has been decided yet.";
  return {
    kind: "could_not_read",
    text: `Could not be evaluated: ${observed.short}.${standing}`,
    after: { reason: observed.evaluation.reason },
  };
}

function decidedBy(previous: FindingState, observed: Observed, verdict: DecidedVerdict): FindingState {
  const observation: Observation = verdict === "FAIL" ? "failing" : "passing";
  // A gap in which nothing could be read does not start a new observation: it is what was last decided.
  const unchanged = previous.observation === observation || continuesAfterGap(previous, verdict);
  return {
    ...previous,
    observation,
    observationSince: unchanged ? sinceOf(previous) : observed.at,
    decided: {
      verdict,
      reason: observed.evaluation.reason,
      severity: observed.evaluation.severity,
      short: observed.short,
      at: observed.at,
    },
    lastCheckedAt: observed.at,
  };
}

function continuesAfterGap(previous: FindingState, verdict: DecidedVerdict): boolean {
  return previous.observation === "unknown" && previous.decided?.verdict === verdict;
}

/** After a gap we can vouch for the observation only from when it was last decided. */
function sinceOf(previous: FindingState): string {
  return previous.observation === "unknown" && previous.decided
    ? previous.decided.at
    : previous.observationSince;
}

function failEvents(previous: FindingState, next: FindingState, opens: boolean): NewFindingEvent[] {
  const before = previous.decided;
  const after = next.decided;
  if (!after) return [];
  if (opens) return [{ kind: "detected", text: `Detected: ${after.short}.`, after: facts(after) }];
  if (before?.verdict === "PASS") {
    return [
      {
        kind: "failing_again",
        text: `Failing again: ${after.short}.`,
        before: facts(before),
        after: facts(after),
      },
    ];
  }
  const events: NewFindingEvent[] = [];
  if (before && before.reason !== after.reason) {
    const text = `Failing for another reason: ${after.short}.`;
    events.push({ kind: "reason_changed", text, before: facts(before), after: facts(after) });
  }
  if (before && before.severity !== after.severity) {
    const text = `Severity changed from ${word(before.severity)} to ${word(after.severity)}.`;
    events.push({ kind: "severity_changed", text, before: facts(before), after: facts(after) });
  }
  return events.length > 0 ? events : [{ kind: "still_failing", text: `Still failing: ${after.short}.` }];
}

function passEvent(previous: FindingState, next: FindingState): NewFindingEvent {
  const before = previous.decided;
  const short = next.decided?.short ?? "";
  if (before?.verdict === "PASS") return { kind: "still_passing", text: `Still passing: ${short}.` };
  if (!before) return { kind: "first_passed", text: `Passed the first evaluation: ${short}.` };
  return {
    kind: "now_passing",
    text: `Now passing: ${short}. Not verified yet.`,
    before: facts(before),
    ...(next.decided ? { after: facts(next.decided) } : {}),
  };
}

function facts(decided: NonNullable<FindingState["decided"]>): Record<string, string | null> {
  return { verdict: decided.verdict, reason: decided.reason, severity: decided.severity };
}

function word(severity: Severity | null): string {
  return severity === null ? "none" : severityLabels[severity];
}

function day(iso: string): string {
  return iso.slice(0, 10);
}
