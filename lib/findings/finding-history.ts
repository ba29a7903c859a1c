import type { FindingEventView } from "./finding-view";
import { findingEventKinds } from "./lifecycle/states";

export interface StoredEvent {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string;
  readonly text: string;
  readonly scanId: string | null;
}

/**
 * The history as people read it, newest first: equal lines in a row become one that says how many times. The
 * line keeps the newest time and scan. `events` come newest first.
 */
export function collapseHistory(
  events: readonly StoredEvent[],
  scanNumbers: ReadonlyMap<string, number>,
): FindingEventView[] {
  const lines: FindingEventView[] = [];
  for (const event of events) {
    const last = lines.at(-1);
    if (last && last.kind === event.kind && last.text === event.text && last.actor === event.actor) {
      lines[lines.length - 1] = { ...last, times: last.times + 1 };
      continue;
    }
    lines.push({
      id: event.id,
      at: event.at.toISOString(),
      kind: findingEventKinds.parse(event.kind),
      actor: event.actor,
      text: event.text,
      scanNumber: event.scanId === null ? null : (scanNumbers.get(event.scanId) ?? null),
      times: 1,
    });
  }
  return lines;
}
