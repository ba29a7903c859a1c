import { expect, it } from "vitest";
import { accountCase, multiRegionTrail, now } from "@/lib/checks/testing/cases";
import { scenario } from "@/lib/checks/testing/truth-table";
import { parseSaved } from "./parse-saved";
import { savedDocument } from "./saved-document";

const trail = multiRegionTrail({ kmsKeyId: "arn:aws:kms:us-east-1:333333333333:key/1" });
const { facts, context } = scenario(accountCase({ trails: [trail] }), now);
const document = savedDocument(facts, context);

function problems(from: string, to: string): string {
  const changed = document.replaceAll(from, to);
  expect(changed).not.toBe(document);
  const parsed = parseSaved(changed);
  expect(parsed.ok).toBe(false);
  return parsed.ok ? "" : parsed.problems.map(({ text }) => text).join("\n");
}

it("is read unchanged", () => {
  expect(parseSaved(document)).toMatchObject({ ok: true });
});

it.each([
  ["a trail's name", '"Name":"main"', '"Name":"main;touch PWNED"', "Name is not the name of a trail"],
  ["its ARN", "trail/main", "trail/main$(PWNED)", "is not the ARN of a trail"],
  [
    "its home",
    '"HomeRegion":"us-east-1"',
    '"HomeRegion":"PWNED `id`"',
    "HomeRegion is not the name of a Region",
  ],
  ["its key", "key/1", "key/1 PWNED", "KmsKeyId is not the id, alias or ARN of a KMS key"],
  [
    "a Region's name",
    '"RegionName":"us-east-1"',
    '"RegionName":"PWNED/../"',
    "RegionName is not the name of a Region",
  ],
  ["where a call was made", '"region":"eu-west-1"', '"region":"\\u001bPWNED"', "is not the name of a Region"],
  [
    "the format",
    "posturio-aws-answers-1",
    "posturio-aws-answers\\u001b-2",
    "The format is posturio-aws-answers\\u{1b}-2",
  ],
])("a file is refused for %s, in words that name the field alone", (_, from, to, words) => {
  const text = problems(from, to);
  expect(text).toContain(words);
  expect(text).not.toMatch(/PWNED|(?!\n)\p{Cc}/u);
});
