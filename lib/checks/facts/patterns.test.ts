import { describe, expect, it } from "vitest";
import { hostileTexts } from "@/lib/checks/testing/hostile";
import { accepted, matches, type PatternName, RefusedValue } from "./patterns";

const real: Readonly<Record<PatternName, readonly string[]>> = {
  accountId: ["333333333333"],
  region: ["us-east-1", "us-gov-west-1", "eusc-de-east-1", "ap-southeast-7", "us-iso-east-1", "mx-central-1"],
  trailName: ["main", "aws-controltower-BaselineCloudTrail", "a.b_c-d", "AWSMacieTrail-DO-NOT-EDIT"],
  trailArn: [
    "arn:aws:cloudtrail:us-east-1:333333333333:trail/main",
    "arn:aws-us-gov:cloudtrail:us-gov-west-1:333333333333:trail/a.b_c-d",
    "arn:aws-eusc:cloudtrail:eusc-de-east-1:333333333333:trail/main",
  ],
  storeArn: ["arn:aws:cloudtrail:us-east-1:333333333333:eventdatastore/EXAMPLE-f852-4e8f-8bd1-bcf6cEXAMPLE"],
  storeName: ["my-event_data.store"],
  bucketName: ["acme-logs", "my.bucket.eu", "Old_Bucket", "aws-cloudtrail-logs-333333333333-0a1b2c3d"],
  keyPrefix: ["audit", "a/b/c", "team=sec", "logs 2026", "prod:eu", "x+y@z", "été"],
  kmsKeyId: [
    "arn:aws:kms:us-east-1:333333333333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:us-east-1:333333333333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
    "arn:aws:kms:us-east-1:333333333333:alias/trail_key",
    "1234abcd-12ab-34cd-56ef-1234567890ab",
    "alias/aws/s3",
  ],
  logGroupArn: ["arn:aws:logs:us-east-1:333333333333:log-group:aws-cloudtrail-logs/x_1#a.b:*"],
  topicArn: ["arn:aws:sns:us-east-1:333333333333:trail_topic-1", "arn:aws:sns:us-east-1:333333333333:t.fifo"],
  organizationId: ["o-acme4u8n2k", "o-exampleorgid"],
  word: ["All", "WriteOnly", "ENABLED", "PENDING_DELETION"],
  eventSource: ["kms.amazonaws.com", "rdsdata.amazonaws.com"],
  resourceType: ["AWS::S3::Object", "AWS::Lambda::Function"],
  selectorField: ["eventCategory", "resources.ARN", "userIdentity.arn", "readOnly"],
  line: ["", "Log all S3 data events", "what's in S3", "arn:aws:s3:::b/*", "KMS.DisabledException", "日本語"],
};

describe.each(Object.entries(real) as [PatternName, readonly string[]][])("%s", (name, values) => {
  it.each(values)("takes what AWS writes: %s", (value) => {
    expect(accepted(name, value, "Field")).toBe(value);
  });

  it("takes nothing that moves a cursor, turns the direction of reading or begins a line", () => {
    const refused = hostileTexts.filter((text) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u.test(text));
    expect(refused.length).toBeGreaterThan(10);
    for (const text of refused) expect(matches(name, text), JSON.stringify(text)).toBe(false);
    for (const value of values) expect(matches(name, `${value}\n`)).toBe(false);
  });
});

it("takes no word of a shell for the name of a thing", () => {
  const names: readonly PatternName[] = [
    "accountId",
    "region",
    "trailName",
    "trailArn",
    "storeArn",
    "storeName",
    "bucketName",
    "kmsKeyId",
    "topicArn",
    "organizationId",
  ];
  for (const name of names) {
    const prefix = real[name][0] ?? "";
    for (const end of [";touch PWNED", "$(x)", "`x`", "'", '"', " ", "|x", "&", "\\", "{x}", "*"]) {
      expect(matches(name, `${prefix}${end}`), `${name} ${end}`).toBe(false);
    }
    for (const text of ["-x", "--profile=evil", "%{x}", "~", "=x"]) {
      expect(matches(name, text), `${name} ${text}`).toBe(false);
    }
  }
});

it("takes no expression of Terraform, CloudFormation or a shell for a prefix of keys", () => {
  for (const text of [
    "$" + "{var.x}",
    "%{ if x }",
    "{{resolve:ssm:/x}}",
    "`x`",
    "a|b",
    '"',
    "a\\b",
    "#{x}",
  ]) {
    expect(matches("keyPrefix", text), text).toBe(false);
  }
});

it("names the field and never the value", () => {
  const refuse = () => accepted("trailArn", "arn:evil\u001b[31m", "TrailARN");
  expect(refuse).toThrow(RefusedValue);
  expect(refuse).toThrow(/^TrailARN is not the ARN of a trail\.$/);
});
