import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import {
  assumes,
  configurationOf,
  constant,
  createdTrail,
  deletedTrail,
  keptTrail,
  planOf,
  priorState,
  stateOf,
} from "./testing";

const multi = { is_multi_region_trail: true };
const role = (account: string) => `arn:aws:iam::${account}:role/Terraform`;
const region = (name: string) => ({ region: constant(name) });
const reads = {
  ...multi,
  event_selector: [{ read_write_type: "ReadOnly", include_management_events: true }],
};
const writes = {
  ...multi,
  event_selector: [{ read_write_type: "WriteOnly", include_management_events: true }],
};

/** Creates a trail that covers under the provider `aws`, and one that does not under another. */
function two(second: Parameters<typeof configurationOf>[0][string], rest = {}) {
  return evaluatePlan(
    planOf([createdTrail("aws_cloudtrail.one", multi), createdTrail("aws_cloudtrail.two", {})], {
      configuration: configurationOf(
        { aws: region("us-east-1"), "aws.second": second },
        { "aws_cloudtrail.one": { provider: "aws" }, "aws_cloudtrail.two": { provider: "aws.second" } },
      ),
      ...rest,
    }),
  );
}

describe("trails of different accounts are judged apart", () => {
  test("by the constant role of a provider", () => {
    expect(two(assumes(role("444455556666")))).toMatchObject({
      outcome: "creates_gap",
      exitCode: 1,
      accounts: [
        { identity: "aws", accountId: null, outcome: "covers" },
        {
          identity: `aws.second (${role("444455556666")})`,
          accountId: "444455556666",
          outcome: "creates_gap",
          sentence: expect.stringContaining("444455556666"),
        },
      ],
    });
  });

  test("by the role at the end of a chain, or the one taken with a web identity", () => {
    const chain = {
      assume_role: [
        { role_arn: constant(role("999999999999")) },
        { role_arn: constant(role("444455556666")) },
      ],
    };
    expect(two(chain).accounts[1]?.accountId).toBe("444455556666");
    const web = { assume_role_with_web_identity: [{ role_arn: constant(role("444455556666")) }] };
    expect(two(web).accounts[1]?.accountId).toBe("444455556666");
  });

  test("by the only account that a provider is allowed to reach", () => {
    const allowed = { profile: constant("workload"), allowed_account_ids: constant(["444455556666"]) };
    expect(two(allowed)).toMatchObject({ outcome: "creates_gap", exitCode: 1 });
    const several = {
      profile: constant("x"),
      allowed_account_ids: constant(["444455556666", "111122223333"]),
    };
    expect(two(several)).toMatchObject({ outcome: "unknown", exitCode: 2 });
  });

  test("by what the provider's own aws_caller_identity answered", () => {
    const state = priorState([stateOf("data.aws_caller_identity.second", { account_id: "444455556666" })]);
    const evaluation = evaluatePlan(
      planOf([createdTrail("aws_cloudtrail.one", multi), createdTrail("aws_cloudtrail.two", {})], {
        configuration: configurationOf(
          { aws: { profile: constant("a") }, "aws.second": { profile: constant("b") } },
          {
            "aws_cloudtrail.one": { provider: "aws" },
            "aws_cloudtrail.two": { provider: "aws.second" },
            "data.aws_caller_identity.second": { provider: "aws.second" },
          },
        ),
        prior_state: state,
      }),
    );
    expect(evaluation.accounts).toMatchObject([
      { identity: "aws", accountId: null, outcome: "covers" },
      { identity: "aws.second", accountId: "444455556666", outcome: "unknown" },
    ]);
  });
});

