import { expect, test } from "vitest";
import type { Names } from "@/lib/findings/names";
import { type TimelineRow, timelineLines } from "./timeline-lines";

const names: Names = {
  person: (id) => ({ id, name: id === "u1" ? "Mina Okafor" : null }),
  actor: (stored) => ({ type: stored === "system" ? "system" : "person", id: null, name: stored }),
};

const row = (id: string, kind: string, text: string, more: Partial<TimelineRow> = {}): TimelineRow => ({
  type: "event",
  id,
  cursor: `behind ${id}`,
  at: new Date(`2026-11-22T12:00:0${id}Z`),
  kind,
  actor: "system",
  text,
  scanNumber: null,
  before: null,
  after: null,
  unchanged: 0,
  confirms: null,
  mentions: null,
  ...more,
});

test("equal events in a row become one line that counts them and keeps the newest time and scan", () => {
  const lines = timelineLines(
    [
      row("4", "could_not_read", "Could not be evaluated: denied.", { scanNumber: 12 }),
      row("3", "could_not_read", "Could not be evaluated: denied."),
      row("2", "could_not_read", "Could not be evaluated: throttled."),
      row("1", "detected", "Detected: 11 of 17."),
    ],
    names,
  );
  expect(lines).toMatchObject([
    { id: "4", times: 2, scanNumber: 12, cursor: "behind 3" },
    { id: "2", times: 1, scanNumber: null },
    { id: "1", times: 1 },
  ]);
});

test("evaluations that said nothing new are counted between the events, and since the last one", () => {
  const since = { type: "since", unchanged: 30, confirms: "now_passing", scanNumber: 50 } as const;
  const lines = timelineLines(
    [
      row("9", "", "", { ...since, kind: null }),
      row("2", "now_passing", "Now passing: 17 of 17.", { unchanged: 9, confirms: "detected" }),
      row("1", "detected", "Detected: 11 of 17."),
    ],
    names,
  );
  expect(lines).toMatchObject([
    { kind: "still_passing", text: "Still passing.", times: 30, scanNumber: 50, isUnchanged: true },
    { kind: "now_passing", times: 1, isUnchanged: false },
    { kind: "still_failing", times: 9, at: "2026-11-22T12:00:02.000Z", cursor: "behind 2" },
    { kind: "detected", times: 1 },
  ]);
});

test("evaluations that failed for the same reason are counted too", () => {
  const lines = timelineLines(
    [
      row("2", "", "", { type: "since", kind: null, unchanged: 6, confirms: "could_not_read" }),
      row("1", "could_not_read", "Could not be evaluated: denied."),
    ],
    names,
  );
  expect(lines).toMatchObject([
    { kind: "could_not_read", text: "Still could not be evaluated.", times: 6 },
    { kind: "could_not_read", times: 1 },
  ]);
});

test("events of an earlier version, one for each evaluation, read the same", () => {
  const lines = timelineLines(
    [
      row("9", "", "", { type: "since", kind: null, unchanged: 2, confirms: "still_failing" }),
      row("3", "still_failing", "Still failing: 11 of 17."),
      row("2", "still_failing", "Still failing: 11 of 17."),
      row("1", "detected", "Detected: 11 of 17."),
    ],
    names,
  );
  expect(lines).toMatchObject([
    { kind: "still_failing", times: 2 },
    { kind: "still_failing", times: 2 },
    { kind: "detected", times: 1 },
  ]);
});

test("a comment between two equal events keeps them apart", () => {
  const lines = timelineLines(
    [
      row("3", "still_failing", "Still failing: 11 of 17."),
      row("2", "", "Who owns **acme-audit**?", { type: "comment", kind: null, mentions: ["u1", "u2"] }),
      row("1", "still_failing", "Still failing: 11 of 17."),
    ],
    names,
  );
  expect(lines).toMatchObject([
    { kind: "still_failing", times: 1 },
    {
      type: "comment",
      body: "Who owns **acme-audit**?",
      mentions: [{ name: "Mina Okafor" }, { name: null }],
    },
    { kind: "still_failing", times: 1 },
  ]);
});

test("a line knows what it changed, and people by their names", () => {
  const lines = timelineLines(
    [
      row("3", "started", "In progress.", { before: { status: "open" }, after: { status: "in_progress" } }),
      row("2", "due_changed", "Due date removed: x", {
        before: { dueAt: "2026-12-09T23:00:00Z" },
        after: { dueAt: null },
      }),
      row("1", "assigned", "Assigned to Mina.", { before: { ownerId: null }, after: { ownerId: "u1" } }),
    ],
    names,
  );
  expect(lines).toMatchObject([
    { status: { from: "open", to: "in_progress" }, due: null, owner: null },
    { status: null, due: { from: "2026-12-09T23:00:00Z", to: null } },
    { owner: { from: null, to: { id: "u1", name: "Mina Okafor" } } },
  ]);
});
