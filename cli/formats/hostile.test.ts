import { XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { FormatOptions, Outcome } from "@/cli/outcome";
import type { CheckDefinition } from "@/lib/checks/check";
import { findCheck } from "@/lib/checks/registry";
import { shellQuoted } from "@/lib/checks/snippets/shell";
import { accountCase, now, singleRegionTrail } from "@/lib/checks/testing/cases";
import { hostileTexts } from "@/lib/checks/testing/hostile";
import { scenario } from "@/lib/checks/testing/truth-table";
import { githubReport } from "./github";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import { sarifReport } from "./sarif";
import { textReport } from "./text";

const check = findCheck("cloudtrail.not_multi_region") as CheckDefinition;
const options: FormatOptions = { version: "1.2.3", explain: true, ascii: false, color: false };

/** An outcome in which everything that AWS or a file can name is called `name`. */
function outcomeOf(name: string): Outcome {
  const { facts, context } = scenario(accountCase({ trails: [singleRegionTrail("us-east-1")] }), now);
  const evaluation = check.evaluate(facts, context);
  const description = check.describe(evaluation, facts, { ...context, accountName: name });
  const { change } = description;
  if (change === null) throw new Error("There is nothing to change.");
  const failure = { kind: "denied", api: name, region: name, code: name, message: name } as const;
  return {
    check,
    accountId: context.account.id,
    partition: "aws",
    evaluation: {
      ...evaluation,
      severityReason: name,
      remediation: { ...evaluation.remediation, trail: name },
      regions: evaluation.regions.map((region) => ({ ...region, name, why: name })),
      rules: [{ rule: name, saw: name, so: name }],
    },
    description: {
      ...description,
      sentence: [{ text: name }],
      sections: [
        { kind: "facts", id: "x", title: name, facts: [{ term: name, value: { text: name, note: name } }] },
      ],
      change: {
        ...change,
        title: name,
        target: name,
        reasons: [name],
        steps: [name],
        notes: [name],
        command: [{ text: `aws cloudtrail start-logging --name ${shellQuoted(name)}` }],
      },
      advisories: [{ code: "X", text: name }],
      missingPermissions: [],
    },
    connectionFailure: failure,
    failures: [failure],
    apiCalls: 1,
    durationMs: 2,
    source: name,
  };
}

const named = hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text] as const);
const command = /^\s*::|##(?:\[|vso\[|teamcity\[)/m;
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

describe.each([
  ["text", textReport],
  ["markdown", markdownReport],
  ["junit", junitReport],
  ["sarif", sarifReport],
  ["json", jsonReport],
] as const)("%s", (_, report) => {
  it.each(named)("prints no control character and no command to a workflow: %s", (_name, text) => {
    const printed = report(outcomeOf(text), options);
    expect(printed).not.toMatch(unseen);
    expect(printed).not.toMatch(command);
  });
});

describe("text", () => {
  it.each(named)("is the same in color, but for the colors: %s", (_, text) => {
    const colored = textReport(outcomeOf(text), { ...options, color: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are made of control characters
    expect(colored.replace(/\u001b\[\d+m/g, "")).not.toMatch(unseen);
  });

  it.each(named)(
    "has as many lines as with an innocent name, but for those of the command: %s",
    (_, text) => {
      const lines = (name: string) => textReport(outcomeOf(name), options).split("\n").length;
      const quoted = (name: string) => shellQuoted(name).split("\n").length;
      expect(lines(text) - quoted(text)).toBe(lines("audit") - quoted("audit"));
    },
  );
});

it.each(named)("text shows the command as it is pasted: %s", (_, text) => {
  const quoted = `aws cloudtrail start-logging --name ${shellQuoted(text)}`;
  for (const ascii of [false, true]) {
    expect(textReport(outcomeOf(text), { ...options, ascii })).toContain(`\n\n${quoted}\n\n`);
  }
});

describe("markdown", () => {
  it.each(named)("has one block of code, and nothing leaves it: %s", (_, text) => {
    const lines = markdownReport(outcomeOf(text), options).split("\n");
    const start = lines.findIndex((line) => /^`{3,}sh$/.test(line));
    const fence = (lines[start] ?? "").slice(0, -2);
    const end = lines.indexOf(fence, start);
    expect(end).toBeGreaterThan(start);
    expect(lines.slice(start + 1, end).join("\n")).toBe(
      `aws cloudtrail start-logging --name ${shellQuoted(text)}`,
    );
    const prose = [...lines.slice(0, start), ...lines.slice(end + 1)].join("\n");
    expect(prose).not.toMatch(
      /(?<!\\)<(?:img|script|!--)|(?<!\\)\]\((?:javascript|\/\/)|@everyone|https:\/\//,
    );
    expect(prose).not.toMatch(/^`{3,}|^~{3,}/m);
  });
});

it.each(named)("junit stays well-formed: %s", (_, text) => {
  expect(XMLValidator.validate(junitReport(outcomeOf(text), options))).toBe(true);
});

it.each(named)("json and sarif hold the text itself: %s", (_, text) => {
  expect(JSON.parse(jsonReport(outcomeOf(text), options)).remediation.trail).toBe(text);
  const [run] = JSON.parse(sarifReport(outcomeOf(text), options)).runs;
  expect(run.results[0].message.text.startsWith(text)).toBe(true);
});

describe("github", () => {
  it.each(named)("gives the workflow one command, its last line: %s", (_, text) => {
    const printed = githubReport(outcomeOf(text), options);
    const lines = printed.trimEnd().split("\n");
    expect(lines.at(-1)).toMatch(
      /^::error title=FAIL cloudtrail\.not_multi_region%2C account 333333333333::/,
    );
    expect(lines.slice(0, -1).join("\n")).not.toMatch(command);
    expect(printed).not.toMatch(unseen);
  });
});
