import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import type { JsonObject } from "./json";
import { configurationOf, createdTrail, deletedTrail, planOf, resourceChange } from "./testing";

const account = "333333333333";
const arn = `arn:aws:cloudtrail:us-east-1:${account}:trail/audit`;
const outcome = (changes: readonly JsonObject[], rest: JsonObject = {}) =>
  evaluatePlan(planOf(changes, rest));

describe("awscc_cloudtrail_trail is judged as aws_cloudtrail is", () => {
  const values = {
    arn,
    trail_name: "audit",
    s3_bucket_name: "acme-logs",
    is_logging: true,
    is_multi_region_trail: true,
    include_global_service_events: true,
    is_organization_trail: false,
    event_selectors: null,
    advanced_event_selectors: null,
    id: "audit",
  };
  const trail = (
    actions: readonly string[],
    before: JsonObject | null,
    after: JsonObject | null,
    unknown: JsonObject = {},
  ) => ({
    ...resourceChange({ type: "awscc_cloudtrail_trail", actions, before, after, unknown }),
    provider_name: "registry.terraform.io/hashicorp/awscc",
  });

  test.each([
    ["breaks", "is deleted", trail(["delete"], values, null)],
    ["breaks", "stops", trail(["update"], values, { ...values, is_logging: false })],
    [
      "breaks",
      "becomes single-Region",
      trail(["update"], values, { ...values, is_multi_region_trail: false }),
    ],
    [
      "breaks",
      "leaves KMS out",
      trail(["update"], values, {
        ...values,
        event_selectors: [{ exclude_management_event_sources: ["kms.amazonaws.com"] }],
      }),
    ],
    [
      "breaks",
      "logs writes only",
      trail(["update"], values, {
        ...values,
        advanced_event_selectors: [
          {
            field_selectors: [
              { field: "eventCategory", equals: ["Management"] },
              { field: "readOnly", equals: ["false"] },
            ],
          },
        ],
      }),
    ],
    ["covers", "is kept", trail(["no-op"], values, values)],
    ["covers", "is created", trail(["create"], null, { ...values, arn: null }, { arn: true, id: true })],
    [
      "creates_gap",
      "is created for one Region",
      trail(["create"], null, { ...values, arn: null, is_multi_region_trail: false }, { arn: true }),
    ],
  ])("%s: it %s", (expected, _, change) => {
    expect(outcome([change]).outcome).toBe(expected);
  });

  test("an argument that the configuration does not set is computed, and has the default of the API", () => {
    const after = {
      trail_name: "audit",
      s3_bucket_name: "acme-logs",
      is_logging: true,
      is_multi_region_trail: true,
    };
    const unknown = {
      arn: true,
      event_selectors: true,
      advanced_event_selectors: true,
      include_global_service_events: true,
    };
    const set = { is_multi_region_trail: {}, is_logging: {}, s3_bucket_name: {} };
    const configuration = (expressions: JsonObject) => ({
      configuration: configurationOf(
        { awscc: {} },
        { "awscc_cloudtrail_trail.audit": { provider: "awscc", expressions } },
      ),
    });
    const change = trail(["create"], null, after, unknown);
    expect(outcome([change], configuration(set)).outcome).toBe("covers");
    expect(
      outcome([change], configuration({ ...set, event_selectors: { references: ["var.x"] } })).outcome,
    ).toBe("unknown");
  });

  test("it takes over from an aws_cloudtrail of the same credentials", () => {
    const configuration = configurationOf(
      { aws: {}, awscc: {} },
      { "awscc_cloudtrail_trail.audit": { provider: "awscc" } },
    );
    const created = trail(["create"], null, { ...values, arn: null }, { arn: true });
    const old = deletedTrail("aws_cloudtrail.old", { is_multi_region_trail: true }, account);
    expect(outcome([created, old], { configuration })).toMatchObject({
      outcome: "covers",
      accounts: [{ accountId: account }],
    });
  });
});

describe("what may carry a trail", () => {
  const change = (type: string, before: JsonObject | null, after: JsonObject | null) =>
    resourceChange({
      type,
      address: `${type}.x`,
      actions: [after === null ? "delete" : before === null ? "create" : "update"],
      before,
      after,
    });
  const template = { template_body: "Resources: {T: {Type: AWS::CloudTrail::Trail}}" };
  const manifest = (enabled: boolean) => ({
    manifest_json: JSON.stringify({ centralizedLogging: { enabled } }),
  });

  test.each([
    [
      "turns off centralized logging",
      change("aws_controltower_landing_zone", manifest(true), manifest(false)),
    ],
    ["carries a trail, and this plan takes it away", change("aws_cloudformation_stack", template, null)],
    ["may carry a trail", change("aws_cloudformation_stack", { template_url: "https://x" }, null)],
    ["may carry a trail", change("aws_cloudformation_stack_set", null, { template_body: "Transform: X" })],
    ["carries a trail", change("awscc_cloudformation_stack", null, template)],
    [
      "carries a trail",
      change("aws_cloudcontrolapi_resource", null, { type_name: "AWS::CloudTrail::Trail" }),
    ],
    ["may carry a trail", change("aws_servicecatalog_provisioned_product", { name: "x" }, null)],
    ["may carry a trail", change("awscc_controltower_landing_zone", null, { version: "3.3" })],
  ])("is named without a claim: %s", (words, carrier) => {
    const evaluation = outcome([carrier]);
    expect(evaluation).toMatchObject({ outcome: "unknown", exitCode: 2, accounts: [] });
    expect(evaluation.sentence).toContain("contains no aws_cloudtrail");
    expect(evaluation.sentence).toContain("may carry a trail, which this cannot see");
    expect(evaluation.sentence).not.toContain("neither");
    expect(evaluation.notes).toEqual([expect.stringContaining(words)]);
  });

  test.each([
    [
      "a stack that shows it has none",
      change("aws_cloudformation_stack", null, { template_body: "Resources: {B: {Type: AWS::S3::Bucket}}" }),
    ],
    [
      "another resource of Cloud Control",
      change("aws_cloudcontrolapi_resource", null, { type_name: "AWS::S3::Bucket" }),
    ],
    ["a bucket", change("aws_s3_bucket", null, { bucket: "x" })],
  ])("is not %s", (_, other) => {
    expect(outcome([other]).notes).toEqual([]);
    expect(outcome([other]).sentence).toContain("contains no trail");
  });

  test("takes over from a trail that goes: it cannot be said", () => {
    const gone = deletedTrail("aws_cloudtrail.t", { is_multi_region_trail: true }, account);
    expect(outcome([gone]).outcome).toBe("breaks");
    expect(outcome([gone, change("aws_cloudformation_stack", null, template)]).outcome).toBe("unknown");
    expect(outcome([gone, change("aws_cloudformation_stack", template, null)]).outcome).toBe("breaks");
  });

  test("does not spoil a trail that covers", () => {
    const created = createdTrail("aws_cloudtrail.t", { is_multi_region_trail: true });
    expect(outcome([created, change("aws_cloudformation_stack", template, null)])).toMatchObject({
      outcome: "covers",
      notes: [expect.any(String)],
    });
  });
});
