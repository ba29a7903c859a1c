import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { glyphCharacter } from "@/cli/glyphs";
import type { FormatOptions, Outcome } from "@/cli/outcome";
import type { CheckDefinition } from "@/lib/checks/check";
import table from "@/lib/checks/cloudtrail/not-multi-region/truth-table.json";
import meta from "@/lib/checks/cloudtrail/not-multi-region/truth-table.meta.json";
import { regionOutcomeLabel } from "@/lib/checks/labels";
import { findCheck } from "@/lib/checks/registry";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import { sarifReport } from "./sarif";
import { textReport } from "./text";

const check = findCheck("cloudtrail.not_multi_region") as CheckDefinition;
const cases = table as unknown as readonly TruthTableCase[];
const plain: FormatOptions = { version: "1.2.3", explain: false, ascii: false, color: false };

function outcomeOf(testCase: TruthTableCase): Outcome {
  const { facts, context } = scenario(testCase, meta.now);
  const evaluation = check.evaluate(facts, context);
  const { id, partition } = context.account;
  return {
    check,
    accountId: id,
    partition,
    evaluation,
    description: check.describe(evaluation, facts, { ...context, accountName: id }),
    connectionFailure: context.connectionFailure,
    failures: [],
    apiCalls: 12,
    durationMs: 345,
  };
}

const outcomes = cases.map((testCase) => [testCase.id, outcomeOf(testCase)] as const);
const caseNamed = (id: string) => outcomeOf(cases.find((testCase) => testCase.id === id) as TruthTableCase);

describe("text", () => {
  it.each(outcomes)(
    "%s: says verdict, every Region with its glyph, the fix and the exit code",
    (_id, outcome) => {
      const text = textReport(outcome, plain);
      const { evaluation, description } = outcome;
      expect(text.split("\n")[0]).toMatch(
        new RegExp(`^${evaluation.verdict}  cloudtrail.not_multi_region  `),
      );
      expect(text).toContain(description.sentence.map((part) => part.text).join(""));
      for (const region of evaluation.regions) {
        expect(text).toContain(region.name);
        if (region.state === "not_enabled") continue;
        const { glyph, text: state } = regionOutcomeLabel(region.detail);
        const line = text
          .split("\n")
          .find((each) => each.startsWith(`${glyphCharacter(glyph, false)}  ${region.name} `));
        expect(line).toContain(state);
        expect(line).toContain(region.why);
      }
      for (const section of description.sections) {
        if (section.kind !== "table") continue;
        for (const { cells } of section.rows) expect(text).toContain(cells[0]?.text);
      }
      if (description.change) expect(text).toContain(`Fix: ${description.change.title}`);
      for (const part of description.change?.command ?? []) {
        for (const line of part.text.split("\n")) expect(text).toContain(line);
      }
      for (const { code } of description.advisories) expect(text).toContain(code);
      for (const permission of description.missingPermissions) expect(text).toContain(permission);
      expect(text).toMatch(/Exit code [012]\.\n$/);
    },
  );

  it.each(outcomes)("%s: keeps to ASCII when asked", (_id, outcome) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
    expect(textReport(outcome, { ...plain, ascii: true, explain: true })).toMatch(/^[\u0000-\u007f]*$/);
  });

  it("explains with each rule that led to the verdict, in order", () => {
    const outcome = caseNamed("B02");
    const text = textReport(outcome, { ...plain, explain: true });
    const places = outcome.evaluation.rules.map(({ rule }) => text.indexOf(rule));
    expect(places.length).toBeGreaterThan(2);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(textReport(outcome, plain)).not.toContain("Rules, in the order applied");
  });

  it("changes nothing but color when it is colored", () => {
    const outcome = caseNamed("B02");
    const colored = textReport(outcome, { ...plain, color: true });
    expect(colored).not.toBe(textReport(outcome, plain));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are made of control characters
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(textReport(outcome, plain));
  });
});

