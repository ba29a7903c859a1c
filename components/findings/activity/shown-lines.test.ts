import { describe, expect, test } from "vitest";
import type { CommentLine, EventLine } from "@/lib/findings/timeline-view";
import { shownLines } from "./shown-lines";

const actor = { type: "person", id: "u1", name: "Mina Okafor" } as const;
let made = 0;

function event(more: Partial<EventLine> = {}): EventLine {
  const id = String(++made);
  return {
    type: "event",
    id,
    cursor: `behind ${id}`,
    at: "2026-11-22T12:00:00Z",
    kind: "still_failing",
    actor: { type: "system", id: null, name: null },
    text: "Still failing: 11 of 17.",
    scanNumber: 3,
    times: 1,
    isUnchanged: false,
    status: null,
    due: null,
    owner: null,
    ...more,
  };
}

/** Two rows: what was done, and why. */
const withReason = () =>
  event({
    kind: "due_changed",
    actor,
    text: `Due date removed: ${"Change freeze until the audit is over. ".repeat(3)}`,
    due: { from: null, to: null },
  });

function comment(body: string): CommentLine {
  const id = String(++made);
  return {
    type: "comment",
    id,
    cursor: `behind ${id}`,
    at: "2026-11-22T12:00:00Z",
    author: actor,
    body,
    mentions: [],
  };
}

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

describe("of the activity the page shows", () => {
  test("four lines, and a fifth that would be folded alone", () => {
    expect(shownLines(times(4, event), false)).toBe(4);
    expect(shownLines(times(5, event), false)).toBe(5);
    expect(shownLines(times(6, event), false)).toBe(4);
    expect(shownLines(times(5, event), true)).toBe(4);
    expect(shownLines([], false)).toBe(0);
  });

  test("fewer when they are long, so that a finding with a long history is no long page", () => {
    expect(shownLines(times(4, withReason), false)).toBe(2);
    expect(shownLines([event(), ...times(3, withReason)], false)).toBe(3);
    expect(shownLines([event(), withReason(), withReason()], false)).toBe(3);
    expect(shownLines([comment("a".repeat(300)), event(), event()], false)).toBe(1);
    expect(shownLines([event(), comment("one\ntwo\nthree\nfour"), event()], false)).toBe(1);
  });

  test("the newest, however long it is", () => {
    expect(shownLines([comment("a".repeat(10_000)), event(), event()], false)).toBe(1);
  });

  test("together what one row of the history says", () => {
    const lines = times(9, event).map((line, place) => ({
      ...line,
      cursor: place < 6 ? "one" : line.cursor,
    }));
    expect(shownLines(lines, false)).toBe(6);
  });
});
