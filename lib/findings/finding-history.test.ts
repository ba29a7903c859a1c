import { expect, test } from "vitest";
import { collapseHistory } from "./finding-history";

const event = (id: string, kind: string, text: string) => ({
  id,
  at: new Date(`2026-11-22T12:00:0${id}Z`),
  kind,
  actor: "system",
  text,
  scanId: `scan-${id}`,
});

test("equal lines in a row become one that counts them and keeps the newest time and scan", () => {
  const events = [
    event("4", "still_failing", "Still failing: 11 of 17."),
    event("3", "still_failing", "Still failing: 11 of 17."),
    event("2", "could_not_read", "Could not be evaluated."),
    event("1", "still_failing", "Still failing: 11 of 17."),
  ];
  const lines = collapseHistory(events, new Map([["scan-4", 12]]));
  expect(lines.map((line) => [line.id, line.times, line.scanNumber])).toEqual([
    ["4", 2, 12],
    ["2", 1, null],
    ["1", 1, null],
  ]);
});
