import { describe, expect, test } from "vitest";
import type { MoveFacts } from "./guards";
import { type FindingStatus, findingStatuses } from "./states";
import { allowedMoves, type LifecycleFacts, lifecycleEvents, lifecycleRows, transition } from "./transition";

const ready: MoveFacts = {
  hasOwner: true,
  isAccountReadable: true,
  episode: 1,
  reason: "The change has to wait.",
  guardrail: null,
  guardrailWaiver: null,
};
const facts: LifecycleFacts = {
  episode: 3,
  claimedFrom: "in_progress",
  isAfterClaim: true,
  isConfirmed: true,
  move: ready,
};

const pairs = findingStatuses.values.flatMap((status) =>
  lifecycleEvents.map((event) => ({ status, event, name: `${status} × ${event}` })),
);

/** What product.md says, row by row; every pair that is not here changes nothing or is refused. */
const moves: Readonly<Record<string, readonly [to: FindingStatus, ...follows: string[]]>> = {
  "none × failing_observed": ["open", "episode 4"],
  "awaiting_verification × failing_observed": ["in_progress", "claim refuted"],
  "closed_out_of_scope × failing_observed": ["open", "episode 4"],
  "resolved × failing_observed": ["reopened", "episode 4"],
  "open × passing_observed": ["awaiting_verification", "claim from open"],
  "in_progress × passing_observed": ["awaiting_verification", "claim from in_progress"],
  "reopened × passing_observed": ["awaiting_verification", "claim from reopened"],
  "open × account_disconnected": ["closed_out_of_scope"],
  "reopened × account_disconnected": ["closed_out_of_scope"],
  "in_progress × account_disconnected": ["closed_out_of_scope"],
  "awaiting_verification × account_disconnected": ["closed_out_of_scope", "claim out_of_scope"],
  "open × in_progress_asked": ["in_progress"],
  "awaiting_verification × in_progress_asked": ["in_progress", "claim withdrawn"],
  "reopened × in_progress_asked": ["in_progress"],
  "in_progress × open_asked": ["open"],
  "open × awaiting_verification_asked": ["awaiting_verification", "claim from open"],
  "in_progress × awaiting_verification_asked": ["awaiting_verification", "claim from in_progress"],
  "reopened × awaiting_verification_asked": ["awaiting_verification", "claim from reopened"],
  "awaiting_verification × verification_passed": ["resolved", "claim verified"],
  "awaiting_verification × verification_failed": ["in_progress", "claim refuted"],
  "awaiting_verification × verification_timed_out": ["in_progress", "claim timed_out"],
};

/** Pairs of a person that the table refuses. */
const refused = [
  "none × open_asked",
  "none × in_progress_asked",
  "none × awaiting_verification_asked",
  "open × open_asked",
  "in_progress × in_progress_asked",
  "awaiting_verification × open_asked",
  "awaiting_verification × awaiting_verification_asked",
  "resolved × open_asked",
  "resolved × in_progress_asked",
  "resolved × awaiting_verification_asked",
  "reopened × open_asked",
  "closed_out_of_scope × open_asked",
  "closed_out_of_scope × in_progress_asked",
  "closed_out_of_scope × awaiting_verification_asked",
];

