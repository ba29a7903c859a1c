import {
  type FindingEventKind,
  type FindingStatus,
  findingEventKinds,
  findingStatuses,
} from "@/lib/findings/lifecycle/states";
import type { Names } from "@/lib/findings/names";
import type { EventLine, TimelineLine } from "@/lib/findings/timeline-view";

/** A row of the timeline as the query gives it. */
export interface TimelineRow {
  /** Behind it. */
  readonly cursor: string;
  readonly type: "event" | "comment" | "since";
  readonly id: string;
  readonly at: Date;
  /** Of an event; null where only the scans before it are asked for. */
  readonly kind: string | null;
  readonly actor: string;
  /** What the line says, or the comment. */
  readonly text: string;
  readonly scanNumber: number | null;
  readonly before: Stored | null;
  readonly after: Stored | null;
  /** Scans before it, or since the last event, that said nothing new, and the kind of event that they confirm. */
  readonly unchanged: number;
  readonly confirms: string | null;
  readonly mentions: readonly string[] | null;
}

type Stored = Readonly<Record<string, unknown>>;

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

/** Kinds of event that a later evaluation can confirm. */
export const confirmedKinds = findingEventKinds.values.filter((kind) => leaves[kind] !== undefined);

/** Everybody who stands in the rows. */
export function peopleIn(rows: readonly TimelineRow[]): { actors: string[]; people: string[] } {
  const owners = rows.flatMap(({ before, after }) => [textIn(before, "ownerId"), textIn(after, "ownerId")]);
  return {
    actors: rows.map(({ actor }) => actor),
    people: [...owners.filter((id) => id !== null), ...rows.flatMap(({ mentions }) => mentions ?? [])],
  };
}

/**
 * The timeline as people read it, newest first like its rows: scans that said nothing new are one line that counts
 * them, and so are equal events in a row. A line keeps the newest time and scan it knows.
 */
export function timelineLines(rows: readonly TimelineRow[], names: Names): TimelineLine[] {
  const lines: TimelineLine[] = [];
  const add = (line: EventLine) => {
    const last = lines.at(-1);
    if (last?.type === "event" && isSame(last, line)) {
      lines[lines.length - 1] = { ...last, times: last.times + line.times, cursor: line.cursor };
    } else lines.push(line);
  };
  for (const row of rows) {
    if (row.type === "comment") lines.push(commentLine(row, names));
    if (row.type === "event" && row.kind !== null) add(eventLine(row, row.kind, names));
    const unchanged = unchangedLine(row, names);
    if (unchanged) add(unchanged);
  }
  return lines;
}

function isSame(one: EventLine, other: EventLine): boolean {
  return (
    one.kind === other.kind &&
    one.text === other.text &&
    one.actor.id === other.actor.id &&
    one.actor.type === other.actor.type &&
    one.isUnchanged === other.isUnchanged
  );
}

function commentLine(row: TimelineRow, names: Names): TimelineLine {
  return {
    type: "comment",
    cursor: row.cursor,
    id: row.id,
    at: row.at.toISOString(),
    author: names.actor(row.actor),
    body: row.text,
    mentions: (row.mentions ?? []).map(names.person),
  };
}

function eventLine(row: TimelineRow, kind: string, names: Names): EventLine {
  const { before, after } = row;
  const has = (member: string) => before?.[member] !== undefined || after?.[member] !== undefined;
  const [from, to] = [textIn(before, "ownerId"), textIn(after, "ownerId")];
  return {
    type: "event",
    cursor: row.cursor,
    id: row.id,
    at: row.at.toISOString(),
    kind: findingEventKinds.parse(kind),
    actor: names.actor(row.actor),
    text: row.text,
    scanNumber: row.scanNumber,
    times: 1,
    isUnchanged: false,
    status: has("status") ? { from: statusIn(before), to: statusIn(after) } : null,
    due: has("dueAt") ? { from: textIn(before, "dueAt"), to: textIn(after, "dueAt") } : null,
    owner: has("ownerId")
      ? { from: from === null ? null : names.person(from), to: to === null ? null : names.person(to) }
      : null,
  };
}

function unchangedLine(row: TimelineRow, names: Names): EventLine | null {
  const said = row.confirms === null ? undefined : leaves[findingEventKinds.parse(row.confirms)];
  if (row.unchanged === 0 || said === undefined) return null;
  return {
    type: "event",
    cursor: row.cursor,
    id: `${row.id}-still`,
    at: row.at.toISOString(),
    ...said,
    actor: names.actor("system"),
    scanNumber: row.type === "since" ? row.scanNumber : null,
    times: row.unchanged,
    isUnchanged: true,
    status: null,
    due: null,
    owner: null,
  };
}

function textIn(stored: Stored | null, member: string): string | null {
  const value = stored?.[member];
  return typeof value === "string" ? value : null;
}

function statusIn(stored: Stored | null): FindingStatus | null {
  const text = textIn(stored, "status");
  return text !== null && findingStatuses.is(text) ? text : null;
}
