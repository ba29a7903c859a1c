import { describe, expect, test } from "vitest";
import table from "@/lib/checks/cloudtrail/not-multi-region/truth-table.json" with { type: "json" };
import { findCheck } from "@/lib/checks/registry";
import {
  accountCase,
  enabledRegions,
  multiRegionTrail,
  singleRegionTrail,
  status,
} from "@/lib/checks/testing/cases";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import { parseSaved } from "./parse-saved";
import { savedDocument } from "./saved-document";

const now = "2026-11-22T12:00:00Z";
const check = findCheck("cloudtrail.not_multi_region");

function saved(over: Parameters<typeof accountCase>[0]): string {
  const { facts, context } = scenario(accountCase(over), now);
  return savedDocument(facts, context);
}

function verdictOf(text: string) {
  const parsed = parseSaved(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 1));
  return check?.evaluate(parsed.facts, parsed.context);
}

function problemsOf(text: string) {
  const parsed = parseSaved(text);
  return parsed.ok ? [] : parsed.problems;
}

/** A file knows neither our history nor other accounts nor acceptances, and a denied Region list hides Regions. */
function fitsInAFile(c: TruthTableCase): boolean {
  const hasHistory =
    c.regions.some((region) => region.enabledSince ?? region.lastKnownActivity) ||
    c.trails.some((trail) => trail.multiRegionSince ?? trail.readEventsSince);
  const refused =
    c.errors?.some(({ api }) => api === "sts:AssumeRole" || api === "ec2:DescribeRegions") ?? false;
  return !c.orgEvidence && !c.policy && !c.channels && !hasHistory && !refused;
}

describe("a saved file gives the verdict of a scan", () => {
  const cases =
    (table as unknown as { cases: TruthTableCase[] }).cases ?? (table as unknown as TruthTableCase[]);
  const fitting = cases.filter(fitsInAFile);

  test("most worked cases fit into a file", () => expect(fitting.length).toBeGreaterThan(30));

  test.for(fitting.map((c) => [c.id, c.title, c] as const))("%s %s", ([, , c]) => {
    const { facts, context } = scenario(c, now);
    const direct = check?.evaluate(facts, context);
    const { checkId: _id, ...fromFile } = verdictOf(savedDocument(facts, context)) ?? { checkId: "" };
    expect(fromFile).toMatchObject({
      verdict: direct?.verdict,
      reason: direct?.reason,
      severity: direct?.severity,
      assurance: direct?.assurance,
      coveredRegions: direct?.coveredRegions,
      partialRegions: direct?.partialRegions,
      uncoveredRegions: direct?.uncoveredRegions,
      unknownRegions: direct?.unknownRegions,
      remediation: direct?.remediation,
      advisories: direct?.advisories,
    });
  });
});

describe("what surrounds the document does not matter", () => {
  const text = saved({ trails: [multiRegionTrail()] });

  test("a prompt before and after it", () => {
    expect(
      verdictOf(`$ bash <<'POSTURIO'\n> export AWS_PAGER=\n${text}[cloudshell-user@ip-10-2-3-4 ~]$ `)
        ?.verdict,
    ).toBe("PASS");
  });

  test("an earlier run before it: the last one counts", () => {
    expect(verdictOf(saved({ trails: [] }) + text)?.verdict).toBe("PASS");
  });

  test("the clock of the verdict is the moment of the reading", () => {
    const parsed = parseSaved(text);
    expect(parsed.ok && parsed.context.now).toBe(now);
  });

  test("times of AWS CLI 1 (seconds) mean the same", () => {
    const seconds = text.replaceAll(/"(\d{4}-\d\d-\d\dT[\d:]+Z)"(?=[,}])(?!,"answers)/g, (_, iso: string) =>
      String(Date.parse(iso) / 1000),
    );
    expect(seconds).not.toBe(text);
    expect(verdictOf(seconds)?.verdict).toBe("PASS");
  });
});

