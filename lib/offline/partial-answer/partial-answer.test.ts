import { describe, expect, test } from "vitest";
import table from "@/lib/checks/cloudtrail/not-multi-region/truth-table.json" with { type: "json" };
import { findCheck } from "@/lib/checks/registry";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import { savedDocument } from "@/lib/offline/saved-answers/saved-document";
import { partialAnswer } from "./partial-answer";

const checkId = "cloudtrail.not_multi_region";
const now = "2026-11-22T12:00:00Z";
const check = findCheck(checkId);

const single = (home: string, name = "audit", owner = "111122223333") => ({
  Name: name,
  S3BucketName: "logs",
  TrailARN: `arn:aws:cloudtrail:${home}:${owner}:trail/${name}`,
  HomeRegion: home,
  IsMultiRegionTrail: false,
  IsOrganizationTrail: false,
  HasCustomEventSelectors: false,
});
const multi = (home: string, over: object = {}) => ({
  ...single(home, "main"),
  IsMultiRegionTrail: true,
  ...over,
});
const listing = (...trailList: object[]) => JSON.stringify({ trailList }, null, 4);

function answerTo(text: string) {
  const reading = partialAnswer(checkId, text);
  return reading && "answer" in reading ? reading.answer : null;
}
function problemsOf(text: string) {
  const reading = partialAnswer(checkId, text);
  return reading && "problems" in reading ? reading.problems : [];
}
const words = (text: string) =>
  answerTo(text)
    ?.sentence.map((part) => part.text)
    .join("");

describe("one listing never says what a scan of the whole account would not", () => {
  const cases = table as unknown as TruthTableCase[];
  /** While a trail is being copied, a Region may not list it yet: the answer says so, and the table has such cases. */
  const isBeingCopied = (c: TruthTableCase) =>
    c.trails.some((t) => t.isMultiRegion && !c.regions.every((r) => t.existsInRegions.includes(r.name)));
  const judged = cases
    .filter((c) => !isBeingCopied(c))
    .flatMap((c) => {
      const { facts, context } = scenario(c, now);
      const verdict = check?.evaluate(facts, context).verdict;
      const { answers } = JSON.parse(savedDocument(facts, context)) as {
        answers: {
          call: string;
          region: string;
          answer?: { trailList: { IsMultiRegionTrail: boolean }[] };
        }[];
      };
      return answers.flatMap(({ call, region, answer }) =>
        call === "cloudtrail:DescribeTrails" && answer
          ? [{ name: `${c.id} ${region}`, verdict, text: JSON.stringify(answer), list: answer.trailList }]
          : [],
      );
    });

  test("there are listings of both kinds", () => {
    const given = judged.map(({ text }) => answerTo(text)?.verdict);
    expect(given.filter((verdict) => verdict === "FAIL").length).toBeGreaterThan(20);
    expect(given.filter((verdict) => verdict === "NOT_EVALUATED").length).toBeGreaterThan(100);
  });

  test("what it calls a fail is one, and it calls nothing a pass", () => {
    for (const { name, verdict, text, list } of judged) {
      const answer = answerTo(text);
      const hasMultiRegion = list.some((trail) => trail.IsMultiRegionTrail);
      expect(answer?.verdict, name).toBe(hasMultiRegion ? "NOT_EVALUATED" : "FAIL");
      if (answer?.verdict === "FAIL") expect(verdict, name).toBe("FAIL");
    }
  });
});

