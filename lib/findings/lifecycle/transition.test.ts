import { describe, expect, test } from "vitest";
import { findingStatuses } from "./states";
import { lifecycleEvents, lifecycleRows, transition } from "./transition";

const pairs = findingStatuses.values.flatMap((status) =>
  lifecycleEvents.map((event) => ({ status, event, name: `${status} × ${event}` })),
);

describe("the lifecycle of a finding", () => {
  test("says what every event does to every status, in exactly one row", () => {
    const rowsOf = ({ status, event }: (typeof pairs)[number]) =>
      lifecycleRows.filter((row) => row.event === event && row.from.includes(status)).length;
    expect(pairs.filter((pair) => rowsOf(pair) !== 1).map(({ name }) => name)).toEqual([]);
  });

  test("opens a finding at its first FAIL, with the next episode, and moves nothing else", () => {
    const moves = pairs.flatMap(({ status, event, name }) => {
      const moved = transition(status, event, { episode: 3 });
      return moved.ok && (moved.status !== status || moved.events.length > 0) ? [{ name, ...moved }] : [];
    });
    expect(moves).toEqual([
      {
        name: "none × failing_observed",
        ok: true,
        status: "open",
        events: [{ kind: "episode_opened", episode: 4 }],
      },
    ]);
  });

  test("refuses everyone who asks for Resolved, in any status, and says what would do it", () => {
    for (const status of findingStatuses.values) {
      expect(transition(status, "resolve_asked", { episode: 1 })).toEqual({
        ok: false,
        refusal: {
          code: "verification_required",
          reason: expect.stringContaining("a verification of configuration and delivery"),
        },
      });
    }
  });

  test("has no path into a status that the product does not have", () => {
    const reached = lifecycleRows.flatMap(({ effect }) => (effect.kind === "move" ? [effect.to] : []));
    expect(reached.filter((status) => !findingStatuses.is(status))).toEqual([]);
  });

  test("throws for a pair that the table lacks, rather than leave things as they were", () => {
    const lacking = lifecycleRows.filter((row) => row.event !== "passing_observed");
    expect(() => transition("open", "passing_observed", { episode: 1 }, lacking)).toThrow(
      "no row for passing_observed on a finding that is open",
    );
  });
});
