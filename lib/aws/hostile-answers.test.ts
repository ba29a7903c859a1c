import { expect, it } from "vitest";
import type { CheckDefinition } from "@/lib/checks/check";
import { findCheck } from "@/lib/checks/registry";
import { multiRegionTrail, now, ownAccount } from "@/lib/checks/testing/cases";
import type { CaseTrail } from "@/lib/checks/testing/truth-table";
import { startSandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";
import { scanAccount } from "./scan-account";
import { CallLimiter } from "./wire/limiter";

const check = findCheck("cloudtrail.not_multi_region") as CheckDefinition;
const account = { id: ownAccount, partition: "aws" as const };

/** Reads an account over the wire whose trail has this name. */
async function scan(trail: Partial<CaseTrail> & Record<string, unknown>) {
  const region = { name: "us-east-1", optInStatus: "opt-in-not-required" };
  const trails = [multiRegionTrail({ existsInRegions: ["us-east-1"], ...trail })];
  const world = { account: { ...account, orgRole: "STANDALONE" }, regions: [region], trails };
  const sandbox = await startSandbox({ world: { now, accounts: [world as unknown as CaseSpec] } });
  try {
    const context = { now, account, defaultRegions: ["us-east-1"], sightings: {}, acceptances: [] };
    const { evaluations, collection } = await scanAccount({
      account,
      role: { arn: `arn:aws:iam::${ownAccount}:role/PosturioReadOnly`, externalId: "pst_test" },
      sessionName: "posturio-test",
      checks: [check],
      signal: new AbortController().signal,
      endpoint: sandbox.url,
      limiter: new CallLimiter(),
      baseCredentials: async () => ({ accessKeyId: "AKIA999999999999SCAN", secretAccessKey: "x" }),
      judging: () => ({ context }),
    });
    const facts = collection.facts;
    const evaluation = evaluations[0]?.evaluation;
    if (evaluation === undefined) throw new Error("The scan gave no evaluation.");
    return {
      facts,
      evaluation,
      said: check.describe(evaluation, facts, { ...context, accountName: "acme" }),
    };
  } finally {
    await sandbox.close();
  }
}

it.each([
  [
    "the name",
    { name: "audit;touch PWNED;#" },
    /^(TrailARN is not the ARN|Name is not the name) of a trail\.$/,
  ],
  ["the ARN", { arn: "arn:aws:cloudtrail:us-east-1:333333333333:trail/x$(id)" }, /^TrailARN is not /],
  ["the bucket", { s3BucketName: "logs`id`" }, /^S3BucketName is not the name of a bucket\.$/],
  ["the prefix", { s3KeyPrefix: "x$" + "{var.db_password}y" }, /^S3KeyPrefix is not a prefix of S3 keys\.$/],
  ["the key", { kmsKeyId: "key/1;id" }, /^KmsKeyId is not the id, alias or ARN of a KMS key\.$/],
])("a trail list is not read when %s is none of AWS's", async (_, trail, message) => {
  const { facts, evaluation, said } = await scan(trail);
  expect(facts["cloudtrail.trails"]?.["us-east-1"]).toMatchObject({
    ok: false,
    failure: { kind: "garbage", api: "cloudtrail:DescribeTrails", message: expect.stringMatching(message) },
  });
  expect(evaluation).toMatchObject({ verdict: "NOT_EVALUATED" });
  expect(JSON.stringify(said)).not.toMatch(/PWNED|db_password|[`;]id/);
});

it("selectors are not read when a value of theirs holds control characters", async () => {
  const resources = [{ type: "AWS::S3::Object", values: ["arn:aws:s3:::b/\u001b[2J\n::error::x"] }];
  const { facts } = await scan({
    eventSelectors: [{ dataResources: resources }],
    hasCustomEventSelectors: true,
  });
  const [selectors] = Object.values(facts["cloudtrail.event_selectors"] ?? {});
  expect(selectors).toMatchObject({
    ok: false,
    failure: { kind: "garbage", message: "Values is not text on one line." },
  });
});

it("a status is not read when its error holds more than a line", async () => {
  const { facts } = await scan({
    status: { isLogging: true, latestDeliveryError: "AccessDenied\n::error::x" },
  });
  const [statuses] = Object.values(facts["cloudtrail.trail_status"] ?? {});
  expect(statuses?.["us-east-1"]).toMatchObject({
    ok: false,
    failure: { kind: "garbage", message: "LatestDeliveryError is not text on one line." },
  });
});

it("reads names and prefixes that AWS allows", async () => {
  const { facts } = await scan({
    name: "a.b_c-d",
    s3BucketName: "Old_Bucket",
    s3KeyPrefix: "team=sec/logs 2026",
  });
  expect(facts["cloudtrail.trails"]?.["us-east-1"]).toMatchObject({ ok: true });
});