describe("trails that may share an account", () => {
  test("are neither added up nor taken for a gap", () => {
    const evaluation = two({ profile: constant("workload") });
    expect(evaluation).toMatchObject({ outcome: "unknown", exitCode: 2 });
    expect(evaluation.sentence).toContain("aws.second may reach the same account as aws.");
    expect(evaluation.accounts.map(({ outcome }) => outcome)).toEqual(["covers", "unknown"]);
  });

  test("cover when each of them does alone", () => {
    const plan = planOf(
      [createdTrail("aws_cloudtrail.one", multi), createdTrail("aws_cloudtrail.two", multi)],
      {
        configuration: configurationOf(
          { "aws.a": { profile: constant("a") }, "aws.b": { profile: constant("b") } },
          { "aws_cloudtrail.one": { provider: "aws.a" }, "aws_cloudtrail.two": { provider: "aws.b" } },
        ),
      },
    );
    expect(evaluatePlan(plan)).toMatchObject({ outcome: "covers", exitCode: 0 });
  });

  test("are those of a provider whose role an expression makes: what it refers to is not what it is", () => {
    const second = { assume_role: [{ role_arn: { references: ["var.role"] } }] };
    const variables = { role: { value: role("444455556666") } };
    expect(two(second, { variables })).toMatchObject({
      outcome: "unknown",
      accounts: [{ outcome: "covers" }, { identity: "aws.second", accountId: null, outcome: "unknown" }],
    });
    const plan = planOf([createdTrail("aws_cloudtrail.r", reads), createdTrail("aws_cloudtrail.w", writes)], {
      configuration: configurationOf(
        { "aws.a": second, "aws.b": second },
        { "aws_cloudtrail.r": { provider: "aws.a" }, "aws_cloudtrail.w": { provider: "aws.b" } },
      ),
      variables,
    });
    expect(evaluatePlan(plan).outcome).toBe("unknown");
  });

  test("are not pooled: reads here and writes there", () => {
    const plan = (second: Parameters<typeof configurationOf>[0][string]) =>
      planOf([createdTrail("aws_cloudtrail.r", reads), createdTrail("aws_cloudtrail.w", writes)], {
        configuration: configurationOf(
          { "aws.a": { profile: constant("a") }, "aws.b": second },
          { "aws_cloudtrail.r": { provider: "aws.a" }, "aws_cloudtrail.w": { provider: "aws.b" } },
        ),
      });
    expect(evaluatePlan(plan({ profile: constant("b") })).outcome).toBe("unknown");
    expect(evaluatePlan(plan({ profile: constant("a"), ...region("eu-west-1") })).outcome).toBe("covers");
  });

  test("share it for certain when their providers differ in the Region alone", () => {
    expect(two(region("eu-west-1"))).toMatchObject({
      outcome: "covers",
      accounts: [{ identity: "aws, aws.second", accountId: null }],
    });
  });

  test("are one account where the state knows it: a new trail beside one with an ARN", () => {
    const plan = planOf(
      [deletedTrail("aws_cloudtrail.old", multi, "333333333333"), createdTrail("aws_cloudtrail.new", multi)],
      { configuration: configurationOf({ aws: {} }, { "aws_cloudtrail.new": { provider: "aws" } }) },
    );
    expect(evaluatePlan(plan)).toMatchObject({
      outcome: "covers",
      accounts: [{ accountId: "333333333333" }],
    });
  });

  test("stay apart where the block of a deleted trail is gone and several providers are there", () => {
    const plan = planOf(
      [deletedTrail("aws_cloudtrail.old", multi, "333333333333"), createdTrail("aws_cloudtrail.new", multi)],
      {
        configuration: configurationOf(
          { "aws.a": { profile: constant("a") }, "aws.b": { profile: constant("b") } },
          { "aws_cloudtrail.new": { provider: "aws.a" } },
        ),
      },
    );
    expect(evaluatePlan(plan)).toMatchObject({ outcome: "unknown", exitCode: 2 });
  });
});

