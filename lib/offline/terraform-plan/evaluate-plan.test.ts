import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import type { JsonObject } from "./json";
import { planOf, resourceChange, trailValues } from "./testing";

const account = "333333333333";
const multi = { is_multi_region_trail: true };
const newTrail = { arn: true, home_region: true, id: true };

function outcome(...changes: JsonObject[]) {
  return evaluatePlan(planOf(changes));
}

function kept(values: JsonObject, address?: string) {
  const now = trailValues(values, account);
  return resourceChange({ actions: ["no-op"], before: now, after: now, ...(address ? { address } : {}) });
}

function updated(before: JsonObject, after: JsonObject, unknown: JsonObject = {}) {
  return resourceChange({
    actions: ["update"],
    before: trailValues(before, account),
    after: trailValues(after, account),
    unknown,
  });
}

describe("a plan that covers", () => {
  test("creates a multi-Region trail", () => {
    const change = resourceChange({ actions: ["create"], after: trailValues(multi), unknown: newTrail });
    expect(outcome(change)).toEqual({
      outcome: "covers",
      exitCode: 0,
      sentence: "After this plan aws_cloudtrail.audit logs all management events of every Region.",
      accounts: [
        {
          identity: "aws",
          accountId: null,
          outcome: "covers",
          sentence: "After this plan aws_cloudtrail.audit logs all management events of every Region.",
        },
      ],
      resources: [
        {
          address: "aws_cloudtrail.audit",
          actions: ["create"],
          account: null,
          before: null,
          after: "Multi-Region, logging: all management events.",
        },
      ],
      notes: [],
    });
  });

  test("leaves a covering trail alone, or repairs one that did not", () => {
    expect(outcome(kept(multi)).exitCode).toBe(0);
    expect(outcome(updated({}, multi)).outcome).toBe("covers");
    expect(outcome(updated({ ...multi, enable_logging: false }, multi)).outcome).toBe("covers");
  });

  test("deletes a single-Region trail beside a multi-Region one", () => {
    const retired = resourceChange({
      address: "aws_cloudtrail.old",
      actions: ["delete"],
      before: trailValues({ name: "old" }, account),
    });
    expect(outcome(kept(multi), retired).outcome).toBe("covers");
  });

  test("has trails that cover together: one with reads, one with writes", () => {
    const reads = {
      ...multi,
      event_selector: [{ read_write_type: "ReadOnly", include_management_events: true }],
    };
    const writes = {
      ...multi,
      event_selector: [{ read_write_type: "WriteOnly", include_management_events: true }],
    };
    expect(outcome(kept(reads, "aws_cloudtrail.r"), kept(writes, "aws_cloudtrail.w")).outcome).toBe("covers");
    expect(outcome(kept(reads, "aws_cloudtrail.r")).outcome).toBe("leaves_gap");
  });

  test("finds trails in modules and under for_each", () => {
    const change = resourceChange({
      address: 'module.baseline["eu"].aws_cloudtrail.this["main"]',
      actions: ["create"],
      after: trailValues(multi),
      unknown: newTrail,
    });
    expect(outcome(change).resources[0]?.address).toBe('module.baseline["eu"].aws_cloudtrail.this["main"]');
    expect(outcome(change).outcome).toBe("covers");
  });

  test("says that a replacement interrupts logging", () => {
    const change = resourceChange({
      actions: ["delete", "create"],
      before: trailValues(multi, account),
      after: trailValues({ ...multi, name: "audit-2" }),
      unknown: newTrail,
    });
    expect(outcome(change)).toMatchObject({
      outcome: "covers",
      notes: [expect.stringContaining("is replaced")],
    });
  });

  test("forgets a trail: it stays in AWS as it is", () => {
    const change = resourceChange({ actions: ["forget"], before: trailValues(multi, account) });
    expect(outcome(change).outcome).toBe("covers");
  });
});

describe("a plan that breaks coverage", () => {
  test.each([
    ["makes the trail single-Region", updated(multi, {}), "logs one Region only"],
    ["stops logging", updated(multi, { ...multi, enable_logging: false }), "enable_logging is false"],
    [
      "leaves out KMS events",
      updated(multi, {
        ...multi,
        event_selector: [
          { include_management_events: true, exclude_management_event_sources: ["kms.amazonaws.com"] },
        ],
      }),
      "without KMS",
    ],
    [
      "narrows by an advanced selector",
      updated(multi, {
        ...multi,
        advanced_event_selector: [
          {
            name: "writes",
            field_selector: [
              { field: "eventCategory", equals: ["Management"] },
              { field: "readOnly", equals: ["false"] },
            ],
          },
        ],
      }),
      "write events only",
    ],
    [
      "deletes the trail",
      resourceChange({ actions: ["delete"], before: trailValues(multi, account) }),
      "is deleted",
    ],
  ])("%s", (_, change, why) => {
    const evaluation = outcome(change);
    expect(evaluation).toMatchObject({ outcome: "breaks", exitCode: 1 });
    expect(evaluation.sentence).toContain(why);
    expect(evaluation.sentence).toContain(account);
  });

  test("deletes the bucket's policy under a trail that stays, unless the policy only moves", () => {
    const gone = resourceChange({
      type: "aws_s3_bucket_policy",
      address: "aws_s3_bucket_policy.logs",
      actions: ["delete"],
      before: { bucket: "acme-logs", policy: "{}" },
    });
    const created = resourceChange({
      type: "aws_s3_bucket_policy",
      address: "module.logs.aws_s3_bucket_policy.this",
      actions: ["create"],
      after: { bucket: "acme-logs", policy: "{}" },
    });
    expect(outcome(kept(multi), gone)).toMatchObject({ outcome: "breaks", exitCode: 1 });
    expect(outcome(kept(multi), gone, created).outcome).toBe("covers");
  });

  test("in one account of several, whatever the others have", () => {
    const other = trailValues(multi, "444444444444");
    const evaluation = outcome(
      kept(multi, "aws_cloudtrail.one"),
      resourceChange({ address: "aws_cloudtrail.two", actions: ["delete"], before: other }),
    );
    expect(evaluation).toMatchObject({ outcome: "breaks" });
    expect(evaluation.sentence).toContain("444444444444");
  });
});

