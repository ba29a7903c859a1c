import type { Evaluation, Severity, Verdict } from "@/lib/checks/evaluation";
import { severityLabels } from "@/lib/checks/labels";
import { severities } from "@/lib/checks/words";
import { type DuePolicy, dueDate } from "./due/due-date";
import type { DueSetBy } from "./due/due-states";
import {
  type ClaimableStatus,
  type ClaimEnding,
  type DecidedVerdict,
  type FindingEventKind,
  type FindingStatus,
  isOpen,
  type Observation,
} from "./lifecycle/states";
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
  /** When it should be fixed (a person may have taken the date away), and who said so; null while nothing is due. */
  readonly due: { readonly at: string | null; readonly setBy: DueSetBy } | null;
  /** While it is claimed fixed: what it was before, since when, and whether somebody said so or it only passes. */
  readonly claim: { readonly from: ClaimableStatus; readonly at: string; readonly isAsked: boolean } | null;
  /** When a claim of it last ended without proof: withdrawn, or timed out. */
  readonly unprovenAt: string | null;
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
  /** Set when this evaluation ended a claim. */
  readonly endsClaim: ClaimEnding | null;
  /** Set when it passes and nobody has claimed it: what the finding was, as in a claim. */
  readonly makesClaim: ClaimableStatus | null;
}

