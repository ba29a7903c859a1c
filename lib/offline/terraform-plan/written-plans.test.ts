import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import type { JsonObject } from "./json";

/** Plans as programs wrote them, over a configuration and a provider of our own with the schema of the AWS provider. */
function written(name: string): JsonObject {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8"));
}

describe("Terraform 1.11", () => {
  const plan = written("terraform-1.11-modules.json");

  test("modules that inherit a provider, are handed one, or hand one on", () => {
    const { accounts, outcome } = evaluatePlan(plan);
    expect(accounts).toMatchObject([
      { identity: "aws", accountId: "111122223333", outcome: "covers" },
      // Its role comes from the same variable as that of aws.var, and is another one.
      { identity: "aws.mix", accountId: null, outcome: "unknown" },
      { identity: "aws.var", accountId: null, outcome: "covers" },
      { accountId: "444455556666", outcome: "covers" },
    ]);
    expect(outcome).toBe("unknown");
  });

  test("all of its trails", () => {
    expect(evaluatePlan(plan).resources.map(({ address, account }) => [address, account])).toEqual([
      ["aws_cloudtrail.main", "111122223333"],
      ["aws_cloudtrail.mix", null],
      ["module.inherit.aws_cloudtrail.this[0]", "111122223333"],
      ['module.outer["a.b"].module.inner.aws_cloudtrail.this[0]', null],
      ['module.outer["c"].module.inner.aws_cloudtrail.this[0]', null],
      ["module.passed.aws_cloudtrail.this[0]", "444455556666"],
    ]);
  });
});

describe("OpenTofu 1.10", () => {
  const plan = written("opentofu-1.10.json");

  test("a provider for each account: each instance is judged alone", () => {
    expect(plan.terraform_version).toBe("1.10.6");
    expect(evaluatePlan(plan).accounts.map(({ identity, outcome }) => [identity, outcome])).toEqual([
      ['aws.by_account["audit"] or aws.by_account["work"]', "covers"],
      ['aws.by_account["audit"] or aws.by_account["work"]', "unknown"],
      ["aws.main", "covers"],
    ]);
    expect(evaluatePlan(plan)).toMatchObject({ outcome: "unknown", exitCode: 2 });
  });

  test("without those instances the plan covers, and its state is understood", () => {
    const changes = plan.resource_changes as readonly JsonObject[];
    const own = changes.filter(({ address }) => !String(address).startsWith("aws_cloudtrail.each"));
    expect(evaluatePlan({ ...plan, resource_changes: own })).toMatchObject({
      outcome: "covers",
      accounts: [{ identity: "aws.main", accountId: "111122223333" }],
    });
  });
});