describe("a plan that creates or leaves a gap", () => {
  test("creates a single-Region trail, the provider's default", () => {
    const change = resourceChange({ actions: ["create"], after: trailValues(), unknown: newTrail });
    expect(outcome(change)).toMatchObject({ outcome: "creates_gap", exitCode: 1 });
  });

  test("leaves single-Region trails as they are, also when it changes something else about them", () => {
    expect(outcome(kept({}))).toMatchObject({ outcome: "leaves_gap", exitCode: 1 });
    expect(outcome(updated({}, { tags: { team: "platform" } })).outcome).toBe("leaves_gap");
  });

  test("deletes the last trail, which covered one Region", () => {
    const change = resourceChange({ actions: ["delete"], before: trailValues({}, account) });
    expect(outcome(change)).toMatchObject({ outcome: "leaves_gap", exitCode: 1 });
  });

  test("asks for what AWS refuses", () => {
    const change = resourceChange({
      actions: ["create"],
      after: trailValues({ ...multi, include_global_service_events: false }),
      unknown: newTrail,
    });
    expect(outcome(change).outcome).toBe("creates_gap");
  });
});

describe("a plan that cannot say", () => {
  test.each([
    [{ is_multi_region_trail: true }, { is_multi_region_trail: null }],
    [{ enable_logging: true }, { ...multi, enable_logging: null }],
    [
      { event_selector: [{ read_write_type: true }] },
      { ...multi, event_selector: [{ include_management_events: true }] },
    ],
  ])("has values known only after apply: %j", (unknown, after) => {
    const change = resourceChange({
      actions: ["create"],
      after: trailValues(after),
      unknown: { ...newTrail, ...unknown },
    });
    expect(outcome(change)).toMatchObject({ outcome: "unknown", exitCode: 2 });
  });

  test("does not let an unknown value excuse a known fault", () => {
    const change = resourceChange({
      actions: ["create"],
      after: trailValues({ enable_logging: null }),
      unknown: { ...newTrail, enable_logging: true },
    });
    expect(outcome(change).outcome).toBe("creates_gap");
  });

  test("contains no trail", () => {
    expect(outcome()).toMatchObject({ outcome: "unknown", exitCode: 2 });
    expect(evaluatePlan(planOf([], { resource_changes: [] })).sentence).toContain("contains no trail");
  });

  test("ignores data sources and leftovers of an earlier replacement", () => {
    const data = { ...kept(multi), mode: "data" };
    const deposed = {
      ...resourceChange({ actions: ["delete"], before: trailValues(multi, account) }),
      deposed: "cbfa1c3f",
    };
    expect(outcome(data).outcome).toBe("unknown");
    expect(outcome(kept(multi), deposed).outcome).toBe("covers");
  });

  test("is incomplete, errored or deferred", () => {
    expect(evaluatePlan(planOf([kept(multi)], { complete: false })).outcome).toBe("unknown");
    expect(evaluatePlan(planOf([], { errored: true })).sentence).toContain("errored");
    const deferred = { reason: "resource_config_unknown", resource_change: kept(multi) };
    expect(evaluatePlan(planOf([], { deferred_changes: [deferred] })).outcome).toBe("unknown");
  });

  test.each([
    [null, "not the JSON of a Terraform plan"],
    [[], "not the JSON of a Terraform plan"],
    ["text", "not the JSON of a Terraform plan"],
    [{}, "not the JSON of a Terraform plan"],
    [{ format_version: "1.0", values: { root_module: {} } }, "of a state, not of a plan"],
    [{ "@level": "info", type: "version" }, "the log that terraform plan -json prints"],
  ])("is something else: %j", (input, why) => {
    const evaluation = evaluatePlan(input);
    expect(evaluation).toMatchObject({ outcome: "unknown", exitCode: 2 });
    expect(evaluation.sentence).toContain(why);
  });

  test("survives entries of any shape", () => {
    const odd = {
      resource_changes: [null, 1, "x", [], {}, { address: 1 }, { address: "a", type: "aws_cloudtrail" }],
    };
    expect(evaluatePlan(odd).outcome).toBe("unknown");
    const bare = { address: "a", type: "aws_cloudtrail", change: { actions: "create", after: [] } };
    expect(evaluatePlan({ resource_changes: [bare] }).exitCode).not.toBe(0);
  });
});

test("the plan's trails without any change are read from the planned values", () => {
  const resource = {
    address: "module.a.aws_cloudtrail.t",
    mode: "managed",
    type: "aws_cloudtrail",
    values: trailValues(multi, account),
  };
  const planned = { root_module: { child_modules: [{ address: "module.a", resources: [resource] }] } };
  expect(evaluatePlan({ format_version: "1.2", planned_values: planned }).outcome).toBe("covers");
});