export interface Observed {
  readonly evaluation: Pick<Evaluation, "verdict" | "reason" | "severity">;
  /** What lists say: `11 of 17 not logged`. */
  readonly short: string;
  /** The evaluation's clock. */
  readonly at: string;
  /** When its scan began to read. */
  readonly begunAt: string;
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
 * - FAIL opens a finding that was never open (transition T1), or keeps it open; it never opens it twice. It ends a
 *   claim that was made before the scan began (T20), and opens again what was out of scope (T19).
 *   Of a finding that was proven fixed one FAIL is not enough: a second, minutes later, reopens it (T10).
 * - PASS resolves nothing. A finding that is open awaits verification from then on (T5), which may resolve it.
 * - NOT_EVALUATED opens, closes and mutes nothing: verdict, reason, severity and their age stay as they were.
 *
 * A FAIL after a PASS is a comeback, in whichever episode it falls; the first FAIL there ever was is none.
 */
export function reconcile(previous: FindingState, observed: Observed, policy: DuePolicy): Reconciled {
  const { verdict } = observed.evaluation;
  const moved = transition(previous.status, eventOf[verdict], {
    episode: previous.episode,
    claimedFrom: previous.claim?.from ?? null,
    isAfterClaim: previous.claim !== null && observed.begunAt > previous.claim.at,
    isConfirmed: isConfirmed(previous, observed),
    wasTriedToProve: wasTriedToProve(previous),
  });
  if (!moved.ok) throw new Error(`The lifecycle refuses an evaluation: ${moved.refusal.reason}`);
  const opensEpisode = moved.events.find((event) => event.kind === "episode_opened")?.episode ?? null;
  const endsClaim = moved.events.find((event) => event.kind === "claim_ended")?.ending ?? null;
  const makesClaim = moved.events.find((event) => event.kind === "claim_made")?.from ?? null;
  const observedState: FindingState = {
    ...(verdict === "NOT_EVALUATED"
      ? unreadable(previous, observed)
      : decidedBy(previous, observed, verdict)),
    status: moved.status,
    episode: opensEpisode ?? previous.episode,
    firstFailedAt: previous.firstFailedAt ?? (verdict === "FAIL" ? observed.at : null),
    claim: claimAfter(previous, observed, { endsClaim, makesClaim }),
    comebacks: previous.comebacks + (comesBack(previous, verdict) ? 1 : 0),
  };
  const due = verdict === "FAIL" ? dueAfter(previous, observedState, observed, policy) : null;
  const next = due === null ? observedState : { ...observedState, due: due.due };
  const events = eventsOf(previous, next, observed, { opens: opensEpisode !== null, endsClaim, makesClaim });
  return { next, events: due?.event ? [...events, due.event] : events, opensEpisode, endsClaim, makesClaim };
}

/** A second reading counts when it began so long after the first that failed: what AWS tells settles in minutes. */
export const confirmAfterSeconds = 5 * 60;

function isConfirmed(previous: FindingState, { begunAt }: Observed): boolean {
  if (previous.decided?.verdict !== "FAIL") return false;
  return Date.parse(begunAt) - Date.parse(sinceOf(previous)) >= confirmAfterSeconds * 1_000;
}

/** What passes and could not be proven is not tried again by every scan: only when it has failed in between. */
function wasTriedToProve({ decided, observation, observationSince, unprovenAt }: FindingState): boolean {
  if (decided?.verdict !== "PASS" || unprovenAt === null) return false;
  return observation === "unknown" || unprovenAt >= observationSince;
}

function claimAfter(
  { claim, status }: FindingState,
  { at }: Observed,
  { endsClaim, makesClaim }: { endsClaim: ClaimEnding | null; makesClaim: ClaimableStatus | null },
): FindingState["claim"] {
  if (endsClaim !== null || status === "none") return null;
  return makesClaim === null ? claim : { from: makesClaim, at, isAsked: false };
}

function eventsOf(
  previous: FindingState,
  next: FindingState,
  observed: Observed,
  {
    opens,
    endsClaim,
    makesClaim,
  }: { opens: boolean; endsClaim: ClaimEnding | null; makesClaim: ClaimableStatus | null },
): NewFindingEvent[] {
  const { verdict } = observed.evaluation;
  if (verdict === "NOT_EVALUATED") return [unreadableEvent(previous, observed)];
  if (verdict === "PASS") {
    const passed = passEvent(previous, next);
    return [makesClaim === null ? passed : toProve(passed, previous, next)];
  }
  const events = failEvents(previous, next, opens);
  if (endsClaim !== "refuted") return events;
  const moved = { before: { status: previous.status }, after: { status: next.status } };
  if (previous.claim?.isAsked === true) {
    const text = `Not fixed: a scan that began after the claim still fails, ${observed.short}.`;
    return [...events, { kind: "claim_refuted", text, ...moved }];
  }
  // Nobody claimed it: that it fails again says all, and where it went back to.
  return events.map((event, place) =>
    place === 0
      ? { ...event, before: { ...event.before, ...moved.before }, after: { ...event.after, ...moved.after } }
      : event,
  );
}

/**
 * What a FAIL makes of the due date: set when a finding opens, anew and shorter when it came back, and sooner when it
 * got worse, unless a person chose the day. Null when it stays.
 */
function dueAfter(
  previous: FindingState,
  next: FindingState,
  { at, evaluation: { severity } }: Observed,
  policy: DuePolicy,
): { due: FindingState["due"]; event: NewFindingEvent | null } | null {
  if (severity === null || !isOpen(next.status)) return null;
  const before = previous.due;
  const set = (dueAt: string, why: string | null) => ({
    due: { at: dueAt, setBy: "policy" as const },
    event: why === null ? null : dueEvent(before?.at ?? null, dueAt, why),
  });
  if (next.episode !== previous.episode) {
    return set(dueDate(policy, { severity, from: at, isComeback: next.status === "reopened" }), null);
  }
  if (previous.decided?.verdict === "PASS") {
    return set(
      dueDate(policy, { severity, from: at, isComeback: true }),
      "it came back, with half of the days",
    );
  }
  if (before === null) return set(dueDate(policy, { severity, from: at }), null);
  const wasBetter = isWorse(severity, previous.decided?.severity ?? null);
  const sooner = dueDate(policy, { severity, from: at });
  if (before.setBy === "person" || !wasBetter || (before.at !== null && sooner >= before.at)) return null;
  return set(sooner, `its severity rose to ${severityLabels[severity]}`);
}

function dueEvent(before: string | null, after: string, why: string): NewFindingEvent {
  return {
    kind: "due_changed",
    text: `Due date set anew: ${why}.`,
    before: { dueAt: before },
    after: { dueAt: after },
  };
}

function isWorse(severity: Severity, than: Severity | null): boolean {
  return than !== null && severities.values.indexOf(severity) < severities.values.indexOf(than);
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
  if (next.status === "reopened" && previous.status === "resolved") {
    const text = `Reopened: a second reading fails as well, ${after.short}. Episode ${next.episode} begins.`;
    return [{ kind: "reopened", text, before: { status: previous.status }, after: { status: next.status } }];
  }
  if (opens) {
    const again = previous.status === "closed_out_of_scope" ? "Connected again, and failing" : "Detected";
    return [{ kind: "detected", text: `${again}: ${after.short}.`, after: facts(after) }];
  }
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

/** A pass that nobody claimed: the line says what the finding waits for now. */
function toProve(passed: NewFindingEvent, previous: FindingState, next: FindingState): NewFindingEvent {
  const isNew = passed.kind === "now_passing";
  return {
    kind: isNew ? passed.kind : "pass_to_prove",
    text: `${isNew ? passed.text : "It passes and is not verified yet."} We look for the proof.`,
    before: { ...passed.before, status: previous.status },
    after: { ...passed.after, status: next.status },
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
