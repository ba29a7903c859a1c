import { expect, test } from "vitest";
import { historyLines } from "./finding-history";

const event = (id: string, kind: string, text: string, unchangedBefore = 0) => ({
  id,
  at: new Date(`2026-11-22T12:00:0${id}Z`),
  kind,
  actor: "system",
  text,
  scanId: `scan-${id}`,
  unchangedBefore,
});
const nothingSince = { checks: 0, lastCheckedAt: null, lastScanId: null };

test("equal events in a row become one line that counts them and keeps the newest time and scan", () => {
  const events = [
    event("4", "could_not_read", "Could not be evaluated: denied."),
    event("3", "could_not_read", "Could not be evaluated: denied."),
    event("2", "could_not_read", "Could not be evaluated: throttled."),
    event("1", "detected", "Detected: 11 of 17."),
  ];
  const lines = historyLines(events, nothingSince, new Map([["scan-4", 12]]));
  expect(lines.map((line) => [line.id, line.times, line.scanNumber])).toEqual([
    ["4", 2, 12],
    ["2", 1, null],
    ["1", 1, null],
  ]);
});

test("evaluations that said nothing new are counted between the events, and since the last one", () => {
  const events = [
    event("2", "now_passing", "Now passing: 17 of 17.", 9),
    event("1", "detected", "Detected: 11 of 17."),
  ];
  const since = { checks: 30, lastCheckedAt: new Date("2026-12-22T12:00:00Z"), lastScanId: "scan-50" };
  expect(historyLines(events, since, new Map([["scan-50", 50]]))).toMatchObject([
    {
      kind: "still_passing",
      text: "Still passing.",
      times: 30,
      at: "2026-12-22T12:00:00.000Z",
      scanNumber: 50,
    },
    { kind: "now_passing", times: 1 },
    { kind: "still_failing", text: "Still failing.", times: 9, at: "2026-11-22T12:00:02.000Z" },
    { kind: "detected", times: 1 },
  ]);
});

test("evaluations that failed for the same reason are counted too", () => {
  const events = [event("1", "could_not_read", "Could not be evaluated: denied.")];
  const since = { checks: 6, lastCheckedAt: new Date("2026-11-28T12:00:00Z"), lastScanId: null };
  expect(historyLines(events, since, new Map())).toMatchObject([
    { kind: "could_not_read", text: "Still could not be evaluated.", times: 6 },
    { kind: "could_not_read", times: 1 },
  ]);
});

test("events of an earlier version, one for each evaluation, read the same", () => {
  const events = [
    event("3", "still_failing", "Still failing: 11 of 17.", 0),
    event("2", "still_failing", "Still failing: 11 of 17.", 0),
    event("1", "detected", "Detected: 11 of 17."),
  ];
  const lines = historyLines(events, { ...nothingSince, checks: 2 }, new Map());
  expect(lines.map(({ kind, times }) => [kind, times])).toEqual([
    ["still_failing", 2],
    ["still_failing", 2],
    ["detected", 1],
  ]);
});
