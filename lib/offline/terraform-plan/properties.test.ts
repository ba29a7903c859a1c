import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import type { Json, JsonObject } from "./json";
import { configurationOf, constant, planOf, resourceChange, trailValues } from "./testing";

const selectors = fc.constantFrom<JsonObject>(
  {},
  { event_selector: [{ read_write_type: "WriteOnly", include_management_events: true }] },
  { event_selector: [{ read_write_type: "ReadOnly", include_management_events: true }] },
  { event_selector: [{ include_management_events: false }] },
  {
    event_selector: [
      { include_management_events: true, exclude_management_event_sources: ["kms.amazonaws.com"] },
    ],
  },
  { advanced_event_selector: [{ field_selector: [{ field: "eventCategory", equals: ["Data"] }] }] },
);
const account = fc.constantFrom("111111111111", "222222222222", "333333333333");
const bucket = fc.constantFrom("logs-a", "logs-b");
const provider = fc.constantFrom("aws", "aws.a", "aws.b");
const values = fc
  .record({
    is_multi_region_trail: fc.boolean(),
    enable_logging: fc.boolean(),
    is_organization_trail: fc.boolean(),
    s3_bucket_name: bucket,
    kms_key_id: fc.constantFrom("", "key-1"),
  })
  .chain((own) => selectors.map((some): JsonObject => ({ ...own, ...some })));
const policy = fc.constantFrom(
  '{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"*"}]}',
  '{"Statement":[]}',
);

interface Part {
  readonly change: JsonObject;
  readonly provider: string;
}

type Action = "no-op" | "update" | "create" | "delete" | "replace" | "forget";

function part(type: string, name: string, action: Action, before: JsonObject, after: JsonObject): JsonObject {
  const actions = { replace: ["delete", "create"] }[action as "replace"] ?? [action];
  return resourceChange({
    type,
    address: `${type}.${name}`,
    actions,
    before: action === "create" ? null : before,
    after: action === "delete" || action === "forget" ? null : action === "no-op" ? before : after,
  });
}

const action = fc.constantFrom<Action>("no-op", "update", "create", "delete", "replace", "forget");
const name = fc.integer({ min: 0, max: 999 }).map((number) => `n${number}`);
const trails = fc
  .record({ name, action, account, before: values, after: values, provider })
  .map((one): Part => {
    const before = trailValues({ ...one.before, name: one.name }, one.account);
    const isNew = one.action === "create" || one.action === "replace";
    const after = trailValues({ ...one.after, name: one.name }, isNew ? undefined : one.account);
    return { change: part("aws_cloudtrail", one.name, one.action, before, after), provider: one.provider };
  });
const destinations = fc
  .record({ name, action, bucket, before: policy, after: policy, kind: fc.nat(2), provider })
  .map((one): Part => {
    const [type, before, after] = [
      ["aws_s3_bucket", { bucket: one.bucket }, { bucket: one.bucket }] as const,
      [
        "aws_s3_bucket_policy",
        { bucket: one.bucket, policy: one.before },
        { bucket: one.bucket, policy: one.after },
      ] as const,
      ["aws_kms_key", { key_id: "key-1", is_enabled: true }, { key_id: "key-1", is_enabled: false }] as const,
    ][one.kind] as readonly [string, JsonObject, JsonObject];
    return { change: part(type, one.name, one.action, before, after), provider: one.provider };
  });
const parts = fc.uniqueArray(fc.oneof(trails, destinations), {
  maxLength: 6,
  selector: ({ change }) => change.address,
});

function plan(some: readonly Part[]): JsonObject {
  const blocks = some.map((one) => [String(one.change.address), { provider: one.provider }] as const);
  return planOf(
    some.map(({ change }) => change),
    {
      configuration: configurationOf(
        { aws: {}, "aws.a": { profile: constant("a") }, "aws.b": { region: constant("eu-west-1") } },
        Object.fromEntries(blocks),
      ),
    },
  );
}

/** The same resources, none of them changed. */
function still(some: readonly Part[]): readonly Part[] {
  return some.flatMap(({ change, provider: key }) => {
    const { before } = change.change as { before: JsonObject | null };
    if (before === null) return [];
    const unchanged = {
      ...(change.change as JsonObject),
      actions: ["no-op"],
      after: before,
      after_unknown: {},
    };
    return [{ change: { ...change, change: unchanged }, provider: key }];
  });
}

const runs = { numRuns: 300 };

