import { expect, test } from "vitest";
import type { LogFileFinding } from "@/lib/aws/deliveries/look-for-log-file";
import { type Reading, read, unread } from "@/lib/checks/facts/reading";
import { bestSighting, judgeLogFile } from "./judge-log-file";
import { logPlacesOf } from "./log-places";
import { afterGivingUp, afterLook, emptyProof, type Proof, type RegionProof, reachedLevel } from "./proof";

const region = "eu-west-1";
const trailArn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit";
const judge = (finding: Reading<LogFileFinding>, level: "object" | "content" = "content") =>
  judgeLogFile({ region, trailArn, level, finding });

const trail = { arn: trailArn, bucket: "logs", keyPrefix: null, isOrganization: false };
const waiting = (name = region, trails = [trail]): RegionProof => ({
  region: name,
  trails,
  a: { state: "passed", reason: null, at: null, evidence: null },
  b: {
    state: "waiting",
    reason: null,
    at: null,
    evidence: { sentAt: "2026-11-26T12:00:00.000Z", requestId: "r" },
  },
});
const proof: Proof = { ...emptyProof, a: "passed", regions: [waiting()] };
const later = "2026-11-26T12:06:00.000Z";
const found = { state: "found", key: "AWSLogs/x.json.gz", lastModified: "2026-11-26T12:05:00.000Z" } as const;

test("a newer file passes at the level of objects, our own call in it at the level of contents", () => {
  const object = judge(read(found), "object");
  expect(object).toEqual({
    region,
    state: "passed",
    reason: null,
    evidence: { trailArn, level: "object", objectKey: found.key, objectAt: found.lastModified },
  });
  expect(reachedLevel(afterLook(proof, [object], later))).toBe("object");
  const content = judge(read({ ...found, sha256: "ab", eventId: "e" }));
  expect(content.evidence).toMatchObject({ level: "content", sha256: "ab", eventId: "e" });
  expect(reachedLevel(afterLook(proof, [content], later))).toBe("content");
});

test("what is not there, or cannot be read, waits, and is inconclusive when nobody looks any longer", () => {
  const missing = judge(read({ state: "not_yet", lookedInto: 3, skipped: 2, resumeAfter: "AWSLogs/k" }));
  expect(missing).toEqual({
    region,
    state: "waiting",
    reason: "not_in_bucket",
    evidence: {
      trailArn,
      readUpTo: "AWSLogs/k",
      error: "2 newer files were not read: too large, or no log file.",
    },
  });
  const denied = judge(
    unread({ kind: "denied", api: "s3:GetObject", region, code: "AccessDenied", message: "Access Denied" }),
  );
  expect(denied).toMatchObject({
    state: "waiting",
    reason: "bucket_unreadable",
    evidence: {
      error: "AWS denied s3:GetObject (eu-west-1) and does not say which policy refused.",
    },
  });
  for (const sighting of [missing, denied]) {
    const looked = afterLook(proof, [sighting], later);
    expect(looked.b).toBe("waiting");
    const [givenUp] = afterGivingUp(looked).regions;
    expect(givenUp?.b).toMatchObject({ state: "inconclusive", reason: sighting.reason });
    expect(afterGivingUp(looked).b).toBe("inconclusive");
  }
});

test("what an earlier look found in the way is no evidence of a pass", () => {
  const missing = judge(read({ state: "not_yet", lookedInto: 1, skipped: 1, resumeAfter: "AWSLogs/k" }));
  const waited = afterLook(proof, [missing], later);
  const nothingNew = judge(read({ state: "not_yet", lookedInto: 0, skipped: 0, resumeAfter: null }));
  // What was read up to there need not be read again.
  expect(afterLook(waited, [nothingNew], later).regions[0]?.b.evidence).toEqual({
    ...{ sentAt: "2026-11-26T12:00:00.000Z", requestId: "r", trailArn, readUpTo: "AWSLogs/k" },
  });
  expect(afterLook(waited, [judge(read(found))], later).regions[0]?.b.evidence).toEqual({
    ...{ sentAt: "2026-11-26T12:00:00.000Z", requestId: "r", trailArn, level: "content" },
    ...{ objectKey: found.key, objectAt: found.lastModified },
  });
});

test("one trail with our call is enough, and a bucket that can be read says more than one that cannot", () => {
  const missing = judge(read({ state: "not_yet", lookedInto: 0, skipped: 0, resumeAfter: null }));
  const denied = judge(unread({ kind: "denied", api: "s3:ListBucket", region, code: "x", message: "" }));
  const passed = judge(read(found));
  expect(bestSighting([denied, missing, passed])).toBe(passed);
  expect(bestSighting([denied, missing])).toBe(missing);
  expect(bestSighting([])).toBeUndefined();
});

test("calls are looked for where their trails deliver, once for each folder", () => {
  const organization = { ...trail, arn: `${trailArn}-all`, isOrganization: true };
  const { places, unknown } = logPlacesOf(
    [
      waiting("us-east-1", [trail, { ...trail, arn: `${trailArn}-2` }, organization]),
      { ...waiting("eu-west-1"), b: { ...waiting().b, evidence: { sentAt: later, readUpTo: "k" } } },
      waiting("eu-west-3", []),
    ],
    "o-acme4u8n2k",
  );
  expect(unknown).toEqual([]);
  expect(places.map(({ calls, ...place }) => [place, calls.map((call) => call.region)])).toEqual([
    [{ bucket: "logs", keyPrefix: null, awsOrganizationId: null, trailArn }, ["us-east-1", "eu-west-1"]],
    [
      {
        ...{ bucket: "logs", keyPrefix: null, awsOrganizationId: "o-acme4u8n2k" },
        trailArn: organization.arn,
      },
      ["us-east-1"],
    ],
  ]);
  expect(places[0]?.calls[1]).toEqual({
    ...{ region: "eu-west-1", trailArn, sentAt: later, requestId: null, resumeAfter: "k" },
  });
});

test("says what is missing where nobody knows the place of the log files", () => {
  const trails = [{ ...trail, bucket: null as string | null }];
  const unknownBucket = logPlacesOf([{ ...waiting(), trails }], null);
  expect(unknownBucket.places).toEqual([]);
  expect(unknownBucket.unknown).toMatchObject([
    { reason: "bucket_unreadable", evidence: { error: expect.stringContaining("which bucket") } },
  ]);
  const unknownId = logPlacesOf([waiting(region, [{ ...trail, isOrganization: true }])], null);
  expect(unknownId.unknown).toMatchObject([
    { evidence: { error: expect.stringContaining("id of the AWS") } },
  ]);
});
