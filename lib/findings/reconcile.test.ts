import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultDuePolicy } from "./due/due-date";
import { type FindingState, type Observed, reconcile } from "./reconcile";

const start = "2026-11-01T00:00:00.000Z";
const observedAt = (minutes: number) => new Date(Date.parse(start) + minutes * 60_000).toISOString();

const fail = (at: number, reason = "SINGLE_REGION_ONLY", severity: "HIGH" | "MEDIUM" = "HIGH"): Observed => ({
  evaluation: { verdict: "FAIL", reason, severity },
  short: "11 of 17 not logged",
  at: observedAt(at),
  begunAt: observedAt(at),
});
const pass = (at: number): Observed => ({
  evaluation: { verdict: "PASS", reason: "COVERED", severity: null },
  short: "17 of 17 logged",
  at: observedAt(at),
  begunAt: observedAt(at),
});
const unread = (at: number): Observed => ({
  evaluation: { verdict: "NOT_EVALUATED", reason: "TRAILS_UNREADABLE", severity: null },
  short: "trails could not be read",
  at: observedAt(at),
  begunAt: observedAt(at),
});

/** A finding that no evaluation has spoken of yet, as the table's defaults make it. */
const unseen: FindingState = {
  status: "none",
  observation: "unknown",
  observationSince: start,
  decided: null,
  lastCheckedAt: null,
  episode: 0,
  firstFailedAt: null,
  due: null,
  claim: null,
  unprovenAt: null,
  comebacks: 0,
};

function run(observations: readonly Observed[], from: FindingState = unseen) {
  let state = from;
  const steps = observations.map((observed) => {
    const previous = state;
    const step = reconcile(previous, observed, defaultDuePolicy);
    state = step.next;
    return { previous, observed, ...step };
  });
  return { state, steps, kinds: steps.flatMap((step) => step.events.map((event) => event.kind)) };
}

/** A finding whose fix was proven at minute 2. */
const verified: FindingState = {
  ...run([fail(1), pass(2)]).state,
  status: "resolved",
  claim: null,
  due: null,
};

describe("a finding", () => {
  test("opens at the first FAIL, as episode 1, and does not open again while it fails", () => {
    const { state, steps, kinds } = run([fail(1), fail(2), fail(3)]);
    expect(state).toMatchObject({
      status: "open",
      observation: "failing",
      episode: 1,
      firstFailedAt: observedAt(1),
    });
    expect(state.observationSince).toBe(observedAt(1));
    expect(steps.map((step) => step.opensEpisode)).toEqual([1, null, null]);
    expect(kinds).toEqual(["detected", "still_failing", "still_failing"]);
  });

  test("that passes awaits verification, and says that it is not verified yet", () => {
    const { state, steps } = run([fail(1), pass(2), pass(3)]);
    expect(state).toMatchObject({ status: "awaiting_verification", observation: "passing", episode: 1 });
    expect(steps.map(({ makesClaim }) => makesClaim)).toEqual([null, "open", null]);
    expect(state.observationSince).toBe(observedAt(2));
    expect(steps[1]?.events[0]).toMatchObject({
      kind: "now_passing",
      text: expect.stringContaining("Not verified yet. We look for the proof."),
      after: { status: "awaiting_verification" },
    });
  });

  test("that fails again after a pass goes on with the same episode, for it was never proven", () => {
    const { state, kinds } = run([fail(1), pass(2), fail(3)]);
    expect(state).toMatchObject({
      status: "open",
      observation: "failing",
      episode: 1,
      firstFailedAt: observedAt(1),
    });
    expect(kinds).toEqual(["detected", "now_passing", "failing_again", "due_changed"]);
  });

  test("counts how often it came back: each FAIL after a PASS, but never the first FAIL", () => {
    const comebacks = (...observations: readonly Observed[]) => run(observations).state.comebacks;
    expect(comebacks(pass(1), fail(2), fail(3))).toBe(0);
    expect(comebacks(fail(1), pass(2), pass(3))).toBe(0);
    expect(comebacks(fail(1), pass(2), fail(3), fail(4))).toBe(1);
    expect(comebacks(fail(1), pass(2), fail(3), pass(4), pass(5), fail(6))).toBe(2);
  });

  test("came back too when it could not be read in between, and did not when only that happened", () => {
    expect(run([fail(1), pass(2), unread(3), fail(4)]).state.comebacks).toBe(1);
    expect(run([fail(1), unread(2), fail(3)]).state.comebacks).toBe(0);
  });

  test("came back in whichever episode it fails again", () => {
    const once = reconcile(verified, fail(3), defaultDuePolicy);
    expect(once).toMatchObject({ opensEpisode: null, next: { status: "resolved", comebacks: 1, due: null } });
    const soon = reconcile(once.next, fail(7), defaultDuePolicy);
    expect(soon).toMatchObject({ opensEpisode: null, next: { status: "resolved", comebacks: 1 } });
    const confirmed = reconcile(soon.next, fail(8), defaultDuePolicy);
    expect(confirmed).toMatchObject({
      opensEpisode: 2,
      next: { status: "reopened", episode: 2, comebacks: 1, due: { setBy: "policy" } },
      events: [{ kind: "reopened" }],
    });
  });

  test("is not reopened by one reading that fails between two that pass, nor by what cannot be read", () => {
    const { state } = run([fail(3), pass(4), fail(9), unread(20)], verified);
    expect(state).toMatchObject({ status: "resolved", observation: "unknown", episode: 1, comebacks: 2 });
  });

  test("that could not be proven is not tried again by every scan, but after it has failed again", () => {
    const { state } = run([fail(1), pass(2)]);
    const unproven = { ...state, status: "in_progress", claim: null, unprovenAt: observedAt(3) } as const;
    expect(run([pass(4), unread(5), pass(6)], unproven).state.status).toBe("in_progress");
    expect(run([fail(4), pass(5)], unproven).state.status).toBe("awaiting_verification");
  });

  test("keeps verdict, reason, severity and their age while it cannot be read", () => {
    const { state } = run([fail(1), unread(2), unread(3)]);
    expect(state.decided).toEqual({ ...run([fail(1)]).state.decided });
    expect(state).toMatchObject({ observation: "unknown", lastCheckedAt: observedAt(3), status: "open" });
    expect(state.observationSince).toBe(observedAt(2));
  });

  test("continues after a gap from when it was last decided", () => {
    expect(run([pass(1), unread(2), pass(3)]).state.observationSince).toBe(observedAt(1));
    expect(run([pass(1), unread(2), fail(3)]).state.observationSince).toBe(observedAt(3));
  });

  test("names a changed severity and a changed reason", () => {
    expect(run([fail(1), fail(2, "SINGLE_REGION_ONLY", "MEDIUM")]).kinds).toEqual([
      "detected",
      "severity_changed",
    ]);
    expect(run([fail(1), fail(2, "NO_TRAIL", "HIGH")]).kinds).toEqual(["detected", "reason_changed"]);
  });

  test("that never failed has no episode, whatever else was seen", () => {
    const { state } = run([pass(1), unread(2), pass(3)]);
    expect(state).toMatchObject({ status: "none", episode: 0, firstFailedAt: null });
  });
});