describe("a text that cannot be judged is explained, never judged", () => {
  const text = saved({ trails: [multiRegionTrail(), singleRegionTrail("eu-west-1", { status: status.ok })] });
  const lines = text.split("\n");

  test("cut off anywhere: where it ends, and which Regions are missing", () => {
    for (let length = 1; length < text.length - 2; length += 97) {
      expect(problemsOf(text.slice(0, length)).length, `cut at ${length}`).toBeGreaterThan(0);
    }
    const at = lines.findIndex((line) => line.includes(`DescribeTrails","region":"${enabledRegions[1]}"`));
    const problems = problemsOf(lines.slice(0, at).join("\n"));
    expect(problems[0]?.line).toBe(at);
    expect(problems[0]?.text).toContain("The text ends here after 1 Region");
    expect(problems[1]?.text).toContain(`missing: ${enabledRegions.slice(1).join(", ")}`);
  });

  test("the last line lost: no end mark", () => {
    expect(problemsOf(text.replace(',"complete":true', ""))[0]?.text).toContain("no end mark");
  });

  test("a Region taken out, its answers with it", () => {
    const region = enabledRegions[1] ?? "";
    const without = lines.filter((line) => !line.includes(`"region":"${region}"`)).join("\n");
    expect(problemsOf(without)[0]?.text).toBe(`1 enabled Region is missing: ${region}.`);
  });

  test("a status taken out: which trail and Region", () => {
    const at = lines.findIndex((line) => line.includes("GetTrailStatus"));
    expect(problemsOf(lines.filter((_, index) => index !== at).join("\n"))[0]?.text).toMatch(
      /^GetTrailStatus of arn:aws:cloudtrail:us-east-1:\d+:trail\/main in [\w-]+ is missing\.$/,
    );
  });

  test("a syntax error: line, column, what was expected and what was found", () => {
    const [problem] = problemsOf(text.replace('"takenAt":', '"takenAt"='));
    expect(problem).toMatchObject({
      line: 1,
      text: expect.stringMatching(/^Column \d+: a colon was expected, found =/),
    });
  });

  test("lines wrapped by a terminal: use the file", () => {
    const line = lines[4] ?? "";
    const wrapped = text.replace(line, `${line.slice(0, 80)}\n${line.slice(80)}`);
    const [problem] = problemsOf(wrapped.replace("TrailARN", "Trail\nARN"));
    expect(problem?.text).toContain("breaks off inside a text");
    expect(problem?.whatToDo).toContain("file");
  });

  test("an answer that AWS would not give: the line of the answer and what was expected", () => {
    const broken = text.replace('"IsLogging":true', '"IsLogging":"yes"');
    const [problem] = problemsOf(broken);
    expect(problem?.line).toBe(lines.findIndex((line) => line.includes('"IsLogging":true')) + 1);
    expect(problem?.text).toContain("IsLogging is expected to be true or false");
  });

  test("a signed-out shell: AWS's own words", () => {
    const error = "Unable to locate credentials. You can configure credentials by running aws configure.";
    const line = JSON.stringify({ call: "sts:GetCallerIdentity", error });
    const text = `{"format":"posturio-aws-answers-1","takenAt":"${now}","answers":[\n${line}\n],"complete":true}`;
    expect(problemsOf(text)[0]).toMatchObject({
      line: 2,
      text: expect.stringContaining("Unable to locate credentials"),
    });
  });

  test("nesting without end does not exhaust the stack", () => {
    expect(problemsOf('{"a":'.repeat(100_000))[0]?.text).toContain("less nesting");
  });

  test.for([
    ['{"trailList": []}', "describe-trails in one Region"],
    ['{"IsLogging": true}', "get-trail-status in one Region"],
    ['{"Records": []}', "CloudTrail log file"],
    ['{"format_version":"1.2","planned_values":{}}', "Terraform plan"],
    ['{"checkId":"cloudtrail.not_multi_region"}', "posturio check"],
    ['{"name":"left-pad","version":"1"}', "it begins with name, version"],
    ["[1,2]", "This is a list"],
    ["An error occurred", "This is not JSON"],
    ["  \n ", "nothing to check"],
    ['{"format":"posturio-aws-answers-2","answers":[]}', "posturio-aws-answers-1 was expected"],
    ['{"format":"posturio-aws-answers-1"}', "list of answers is missing"],
    ['{"format":"posturio-aws-answers-1","answers":[1]', "The text ends here"],
  ] as const)("%s", ([text, said]) => {
    const problems = problemsOf(text);
    expect(problems.map((problem) => problem.text).join("\n")).toContain(said);
    for (const problem of problems) expect(problem.whatToDo).not.toBe("");
  });
});