describe("every way in which people have the answer", () => {
  test.for([
    ["no trail", listing()],
    ["single-Region trails", listing(single("us-east-1"), single("eu-west-1", "audit-eu"))],
    [
      "a terminal around it",
      `~ $ aws cloudtrail describe-trails\n${listing(single("us-east-1"))}\n[cloudshell-user@ip ~]$ `,
    ],
    ["the list alone", JSON.stringify([single("us-east-1")])],
    ["several Regions, one after the other", listing() + listing(single("eu-west-1"))],
    ["the page's query as text", "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit\tFalse\n"],
    [
      "the page's query with the command",
      "$ aws cloudtrail describe-trails --query 'trailList[].[TrailARN,IsMultiRegionTrail]' --output text\narn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/audit\tFalse\r\n",
    ],
    [
      "the page's query as JSON",
      '[\n  ["arn:aws-us-gov:cloudtrail:us-gov-west-1:111122223333:trail/audit", false]\n]',
    ],
    ["a table", "----\n|  arn:aws:cloudtrail:us-east-1:111122223333:trail/audit |  False |\n----"],
  ] as const)("%s: affected", ([, text]) => {
    expect(answerTo(text)?.verdict).toBe("FAIL");
    expect(words(text)).toBe(
      "You are affected: no multi-Region trail is listed, and one would be listed in every enabled Region.",
    );
    expect(answerTo(text)?.leavesOpen.join(" ")).toContain("--no-include-shadow-trails");
  });

  test.for([
    ["JSON", listing(single("eu-west-1"), multi("us-east-1"))],
    ["text", "arn:aws:cloudtrail:us-east-1:111122223333:trail/main True"],
    ["one Region that lists none yet", listing() + listing(multi("us-east-1"))],
    ["the same trail before and after", listing(single("us-east-1", "main")) + listing(multi("us-east-1"))],
    [
      "a filter that hid others",
      `$ aws cloudtrail describe-trails --trail-name-list main\n${listing(multi("us-east-1"))}`,
    ],
  ] as const)("a multi-Region trail, %s: not evaluated, with the command that goes on", ([, text]) => {
    expect(answerTo(text)?.verdict).toBe("NOT_EVALUATED");
    expect(words(text)).toContain("main is a multi-Region trail, home Region us-east-1");
    expect(answerTo(text)?.next.command).toBe(
      "aws cloudtrail get-trail-status --name arn:aws:cloudtrail:us-east-1:111122223333:trail/main --region us-east-1",
    );
  });

  test("selectors are settled only by HasCustomEventSelectors false", () => {
    const open = /all management events/;
    expect(answerTo(listing(multi("us-east-1")))?.leavesOpen.join(" ")).not.toMatch(open);
    for (const HasCustomEventSelectors of [true, undefined]) {
      const answer = answerTo(listing(multi("us-east-1", { HasCustomEventSelectors })));
      expect(answer?.leavesOpen.join(" ")).toMatch(open);
      expect(answer?.proves.join(" ")).not.toMatch(open);
    }
  });

  test("AWS's refusal is neither pass nor fail, and names the action", () => {
    const text =
      "\nAn error occurred (AccessDeniedException) when calling the DescribeTrails operation: User: arn:aws:iam::111122223333:user/a is not authorized to perform: cloudtrail:DescribeTrails because no identity-based policy allows the cloudtrail:DescribeTrails action\n";
    expect(answerTo(text)?.verdict).toBe("NOT_EVALUATED");
    expect(answerTo(text)?.next.text).toContain("cloudtrail:DescribeTrails");
  });
});

describe("no verdict is based on half a list", () => {
  test.for([
    [
      "shadow trails left out",
      `$ aws cloudtrail describe-trails --no-include-shadow-trails\n${listing()}`,
      "hides trails",
    ],
    [
      "shadow trails left out, over two lines",
      `aws cloudtrail describe-trails \\\n  --no-include-shadow-trails\n${listing()}`,
      "hides trails",
    ],
    [
      "trails by name",
      `aws cloudtrail describe-trails --trail-name-list a\n${listing(single("us-east-1"))}`,
      "hides trails",
    ],
    [
      "a filter",
      `aws cloudtrail describe-trails --query 'trailList[?HomeRegion==\`us-east-1\`]'\n${JSON.stringify([single("us-east-1")])}`,
      "hides trails",
    ],
    ["cut off", listing(single("us-east-1"), multi("eu-west-1")).slice(0, 330), "unfinished"],
    [
      "a line cut off",
      "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit\tFalse\narn:aws:cloud",
      "does not end in True or False",
    ],
    ["no IsMultiRegionTrail", listing({ TrailARN: single("us-east-1").TrailARN }), "IsMultiRegionTrail"],
    [
      "IsMultiRegionTrail as text",
      listing({ ...single("us-east-1"), IsMultiRegionTrail: "false" }),
      "IsMultiRegionTrail",
    ],
    [
      "an ARN that is none",
      listing({
        ...single("us-east-1"),
        TrailARN: "arn:aws:cloudtrail:us-east-1:111122223333:trail/a;rm -rf ~",
      }),
      "not the ARN of a trail",
    ],
    [
      "two accounts",
      listing(single("us-east-1"), single("us-east-1", "other", "444455556666")),
      "2 accounts",
    ],
    [
      "the command alone",
      "aws cloudtrail describe-trails --query 'trailList[].[TrailARN,IsMultiRegionTrail]' --output text",
      "nothing that it printed",
    ],
  ] as const)("%s", ([, text, said]) => {
    expect(answerTo(text)).toBeNull();
    expect(
      problemsOf(text)
        .map((problem) => problem.text)
        .join(" "),
    ).toContain(said);
    for (const problem of problemsOf(text)) expect(problem.whatToDo).not.toBe("");
  });

  test("cut anywhere, a list with a multi-Region trail at its end is never called affected", () => {
    const text = listing(single("us-east-1"), single("eu-west-1"), multi("us-west-2"));
    for (let length = 0; length < text.length; length += 7) {
      expect(answerTo(text.slice(0, length))?.verdict, `cut at ${length}`).not.toBe("FAIL");
    }
  });

  test("a piece of a file of saved answers is no listing", () => {
    const piece = `{"call":"cloudtrail:DescribeTrails","region":"eu-west-1","answer":${listing()}}`;
    expect(partialAnswer(checkId, piece)).toBeNull();
  });

  test.for(['{"Records": []}', '{"Trails": []}', '{"IsLogging": true}', "[1,2]", "[]", "hello", ""])(
    "%j is something else",
    (text) => {
      expect(partialAnswer(checkId, text)).toBeNull();
    },
  );

  test("another check takes nothing from it", () => {
    expect(partialAnswer("cloudtrail.log_validation_disabled", listing())).toBeNull();
    expect(partialAnswer("constructor", listing())).toBeNull();
  });
});
