import { expect, test } from "vitest";
import type { KeyEvidence, KeyRegion } from "@/lib/verification/verification-view";
import { reasonTrees } from "./reason-tree";
import { after, delivery, verification } from "./testing/fixture";

const sentAt = after(27);

function undecided(
  region: string,
  reason: KeyRegion["reason"],
  evidence: KeyEvidence = { sentAt },
): KeyRegion {
  return { region, state: "inconclusive", reason, at: after(3600), evidence };
}

const treesOf = (...regions: KeyRegion[]) =>
  reasonTrees(verification(17, { status: "inconclusive", keyB: { state: "inconclusive", regions } }));

const labels = [
  "Write-only trail",
  "Region closed by policy",
  "Bucket policy",
  "Key policy",
  "Status unreadable",
];

test.each<[string, KeyRegion["reason"], KeyEvidence, string, readonly string[]]>([
  [
    "nothing arrived, and nothing tells why",
    "not_delivered",
    { sentAt },
    "Late, and no reason was found.",
    ["ruled out", "ruled out", "ruled out", "ruled out", "ruled out"],
  ],
  [
    "no trail records reads",
    "no_trail_records_reads",
    { sentAt },
    "No trail here records reads.",
    ["likely", "ruled out", "not known", "not known", "not known"],
  ],
  [
    "AWS KMS refused once",
    "not_delivered",
    { sentAt, latestDeliveryError: "KMS.AccessDenied" },
    "The key policy may refuse CloudTrail here.",
    ["ruled out", "ruled out", "ruled out", "likely", "ruled out"],
  ],
  [
    "S3 refused, which a key's refusal looks like too",
    "delivery_error",
    { sentAt, latestDeliveryError: "AccessDenied" },
    "The bucket policy may refuse CloudTrail here.",
    ["ruled out", "ruled out", "likely", "not known", "ruled out"],
  ],
  [
    "the bucket is gone",
    "delivery_error",
    { sentAt, latestDeliveryError: "NoSuchBucket" },
    "The bucket policy may refuse CloudTrail here.",
    ["ruled out", "ruled out", "likely", "ruled out", "ruled out"],
  ],
  [
    "the status was never read",
    "status_unreadable",
    { sentAt, error: "AWS did not answer." },
    "AWS did not answer when we asked.",
    ["ruled out", "ruled out", "not known", "not known", "last look"],
  ],
  [
    "the status was read before",
    "status_unreadable",
    { sentAt, error: "AWS did not answer.", latestDeliveryTime: after(-60) },
    "AWS did not answer when we asked.",
    ["ruled out", "ruled out", "ruled out", "ruled out", "last look"],
  ],
  [
    "our call was denied",
    "not_sent",
    { error: "cloudtrail:DescribeTrails is denied in eu-north-1." },
    "AWS refused our call here.",
    ["not known", "likely", "not known", "not known", "not known"],
  ],
  [
    "our call was not answered",
    "not_sent",
    { error: "AWS did not answer in time." },
    "AWS did not answer our call.",
    ["not known", "not known", "not known", "not known", "our call"],
  ],
])("%s: the five reasons in their order, and what each is", (_case, reason, evidence, why, said) => {
  const [tree, ...rest] = treesOf(undecided("eu-north-1", reason, evidence));
  expect(rest).toEqual([]);
  expect(tree?.why).toBe(why);
  expect(tree?.branches.map(({ label }) => label)).toEqual(labels);
  expect(tree?.branches.map((branch) => branch.said)).toEqual(said);
});

test("Regions with the same reasons are one tree, and what is proven or failed is in none", () => {
  const trees = treesOf(
    undecided("us-east-1", "not_delivered"),
    delivery("us-east-2", 300),
    undecided("eu-north-1", "no_trail_records_reads"),
    undecided("eu-west-1", "not_delivered"),
    delivery("eu-west-2", null, { state: "failed", reason: "logging_stopped" }),
    delivery("eu-west-3", null, { state: "exempt", reason: "closed_by_policy" }),
  );
  expect(trees.map(({ regions }) => regions)).toEqual([["us-east-1", "eu-west-1"], ["eu-north-1"]]);
});

test("a Region whose configuration could not be read has a tree although it delivered", () => {
  const { keyA } = verification();
  const trees = reasonTrees(
    verification(17, {
      status: "inconclusive",
      keyA: {
        state: "inconclusive",
        regions: keyA.regions.map((region) =>
          region.region === "sa-east-1"
            ? { ...region, state: "inconclusive" as const, reason: "not_read" as const }
            : region,
        ),
      },
    }),
  );
  expect(trees.map(({ regions, why }) => [regions, why])).toEqual([
    [["sa-east-1"], "Its configuration could not be read."],
  ]);
});
