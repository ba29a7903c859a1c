import { describe, expect, test } from "vitest";
import type { EventLine } from "@/lib/findings/timeline-view";
import { actorName, deedOf } from "./activity-words";

const line = (kind: EventLine["kind"], text: string, more: Partial<EventLine> = {}): EventLine => ({
  type: "event",
  cursor: "",
  id: "1",
  at: "2026-11-26T12:00:00.000Z",
  kind,
  actor: { type: "person", id: "u1", name: "Jonas Weber" },
  text,
  scanNumber: null,
  times: 1,
  isUnchanged: false,
  status: null,
  due: null,
  owner: null,
  ...more,
});
const mina = { id: "u2", name: "Mina Okafor" };

describe("what somebody did", () => {
  test("names people as they are called now", () => {
    const assigned = line("assigned", "Assigned to Mina O.", { owner: { from: null, to: mina } });
    expect(deedOf(assigned)).toMatchObject({ verb: "assigned", object: "Mina Okafor", note: null });
    const left = line("unassigned", "Unassigned: its owner left.", {
      owner: { from: { id: "x", name: null }, to: null },
    });
    expect(deedOf(left)).toMatchObject({ object: "a former member", note: "its owner left." });
  });

  test("tells a move with its status before and after, what was checked and what was said", () => {
    const started = line("started", "In progress. Converting acme-audit now.", {
      status: { from: "open", to: "in_progress" },
    });
    expect(deedOf(started)).toMatchObject({
      verb: "moved it to In progress",
      note: "Converting acme-audit now.",
      change: "Open → In progress",
      checked: "somebody owns it",
    });
    expect(deedOf(line("claim_withdrawn", "Claim withdrawn."))).toMatchObject({ note: null, checked: null });
  });

  test("tells a changed due date with its reason", () => {
    const due = { from: null, to: "2026-12-09T22:59:59.999Z" };
    expect(deedOf(line("due_changed", "Due date changed: Freeze: no deploys", { due }))).toMatchObject({
      note: "Freeze: no deploys",
      due,
    });
  });

  test("is left to the line's own text where nothing more is known", () => {
    expect(deedOf(line("out_of_scope", "Out of scope."))).toBeNull();
    expect(deedOf(line("assigned", "Assigned."))).toBeNull();
  });
});

test("whoever has no name is still somebody", () => {
  expect(actorName({ type: "person", id: "u", name: null })).toBe("A former member");
  expect(actorName({ type: "token", id: "t", name: null })).toBe("An API token");
  expect(actorName({ type: "token", id: "t", name: "CI" })).toBe("CI");
  expect(actorName({ type: "system", id: null, name: null })).toBe("Posturio");
});