describe("whatever the plan", () => {
  test("one that changes nothing neither breaks coverage nor creates a gap", () => {
    fc.assert(
      fc.property(parts, (some) => {
        const { outcome, accounts } = evaluatePlan(plan(still(some)));
        for (const one of [outcome, ...accounts.map((account_) => account_.outcome)]) {
          expect(["covers", "leaves_gap", "unknown"]).toContain(one);
        }
      }),
      runs,
    );
  });

  test("the order of its resources never matters", () => {
    const shuffled = parts.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    fc.assert(
      fc.property(shuffled, ([some, other]) => {
        expect(evaluatePlan(plan(other))).toEqual(evaluatePlan(plan(some)));
      }),
      runs,
    );
  });

  test("a resource that has nothing to do with it never changes the outcome", () => {
    const unrelated = fc.constantFrom<readonly [string, JsonObject]>(
      ["aws_instance", { ami: "ami-1" }],
      ["aws_s3_bucket", { bucket: "unrelated" }],
      ["aws_s3_bucket_policy", { bucket: "unrelated", policy: "{}" }],
      ["aws_s3_bucket_public_access_block", { bucket: "logs-a", block_public_policy: true }],
      ["aws_kms_key", { key_id: "key-2", is_enabled: false }],
      ["aws_cloudwatch_log_group", { name: "x" }],
      ["null_resource", {}],
    );
    fc.assert(
      fc.property(parts, unrelated, action, (some, [type, own], how) => {
        const more = { change: part(type, "unrelated", how, own, own), provider: "aws" };
        expect(evaluatePlan(plan([...some, more])).outcome).toBe(evaluatePlan(plan(some)).outcome);
      }),
      runs,
    );
  });

  test("the outcome is the worst of its accounts, and the exit code follows from it", () => {
    const order = ["breaks", "creates_gap", "leaves_gap", "unknown", "covers"];
    fc.assert(
      fc.property(parts, (some) => {
        const { accounts, outcome, exitCode } = evaluatePlan(plan(some));
        const worst = Math.min(...accounts.map((one) => order.indexOf(one.outcome)));
        if (accounts.length > 0) expect(outcome).toBe(order[worst]);
        expect(exitCode).toBe(outcome === "covers" ? 0 : outcome === "unknown" ? 2 : 1);
      }),
      runs,
    );
  });

  test("accounts that the plan keeps apart are judged as if each had a plan of its own", () => {
    const existing = fc.uniqueArray(
      fc.record({ name, account, before: values, after: values }).map((one) => ({
        ...one,
        change: resourceChange({
          address: `aws_cloudtrail.${one.name}`,
          actions: ["update"],
          before: trailValues({ ...one.before, is_organization_trail: false }, one.account),
          after: trailValues({ ...one.after, is_organization_trail: false }, one.account),
        }),
      })),
      { minLength: 1, maxLength: 6, selector: (one) => one.name },
    );
    fc.assert(
      fc.property(existing, (some) => {
        const whole = evaluatePlan(planOf(some.map(({ change }) => change)));
        for (const { accountId, outcome } of whole.accounts) {
          const own = some.filter((one) => one.account === accountId).map(({ change }) => change);
          expect(evaluatePlan(planOf(own)).outcome).toBe(outcome);
        }
      }),
      runs,
    );
  });

  test("it covers only where every account that it speaks of is covered after it", () => {
    fc.assert(
      fc.property(parts, (some) => {
        const { outcome, accounts } = evaluatePlan(plan(some));
        if (outcome === "covers") expect(accounts.every((one) => one.outcome === "covers")).toBe(true);
      }),
      runs,
    );
  });

  test("values of any shape are read without an error, and never as a coverage that is not in the plan", () => {
    const types = fc.constantFrom(
      "aws_cloudtrail",
      "awscc_cloudtrail_trail",
      "aws_s3_bucket_policy",
      "aws_kms_key",
      "aws_cloudformation_stack",
    );
    const names = fc.constantFrom(
      "event_selector",
      "advanced_event_selector",
      "is_multi_region_trail",
      "enable_logging",
      "bucket",
      "policy",
      "arn",
      "id",
    );
    const json = fc.jsonValue() as fc.Arbitrary<Json>;
    const object = fc.oneof(fc.dictionary(names, json), json);
    const change = fc.record({
      address: fc.oneof(fc.string(), json),
      type: types,
      change: fc.oneof(
        fc.record({ actions: json, before: object, after: object, after_unknown: object }),
        json,
      ),
    });
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 4 }),
        object,
        object,
        (resource_changes, configuration, prior_state) => {
          const { outcome, resources } = evaluatePlan({
            format_version: "1.2",
            resource_changes,
            configuration,
            prior_state,
          });
          if (outcome === "covers") expect(resources.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