describe("the lifecycle of a finding", () => {
  test("says what every event does to every status, in exactly one row", () => {
    const rowsOf = ({ status, event }: (typeof pairs)[number]) =>
      lifecycleRows.filter((row) => row.event === event && row.from.includes(status)).length;
    expect(pairs.filter((pair) => rowsOf(pair) !== 1).map(({ name }) => name)).toEqual([]);
  });

  test.each(pairs)("$name", ({ status, event, name }) => {
    const moved = transition(status, event, facts);
    if (event === "resolved_asked") {
      expect(moved).toEqual({
        ok: false,
        refusal: {
          code: "verification_required",
          reason: expect.stringContaining("look for delivered events in every enabled Region"),
        },
      });
    } else if (refused.includes(name)) {
      expect(moved).toMatchObject({ ok: false, refusal: { code: "transition_not_allowed" } });
    } else {
      const [to, ...follows] = moves[name] ?? [status];
      expect(moved.ok && [moved.status, ...moved.events.map(said)]).toEqual([to, ...follows]);
    }
  });

  test("keeps a claim that a scan contradicts which began before it", () => {
    expect(
      transition("awaiting_verification", "failing_observed", { ...facts, isAfterClaim: false }),
    ).toEqual({
      ok: true,
      status: "awaiting_verification",
      events: [],
    });
  });

  test("leads to resolved from one place alone", () => {
    const leading = pairs.filter(({ status, event }) => {
      const moved = transition(status, event, facts);
      return moved.ok && moved.status === "resolved" && status !== "resolved";
    });
    expect(leading.map(({ name }) => name)).toEqual(["awaiting_verification × verification_passed"]);
  });

  test("reopens what was proven only after a second reading", () => {
    const once = transition("resolved", "failing_observed", { ...facts, isConfirmed: false });
    expect(once).toEqual({ ok: true, status: "resolved", events: [] });
  });

  test("does not try to prove a pass again that could not be proven", () => {
    const tried = transition("open", "passing_observed", { ...facts, wasTriedToProve: true });
    expect(tried).toEqual({ ok: true, status: "open", events: [] });
  });

  test.each([
    ["open", "in_progress_asked", { hasOwner: false }, "owner", ["ownerId"]],
    ["in_progress", "open_asked", { reason: null }, "reason", ["reason"]],
    ["open", "awaiting_verification_asked", { isAccountReadable: false }, "account_readable", []],
    ["open", "awaiting_verification_asked", { episode: 3 }, "guardrail", ["guardrail", "guardrailWaiver"]],
  ] as const)("refuses %s × %s while %o, and says what is missing", (status, event, lacking, id, needs) => {
    expect(transition(status, event, { ...facts, move: { ...ready, ...lacking } })).toMatchObject({
      ok: false,
      refusal: { code: "guard_unmet", guards: [{ id, needs }] },
    });
  });

  test.each([{ guardrail: "Organization trail" }, { guardrailWaiver: "The account closes in May." }])(
    "lets what came back twice be claimed with %o",
    (answer) => {
      const move = { ...ready, episode: 3, ...answer };
      expect(transition("open", "awaiting_verification_asked", { ...facts, move }).ok).toBe(true);
    },
  );

  test("tells which moves there are, with what is missing for each, and Resolved is none of them", () => {
    const unready = { ...ready, hasOwner: false, reason: null };
    const told = findingStatuses.values.map((status) => [
      status,
      allowedMoves(status, unready).map(({ to, guards }) => [to, ...guards.map(({ id }) => id)]),
    ]);
    expect(Object.fromEntries(told)).toEqual({
      none: [],
      open: [["in_progress", "owner"], ["awaiting_verification"]],
      in_progress: [["open", "reason"], ["awaiting_verification"]],
      awaiting_verification: [["in_progress"]],
      resolved: [],
      reopened: [["in_progress", "owner"], ["awaiting_verification"]],
      closed_out_of_scope: [],
    });
  });

  test("throws for a pair that the table lacks, rather than leave things as they were", () => {
    const lacking = lifecycleRows.filter((row) => row.event !== "passing_observed");
    expect(() => transition("open", "passing_observed", facts, lacking)).toThrow(
      "no row for passing_observed on a finding that is open",
    );
  });

  test("throws for a person's move without the facts that it is checked against", () => {
    const { move: _move, ...without } = facts;
    expect(() => transition("open", "in_progress_asked", without)).toThrow("needs the facts of the move");
  });
});

function said(event: { kind: string; episode?: number; ending?: string; from?: string }): string {
  if (event.kind === "episode_opened") return `episode ${event.episode}`;
  return event.kind === "claim_made" ? `claim from ${event.from}` : `claim ${event.ending}`;
}
