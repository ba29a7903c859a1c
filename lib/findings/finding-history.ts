import type { FindingEventView } from "./finding-view";
import { type FindingEventKind, findingEventKinds } from "./lifecycle/states";

export interface StoredEvent {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string;
  readonly text: string;
  readonly scanId: string | null;
  /** Evaluations between the event before and this one that said nothing new. */
  readonly unchangedBefore: number;
}

/** How the finding has been since its newest event. */
export interface Unchanged {
  readonly checks: number;
  readonly lastCheckedAt: Date | null;
  readonly lastScanId: string | null;
}

const failing = { kind: "still_failing", text: "Still failing." } as const;
const passing = { kind: "still_passing", text: "Still passing." } as const;

/** What evaluations say that find the finding as an event left it. What people decide leaves it as it was. */
const leaves: Partial<Record<FindingEventKind, { readonly kind: FindingEventKind; readonly text: string }>> =
  {
    detected: failing,
    failing_again: failing,
    still_failing: failing,
    severity_changed: failing,
    reason_changed: failing,
    first_passed: passing,
    now_passing: passing,
    still_passing: passing,
    could_not_read: { kind: "could_not_read", text: "Still could not be evaluated." },
  };

/**
 * The history as people read it, newest first: evaluations that said nothing new are one line that counts them, and
 * so are equal events in a row. A line keeps the newest time and scan it knows. `events` come newest first.
 */
export function historyLines(
  events: readonly StoredEvent[],
  since: Unchanged,
  scanNumbers: ReadonlyMap<string, number>,
): FindingEventView[] {
  const lines: FindingEventView[] = [];
  const add = (event: Omit<StoredEvent, "unchangedBefore">, times: number) => {
    const last = lines.at(-1);
    if (last && last.kind === event.kind && last.text === event.text && last.actor === event.actor) {
      lines[lines.length - 1] = { ...last, times: last.times + times };
      return;
    }
    const scanNumber = event.scanId === null ? null : (scanNumbers.get(event.scanId) ?? null);
    const { id, actor, text } = event;
    const kind = findingEventKinds.parse(event.kind);
    lines.push({ id, at: event.at.toISOString(), kind, actor, text, scanNumber, times });
  };
  const still = (first: number, at: Date, scanId: string | null, times: number) => {
    if (times === 0) return;
    for (const before of events.slice(first)) {
      const line = leaves[findingEventKinds.parse(before.kind)];
      if (line) return add({ id: `${before.id}-still`, at, actor: "system", scanId, ...line }, times);
    }
  };
  const newest = events[0];
  if (newest) still(0, since.lastCheckedAt ?? newest.at, since.lastScanId, since.checks);
  for (const [index, event] of events.entries()) {
    add(event, 1);
    still(index + 1, event.at, null, event.unchangedBefore);
  }
  return lines;
}
