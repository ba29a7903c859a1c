import { describe, expect, it } from "vitest";
import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
import type { Remediation } from "@/lib/checks/evaluation";
import {
  accountCase,
  enabledRegions,
  managementAccount,
  member,
  multiRegionTrail,
  now,
  organizationTrail,
  ownAccount,
  selectors,
  singleRegionTrail,
  status,
} from "@/lib/checks/testing/cases";
import { type CaseTrail, scenario } from "@/lib/checks/testing/truth-table";

type Over = Parameters<typeof accountCase>[0];

function judged(over: Over): Remediation & { readonly reasons: string } {
  const { facts, context } = scenario(accountCase(over), now);
  const evaluation = check.evaluate(facts, context);
  const { change } = check.describe(evaluation, facts, { ...context, accountName: "acme-prod" });
  return { ...evaluation.remediation, reasons: (change?.reasons ?? []).join(" ") };
}

const single = singleRegionTrail;
const key = `arn:aws:kms:eu-west-1:${ownAccount}:key/1`;
const keyOfOther = `arn:aws:kms:eu-west-1:${managementAccount}:key/1`;
const validated = { logFileValidationEnabled: true };

/** The trail in eu-west-1 is better by this alone; the one in us-east-1 is in the primary Region. */
const better: readonly (readonly [string, Partial<CaseTrail>, string])[] = [
  ["log file validation", validated, "the only one of 2 trails that has log file validation on"],
  ["a key", { kmsKeyId: key }, "the only one of 2 trails that encrypts its log files with a KMS key"],
  [
    "a bucket named after another account",
    { s3BucketName: `aws-controltower-logs-${managementAccount}-eu-west-1` },
    "the only one of 2 trails that delivers to a central bucket",
  ],
  [
    "a key of another account",
    { kmsKeyId: keyOfOther },
    "the only one of 2 trails that delivers to a central bucket",
  ],
  [
    "being the organization's",
    { isOrganization: true },
    "the only one of 2 trails that serves the whole organization",
  ],
];

describe("the trail to convert", () => {
  it.each(better)("is the one with %s, before the one in the primary Region", (_, quality, words) => {
    const { trail, reasons } = judged({ trails: [single("us-east-1"), single("eu-west-1", quality)] });
    expect(trail).toBe("t-eu-west-1");
    expect(reasons).toContain(`We chose t-eu-west-1 because it is ${words}.`);
  });

  it("still logs all management events first, and is healthy second", () => {
    for (const worse of [selectors.writeOnly, { status: status.failing }, { status: status.stopped }]) {
      const trails = [single("us-east-1"), single("eu-west-1", { ...validated, kmsKeyId: key, ...worse })];
      expect(judged({ trails }).trail).toBe("t-us-east-1");
    }
  });

  it("weighs the central bucket before validation, and validation before the key", () => {
    const bucket = { s3BucketName: `logs-${managementAccount}` };
    const trails = [
      single("us-east-1", { kmsKeyId: key }),
      single("us-west-2", validated),
      single("eu-west-1", bucket),
    ];
    expect(judged({ trails }).trail).toBe("t-eu-west-1");
    expect(judged({ trails: trails.slice(0, 2) }).trail).toBe("t-us-west-2");
  });

  it("is in the primary Region between equals, then first by home Region, and both are said", () => {
    const trails = enabledRegions.map((region) => single(region));
    expect(judged({ trails: [...trails].reverse() }).reasons).toContain(
      "We chose t-us-east-1 because it is the only one of 4 trails that lives in the primary Region.",
    );
    const elsewhere = [single("eu-west-1", validated), single("us-west-2", validated), single("us-east-1")];
    expect(judged({ trails: elsewhere })).toMatchObject({ trail: "t-us-west-2" });
    expect(judged({ trails: elsewhere }).reasons).toContain(
      "We chose t-us-west-2 because it is one of the 2 trails out of 3 that have log file validation on, and the first of those by home Region.",
    );
  });

  it("takes a bucket with the account's own number, or without any, for no central one", () => {
    for (const s3BucketName of [
      `aws-cloudtrail-logs-${ownAccount}-1a2b3c4d`,
      "acme-logs",
      "logs-20261122120000",
    ]) {
      expect(judged({ trails: [single("us-east-1"), single("eu-west-1", { s3BucketName })] }).trail).toBe(
        "t-us-east-1",
      );
    }
  });

  it("is no trail of another account because of its quality alone", () => {
    const theirs = organizationTrail({
      ...validated,
      homeRegion: "eu-west-1",
      isMultiRegion: false,
      existsInRegions: ["eu-west-1"],
    });
    const trails = [theirs, single("us-west-2")];
    expect(judged({ account: member, trails })).toMatchObject({
      action: "CONVERT_TRAIL",
      account: ownAccount,
    });
  });
});

describe("the multi-Region trail to repair", () => {
  const stopped = (name: string, homeRegion: string, rest: Partial<CaseTrail> = {}) =>
    multiRegionTrail({ name, homeRegion, status: status.stopped, ...rest });

  it("is nearest to healthy first, then the better one, and says so", () => {
    const failing = stopped("plain", "us-east-1", { status: status.failing });
    const trails = [stopped("good", "eu-west-1", validated), failing];
    expect(judged({ trails })).toMatchObject({ trail: "plain", action: "FIX_DELIVERY" });
    expect(judged({ trails }).reasons).toContain(
      "We chose plain because it is the nearest to healthy of 2 trails.",
    );
    const equal = [stopped("plain", "us-east-1"), stopped("good", "eu-west-1", validated)];
    expect(judged({ trails: equal })).toMatchObject({ trail: "good", action: "START_LOGGING" });
  });

  it("logs rather than being stopped, when both leave out everything", () => {
    const trails = [
      stopped("stopped", "us-east-1", selectors.dataOnly),
      stopped("logs", "eu-west-1", { ...selectors.dataOnly, status: status.ok }),
    ];
    expect(judged({ trails })).toMatchObject({ trail: "logs", action: "FIX_EVENT_SELECTORS" });
  });

  it("comes first by home Region when nothing else decides, whatever the order of the answers", () => {
    const trails = [stopped("a", "ap-southeast-1"), stopped("b", "us-west-2")];
    expect(judged({ trails }).trail).toBe("b");
    expect(judged({ trails: [...trails].reverse() }).trail).toBe("b");
    expect(judged({ trails }).reasons).toContain("of 2 multi-Region trails it comes first by home Region");
  });
});