describe("over any history", () => {
  const history = fc
    .array(fc.constantFrom(fail, pass, unread), { maxLength: 30 })
    .map((kinds) => kinds.map((kind, index) => kind(index + 1)));

  test("NOT_EVALUATED opens, closes and mutes nothing", () => {
    fc.assert(
      fc.property(history, (observations) => {
        for (const { observed, previous, next, opensEpisode } of run(observations).steps) {
          if (observed.evaluation.verdict !== "NOT_EVALUATED") continue;
          expect(opensEpisode).toBeNull();
          expect({ ...next, observation: null, observationSince: null, lastCheckedAt: null }).toEqual({
            ...previous,
            observation: null,
            observationSince: null,
            lastCheckedAt: null,
          });
        }
      }),
    );
  });

  test("no evaluation resolves: a finding that has failed stays open, or awaits verification while it passes", () => {
    fc.assert(
      fc.property(history, (observations) => {
        for (const { previous, next, observed } of run(observations).steps) {
          expect(["none", "open", "awaiting_verification"]).toContain(next.status);
          if (next.status !== previous.status && next.status === "awaiting_verification")
            expect(observed.evaluation.verdict).toBe("PASS");
          if (previous.status !== "none") expect(next.status).not.toBe("none");
        }
      }),
    );
  });

  test("it opens exactly when it first fails, and once", () => {
    fc.assert(
      fc.property(history, (observations) => {
        const { steps, state } = run(observations);
        const firstFail = observations.findIndex((observed) => observed.evaluation.verdict === "FAIL");
        const opened = steps.flatMap((step, index) => (step.opensEpisode === null ? [] : [index]));
        expect(opened).toEqual(firstFail === -1 ? [] : [firstFail]);
        expect(state.episode).toBe(firstFail === -1 ? 0 : 1);
      }),
    );
  });

  test("the comebacks are the changes from passing to failing after the first FAIL", () => {
    fc.assert(
      fc.property(history, (observations) => {
        const decided = observations.map(({ evaluation }) => evaluation.verdict).join(" ");
        const changes = decided.replaceAll("NOT_EVALUATED", "").replace(/^[^F]*/, "");
        expect(run(observations).state.comebacks).toBe(changes.match(/PASS\s+FAIL/g)?.length ?? 0);
      }),
    );
  });

  test("every evaluation leaves at least one line in the history", () => {
    fc.assert(
      fc.property(history, (observations) => {
        for (const step of run(observations).steps) expect(step.events.length).toBeGreaterThan(0);
      }),
    );
  });

  test("what is observed is what the last evaluation said", () => {
    const expected = { FAIL: "failing", PASS: "passing", NOT_EVALUATED: "unknown" } as const;
    fc.assert(
      fc.property(history, (observations) => {
        for (const { observed, next } of run(observations).steps) {
          expect(next.observation).toBe(expected[observed.evaluation.verdict]);
        }
      }),
    );
  });
});

