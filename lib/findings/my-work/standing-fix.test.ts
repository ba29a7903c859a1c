import { expect, test } from "vitest";
import type { SuggestedChange } from "@/lib/checks/suggested-change";
import { lineOf } from "./standing-fix";

const change = (text: string, more: Partial<SuggestedChange> = {}): SuggestedChange => ({
  action: "CONVERT",
  title: "Convert it",
  reasons: [],
  command: [{ text }, { text: " --is-multi-region-trail", changed: true }],
  steps: [],
  notes: [],
  ...more,
});

test("a command over several lines becomes the one line that a shell reads", () => {
  expect(lineOf(change("aws cloudtrail update-trail \\\n  --name audit"))).toEqual([
    { text: "aws cloudtrail update-trail --name audit" },
    { text: " --is-multi-region-trail", changed: true },
  ]);
});

test("several commands, a managed trail and a change without a command have no line", () => {
  expect(lineOf(change("aws one\naws two"))).toBeNull();
  expect(
    lineOf(change("aws one", { managedBy: { tool: "terraform", text: "Terraform manages it." } })),
  ).toBeNull();
  const { command: _command, ...none } = change("x");
  expect(lineOf(none)).toBeNull();
  expect(lineOf(null)).toBeNull();
});