describe("the provider of a resource in a module", () => {
  const instance = (key: string) => `module.baseline["${key}"].aws_cloudtrail.this[0]`;

  test("is the one that the module is handed", () => {
    const plan = planOf(
      [
        createdTrail("module.a.aws_cloudtrail.this", multi),
        createdTrail("module.b.module.c.aws_cloudtrail.this", {}),
      ],
      {
        configuration: configurationOf(
          { aws: {}, "aws.second": assumes(role("444455556666")) },
          {
            "module.a.aws_cloudtrail.this": { provider: "aws" },
            "module.b.module.c.aws_cloudtrail.this": { provider: "aws.second" },
          },
        ),
      },
    );
    expect(evaluatePlan(plan).accounts).toMatchObject([
      { identity: "aws", outcome: "covers" },
      { accountId: "444455556666", outcome: "creates_gap" },
    ]);
  });

  test("is a block of the module itself", () => {
    const plan = planOf(
      [createdTrail("module.a.aws_cloudtrail.this", multi), createdTrail("aws_cloudtrail.own", {})],
      {
        configuration: configurationOf(
          { aws: {}, "module.a:aws.b": assumes(role("444455556666")) },
          {
            "module.a.aws_cloudtrail.this": { provider: "module.a:aws.b" },
            "aws_cloudtrail.own": { provider: "aws" },
          },
        ),
      },
    );
    expect(evaluatePlan(plan)).toMatchObject({
      outcome: "creates_gap",
      accounts: [
        { identity: "aws", outcome: "creates_gap" },
        { accountId: "444455556666", outcome: "covers" },
      ],
    });
  });

  test("is inherited when the plan names an empty one of the module", () => {
    const plan = planOf(
      [createdTrail("module.a.aws_cloudtrail.this", reads), createdTrail("aws_cloudtrail.own", writes)],
      {
        configuration: configurationOf(
          { aws: region("us-east-1"), "module.a:aws": {} },
          {
            "module.a.aws_cloudtrail.this": { provider: "module.a:aws" },
            "aws_cloudtrail.own": { provider: "aws" },
          },
        ),
      },
    );
    expect(evaluatePlan(plan).outcome).toBe("covers");
  });

  test("stays open when the module's entry may mean any of several", () => {
    const plan = planOf(
      [createdTrail("module.a.aws_cloudtrail.this", reads), createdTrail("aws_cloudtrail.own", writes)],
      {
        configuration: configurationOf(
          { aws: {}, "aws.second": assumes(role("444455556666")), "module.a:aws": {} },
          {
            "module.a.aws_cloudtrail.this": { provider: "module.a:aws" },
            "aws_cloudtrail.own": { provider: "aws" },
          },
        ),
      },
    );
    expect(evaluatePlan(plan).outcome).toBe("unknown");
  });

  test("of an alias that the plan does not explain is its own", () => {
    const trails = [
      createdTrail("module.a.aws_cloudtrail.this", multi),
      createdTrail("aws_cloudtrail.own", {}),
    ];
    for (const key of ["module.a:aws.b", "aws.b"]) {
      const configuration = configurationOf(
        { aws: {} },
        { "module.a.aws_cloudtrail.this": { provider: key }, "aws_cloudtrail.own": { provider: "aws" } },
      );
      expect(evaluatePlan(planOf(trails, { configuration })).outcome, key).toBe("unknown");
    }
  });

  test("is not the one alias there is when it is the default of a root without a block", () => {
    const trails = [
      createdTrail("module.a.aws_cloudtrail.this", {}),
      createdTrail("aws_cloudtrail.own", multi),
    ];
    for (const key of ["module.a:aws", "aws"]) {
      const configuration = configurationOf(
        { "aws.x": assumes(role("444455556666")) },
        { "module.a.aws_cloudtrail.this": { provider: key }, "aws_cloudtrail.own": { provider: "aws.x" } },
      );
      expect(evaluatePlan(planOf(trails, { configuration })).exitCode, key).not.toBe(0);
    }
  });

  test("is found for instances whose keys hold dots and brackets", () => {
    const plan = planOf([createdTrail(instance('a.b[0]\\"x'), multi), createdTrail(instance("c"), {})], {
      configuration: configurationOf(
        { aws: assumes(role("444455556666")) },
        { "module.baseline.aws_cloudtrail.this": { provider: "aws" } },
      ),
    });
    expect(evaluatePlan(plan)).toMatchObject({
      outcome: "covers",
      accounts: [{ accountId: "444455556666" }],
    });
  });

  test("is one per instance where OpenTofu lists several, or the block speaks of each.value", () => {
    const changes = [
      createdTrail('aws_cloudtrail.this["a"]', reads),
      createdTrail('aws_cloudtrail.this["b"]', writes),
    ];
    const listed = configurationOf(
      { 'aws.by["a"]': {}, 'aws.by["b"]': {} },
      { "aws_cloudtrail.this": { provider: ['aws.by["a"]', 'aws.by["b"]'] } },
    );
    expect(evaluatePlan(planOf(changes, { configuration: listed }))).toMatchObject({
      outcome: "unknown",
      accounts: [{ outcome: "unknown" }, { outcome: "unknown" }],
    });
    const each = configurationOf(
      { "aws.by": { assume_role: [{ role_arn: { references: ["each.value.role", "each.value"] } }] } },
      { "aws_cloudtrail.this": { provider: "aws.by" } },
    );
    expect(evaluatePlan(planOf(changes, { configuration: each })).outcome).toBe("unknown");
  });
});

test("a plan stripped of its configuration pools nothing", () => {
  const changes = [createdTrail("aws_cloudtrail.r", reads), createdTrail("aws_cloudtrail.w", writes)];
  expect(evaluatePlan(planOf(changes, { configuration: {} }))).toMatchObject({
    outcome: "unknown",
    exitCode: 2,
  });
});

test("a trail that is replaced where its provider now points elsewhere leaves the one account and enters the other", () => {
  const change = {
    ...keptTrail("aws_cloudtrail.t", multi, "333333333333"),
  } as ReturnType<typeof keptTrail> & { change: object };
  const replaced = {
    ...change,
    change: { ...change.change, actions: ["delete", "create"] },
  } as ReturnType<typeof keptTrail>;
  const configuration = configurationOf(
    { aws: assumes(role("444455556666")) },
    { "aws_cloudtrail.t": { provider: "aws" } },
  );
  expect(evaluatePlan(planOf([replaced], { configuration })).accounts).toMatchObject([
    { accountId: "333333333333", outcome: "breaks" },
    { accountId: "444455556666", outcome: "covers" },
  ]);
});

test("the worst account decides, in the order breaks, creates_gap, leaves_gap, unknown, covers", () => {
  const changes = {
    covers: keptTrail("aws_cloudtrail.a", multi, "111111111111"),
    unknown: deletedTrail("aws_cloudtrail.b", { ...multi, enable_logging: false }, "222222222222"),
    leaves_gap: keptTrail("aws_cloudtrail.c", {}, "333333333333"),
    creates_gap: createdTrail("aws_cloudtrail.d", {}),
    breaks: deletedTrail("aws_cloudtrail.e", multi, "555555555555"),
  };
  const configuration = configurationOf(
    { "aws.d": assumes(role("444444444444")), "aws.x": { profile: constant("x") } },
    { "aws_cloudtrail.d": { provider: "aws.d" } },
  );
  const order = ["breaks", "creates_gap", "leaves_gap", "unknown", "covers"] as const;
  for (let from = 0; from < order.length; from++) {
    const some = order.slice(from).map((name) => changes[name]);
    expect(evaluatePlan(planOf(some, { configuration })).outcome, order[from]).toBe(order[from]);
  }
});
