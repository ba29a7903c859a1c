import { expect, test } from "vitest";
import { describeEvaluation } from "@/lib/checks/cloudtrail/not-multi-region/describe";
import { evaluate } from "@/lib/checks/cloudtrail/not-multi-region/evaluate";
import table from "@/lib/checks/cloudtrail/not-multi-region/truth-table.json";
import meta from "@/lib/checks/cloudtrail/not-multi-region/truth-table.meta.json";
import type { SuggestedChange } from "@/lib/checks/suggested-change";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
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

test("the worked cases have one line wherever one command is the change", () => {
  const lines = (table as unknown as readonly TruthTableCase[]).flatMap((testCase) => {
    const { facts, context } = scenario(testCase, meta.now);
    const evaluation = evaluate(facts, context);
    const { change } = describeEvaluation(evaluation, facts, { ...context, accountName: "acme" });
    const line = lineOf(change)
      ?.map(({ text }) => text)
      .join("");
    return line === undefined ? [] : [[evaluation.remediation.action, line] as const];
  });
  for (const [, line] of lines) expect(line).toMatch(/^aws [a-z]+ (?!get|describe|list)[a-z-]+ [^\n]+$/);
  const actions = new Set(lines.map(([action]) => action));
  expect([...actions]).toEqual(expect.arrayContaining(["CONVERT_TRAIL", "START_LOGGING"]));
});