describe("when a finding is due", () => {
  const day = (iso: string | null | undefined) => iso?.slice(0, 10);

  test("is set when it opens, by its severity, and stays while it fails as before", () => {
    const { state } = run([fail(1), fail(2), unread(3), fail(4)]);
    expect([day(state.due?.at), state.due?.setBy]).toEqual(["2026-11-15", "policy"]);
  });

  test("is never set for one that did not fail", () => {
    expect(run([pass(1), unread(2), pass(3)]).state.due).toBeNull();
  });

  test("is set anew when it came back, with half of the days from that day, also where a person had set it", () => {
    const back = 3 * 24 * 60;
    expect(day(run([fail(1), pass(2), fail(back)]).state.due?.at)).toBe("2026-11-11");
    const chosen = {
      ...run([fail(1), pass(2)]).state,
      due: { at: "2027-01-01T00:00:00.000Z", setBy: "person" as const },
    };
    const { next, events } = reconcile(chosen, fail(back), defaultDuePolicy);
    expect([day(next.due?.at), next.due?.setBy]).toEqual(["2026-11-11", "policy"]);
    expect(events.at(-1)).toMatchObject({
      kind: "due_changed",
      before: { dueAt: "2027-01-01T00:00:00.000Z" },
      after: { dueAt: next.due?.at },
    });
  });

  test("comes sooner when it gets worse, later never, and stays where a person chose the day or took it away", () => {
    const medium = run([fail(1, "X", "MEDIUM")]).state;
    expect(day(medium.due?.at)).toBe("2026-12-01");
    expect(day(reconcile(medium, fail(2), defaultDuePolicy).next.due?.at)).toBe("2026-11-15");
    const high = run([fail(1)]).state;
    expect(reconcile(high, fail(2, "X", "MEDIUM"), defaultDuePolicy).next.due).toEqual(high.due);
    for (const at of ["2026-11-30T00:00:00.000Z", null]) {
      const chosen = { ...medium, due: { at, setBy: "person" as const } };
      expect(reconcile(chosen, fail(2), defaultDuePolicy).next.due).toEqual(chosen.due);
    }
  });
});

describe("a finding that somebody claims fixed", () => {
  const claimed: FindingState = {
    ...run([fail(1)]).state,
    status: "awaiting_verification",
    claim: { from: "in_progress", at: observedAt(10), isAsked: true },
  };

  test("stands while it passes or cannot be read, and when a scan fails that began before the claim", () => {
    for (const observed of [pass(11), unread(11), { ...fail(11), begunAt: observedAt(9) }]) {
      const { next, endsClaim } = reconcile(claimed, observed, defaultDuePolicy);
      expect([next.status, next.claim, endsClaim]).toEqual(["awaiting_verification", claimed.claim, null]);
    }
  });

  test("is what it was before when a scan fails that began after the claim, and says so", () => {
    const { next, endsClaim, events } = reconcile(claimed, fail(11), defaultDuePolicy);
    expect([next.status, next.claim, endsClaim]).toEqual(["in_progress", null, "refuted"]);
    expect(events.map(({ kind }) => kind)).toEqual(["still_failing", "claim_refuted"]);
  });

  test("out of scope opens again, as a new episode that is due anew, when its account is read again and fails", () => {
    const closed: FindingState = { ...claimed, status: "closed_out_of_scope", claim: null, due: null };
    expect(reconcile(closed, pass(20), defaultDuePolicy).next.status).toBe("closed_out_of_scope");
    const { next, opensEpisode, events } = reconcile(closed, fail(20), defaultDuePolicy);
    expect([next.status, next.episode, opensEpisode, next.due?.setBy]).toEqual(["open", 2, 2, "policy"]);
    expect(events).toMatchObject([
      { kind: "detected", text: "Connected again, and failing: 11 of 17 not logged." },
    ]);
  });
});
