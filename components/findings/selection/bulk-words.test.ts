import { expect, test } from "vitest";
import { bulkActions, skipLabels, skipReasons } from "@/lib/findings/bulk-states";
import { doIt, hasHappened, skippedGroups, willHappen } from "./bulk-words";

test("every change is said before, on its button and after, for one and for many", () => {
  for (const action of bulkActions.values) {
    const asked = { action, owner: "Mina", due: "9 Dec 2026" };
    for (const say of [willHappen, hasHappened]) {
      expect(say(asked, 1)).toMatch(/^[A-Z1].*\b1 \w+\b.*\.$|^1 .*\.$/);
      expect(say(asked, 3)).toMatch(/\b3 (findings|accounts)\b/);
    }
    expect(doIt(asked, 3)).toMatch(/^[A-Z].*\b3 /);
  }
  expect(willHappen({ action: "assign", owner: null }, 2)).toBe("2 findings will have no owner.");
  expect(doIt({ action: "due", due: null }, 2)).toBe("Remove 2 due dates");
});

test("what is skipped is counted by its reason, the most common first, and loses no key", () => {
  const skipped = [
    { key: "PST-1", reason: "not_open" },
    { key: "PST-2", reason: "already_claimed" },
    { key: "PST-3", reason: "already_claimed" },
  ] as const;
  expect(skippedGroups(skipped)).toEqual([
    { reason: "already_claimed", text: "2 already awaiting verification", keys: ["PST-2", "PST-3"] },
    { reason: "not_open", text: "1 not open", keys: ["PST-1"] },
  ]);
  for (const reason of skipReasons.values) expect(skipLabels[reason]).toMatch(/^[a-z][^.]+$/);
});
