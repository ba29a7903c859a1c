import { expect, test } from "vitest";
import { landing, type Standing } from "./landing";

const failing: Standing = {
  scan: 14,
  decidedScan: 14,
  observation: "failing",
  since: "2026-11-25T21:19:00.000Z",
  blind: 12,
  short: "12 of 17 not logged",
};
const passing: Standing = {
  scan: 15,
  decidedScan: 15,
  observation: "passing",
  since: "2026-11-25T21:22:00.000Z",
  blind: 0,
  short: "17 of 17 logged",
};

test("a fix that landed says before and after, and how long it failed", () => {
  expect(landing(failing, passing, true)).toEqual({
    tone: "proven",
    title: "Scan #15 finished:",
    change: "12 blind Regions → 0",
    note: "failing for 3 min",
  });
  // Set up, but the first delivery is outstanding: not green.
  expect(landing(failing, passing, false)?.tone).toBe("wait");
});

test("a finding that comes back says how long it passed", () => {
  const back = { ...failing, scan: 24, decidedScan: 24, since: "2026-12-04T21:22:00.000Z" };
  expect(landing(passing, back, true)).toMatchObject({
    tone: "blind",
    change: "0 blind Regions → 12",
    note: "after passing for 9 days",
  });
});

test("part of a fix, no change, and what could not be read each say so", () => {
  const partly = { ...failing, scan: 15, decidedScan: 15, blind: 1, short: "1 of 17 not logged" };
  expect(landing(failing, partly, true)).toMatchObject({
    tone: "wait",
    change: "12 blind Regions → 1",
    note: "still failing",
  });
  const same = { ...failing, scan: 15, decidedScan: 15 };
  expect(landing(failing, same, true)).toMatchObject({
    tone: "neutral",
    change: "nothing changed, still failing.",
  });
  const unread: Standing = { ...failing, scan: 15, observation: "unknown" };
  expect(landing(failing, unread, true)).toMatchObject({
    tone: "wait",
    change: "it could not evaluate this account. The verdict of scan #14 still applies.",
  });
  expect(landing(failing, failing, true)).toBeNull();
});

test("a check of the account says it in the words of its verdict", () => {
  const off = { ...failing, blind: null, short: "Validation off on 5 trails" };
  const on = { ...passing, blind: null, short: "Log file validation is on" };
  expect(landing(off, on, true)?.change).toBe("Validation off on 5 trails → Log file validation is on");
});
