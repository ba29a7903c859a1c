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

test("what a command reads back of itself, and how to undo it, is left out", () => {
  const block =
    "aws cloudtrail update-trail \\\n  --name audit\n\naws cloudtrail get-trail \\\n  --name audit\n\ncat <<'TEXT'\nUndo:\naws x\nTEXT";
  expect(lineOf(change("", { command: [{ text: block }] }))).toEqual([
    { text: "aws cloudtrail update-trail --name audit" },
  ]);
});

test("a marked flag stays marked, wherever the command ends", () => {
  const command = [
    { text: "aws cloudtrail update-trail \\\n  " },
    { text: "--is-multi-region-trail", changed: true },
    { text: "\n\naws cloudtrail get-trail" },
  ];
  expect(lineOf(change("", { command }))).toEqual([
    { text: "aws cloudtrail update-trail " },
    { text: "--is-multi-region-trail", changed: true },
  ]);
});

test("several commands, a managed trail and a change without a command have no line", () => {
  expect(lineOf(change("aws s3api create-bucket\n\naws cloudtrail create-trail"))).toBeNull();
  expect(
    lineOf(change("aws one", { managedBy: { tool: "terraform", text: "Terraform manages it." } })),
  ).toBeNull();
  const { command: _command, ...none } = change("x");
  expect(lineOf(none)).toBeNull();
  expect(lineOf(null)).toBeNull();
  expect(lineOf(change("(\nset -e\naws one"))).toBeNull();
  expect(lineOf(change("aws cloudtrail get-trail"))).toBeNull();
});