describe("json", () => {
  it("is one line, and has the rules only when they are asked for", () => {
    const outcome = caseNamed("B02");
    expect(jsonReport(outcome, plain).trimEnd()).not.toContain("\n");
    expect(JSON.parse(jsonReport(outcome, plain))).not.toHaveProperty("rules");
    expect(JSON.parse(jsonReport(outcome, { ...plain, explain: true })).rules).toEqual(
      outcome.evaluation.rules,
    );
  });
});

describe("markdown", () => {
  it.each(outcomes)("%s: holds the sentence, a row per enabled Region and the command", (_id, outcome) => {
    const text = markdownReport(outcome, { ...plain, explain: true });
    const rows = text.split("\n").filter((line) => /^\| [●◐◇◈▲◷□] \|/.test(line));
    const enabled = outcome.evaluation.regions.filter(({ state }) => state !== "not_enabled");
    expect(rows).toHaveLength(enabled.length);
    if (outcome.description.change?.command) expect(text).toContain("```sh\n");
  });

  it("shows names as they are, not as structure", () => {
    const outcome = caseNamed("B02");
    const name = "a|b](javascript:x)<img>";
    const sections = [
      { kind: "facts", id: "x", title: "X", facts: [{ term: "Name", value: { text: name } }] } as const,
    ];
    const text = markdownReport({ ...outcome, description: { ...outcome.description, sections } }, plain);
    expect(text).toContain("a\\|b\\](javascript:x)\\<img\\>");
  });
});

describe("junit", () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" });

  it.each(outcomes)("%s: is well-formed, and counts what it holds", (_id, outcome) => {
    const xml = junitReport(outcome, { ...plain, explain: true });
    expect(XMLValidator.validate(xml)).toBe(true);
    const { testsuites } = parser.parse(xml);
    const { verdict, reason } = outcome.evaluation;
    const element = { PASS: "system-out", FAIL: "failure", NOT_EVALUATED: "error" }[verdict];
    expect(testsuites).toMatchObject({
      tests: "1",
      failures: verdict === "FAIL" ? "1" : "0",
      errors: verdict === "NOT_EVALUATED" ? "1" : "0",
      testsuite: { name: "cloudtrail.not_multi_region", testcase: { [element]: expect.anything() } },
    });
    if (verdict !== "PASS") expect(testsuites.testsuite.testcase[element].type).toBe(reason);
  });

  it("writes out what XML has no place for", () => {
    const outcome = caseNamed("B02");
    const sentence = [{ text: 'a\u0000\u001b[31m"<&>\ud800' }];
    const xml = junitReport({ ...outcome, description: { ...outcome.description, sentence } }, plain);
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toContain('message="a\\u{0}\\u{1b}[31m&quot;&lt;&amp;&gt;\\u{d800}"');
  });
});

describe("sarif", () => {
  it.each(outcomes)("%s: keeps the rules of SARIF 2.1.0 for kind, level and references", (_id, outcome) => {
    const log = JSON.parse(sarifReport(outcome, plain));
    expect(log).toMatchObject({
      version: "2.1.0",
      runs: [{ tool: { driver: { name: "Posturio", version: "1.2.3" } } }],
    });
    const [run] = log.runs;
    const [result] = run.results;
    const { verdict } = outcome.evaluation;
    expect(result.kind).toBe({ PASS: "pass", FAIL: "fail", NOT_EVALUATED: "open" }[verdict]);
    // 3.27.10: a kind other than fail has no level.
    if (verdict === "FAIL") expect(["error", "warning", "note"]).toContain(result.level);
    else expect(result.level).toBe("none");
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result.message.text).toBeTruthy();
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w./%-]+$/);
    expect(run.invocations[0].exitCode).toBe({ PASS: 0, FAIL: 1, NOT_EVALUATED: 2 }[verdict]);
    // The same finding keeps its identity over runs, whatever it says.
    expect(result.partialFingerprints).toEqual({
      "posturioAccount/v1": `${outcome.accountId}/cloudtrail.not_multi_region`,
    });
  });
});
