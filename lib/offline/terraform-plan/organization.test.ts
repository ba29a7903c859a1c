import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import type { JsonObject } from "./json";
import {
  assumes,
  configurationOf,
  constant,
  createdTrail,
  deletedTrail,
  keptTrail,
  planOf,
  resourceChange,
  trailValues,
} from "./testing";

const [owner, member] = ["111122223333", "444455556666"];
const multi = { is_multi_region_trail: true };
const organization = { ...multi, is_organization_trail: true, name: "org" };
const outcome = (changes: readonly JsonObject[], rest: JsonObject = {}) =>
  evaluatePlan(planOf(changes, rest));

describe("the organization trail of the same plan reaches members", () => {
  const retired = deletedTrail("aws_cloudtrail.member", { ...multi, name: "member" }, member);

  test("so that a member's own trail may go", () => {
    const evaluation = outcome([keptTrail("aws_cloudtrail.org", organization, owner), retired]);
    expect(evaluation).toMatchObject({ outcome: "unknown", exitCode: 2 });
    expect(evaluation.sentence).toContain(`covered if ${member} is a member of that organization (${owner})`);
    expect(evaluation.accounts.map(({ outcome: one }) => one)).toEqual(["unknown", "covers"]);
  });

  test("also one that is created in it, or completes what the member logs", () => {
    const created = createdTrail("aws_cloudtrail.org", organization);
    expect(outcome([created, retired], { configuration: {} }).outcome).toBe("unknown");
    const single = createdTrail("aws_cloudtrail.member", {});
    const configuration = configurationOf(
      { aws: {}, "aws.m": assumes(`arn:aws:iam::${member}:role/T`) },
      { "aws_cloudtrail.member": { provider: "aws.m" } },
    );
    expect(
      outcome([keptTrail("aws_cloudtrail.org", organization, owner), single], { configuration }).outcome,
    ).toBe("unknown");
  });

  test.each([
    ["covers one Region", { is_multi_region_trail: false }],
    ["is stopped", { enable_logging: false }],
    [
      "logs writes only",
      { event_selector: [{ read_write_type: "WriteOnly", include_management_events: true }] },
    ],
    ["is none", { is_organization_trail: false }],
  ])("but not when it %s", (_, values) => {
    const changes = [keptTrail("aws_cloudtrail.org", { ...organization, ...values }, owner), retired];
    expect(outcome(changes)).toMatchObject({ outcome: "breaks", exitCode: 1 });
  });

  test("but not when the same plan ends it", () => {
    const changes = [deletedTrail("aws_cloudtrail.org", organization, owner), retired];
    expect(outcome(changes).accounts.map(({ outcome: one }) => one)).toEqual(["breaks", "breaks"]);
  });
});

describe("members lose what an organization trail logs for them", () => {
  const changed = (values: JsonObject) =>
    resourceChange({
      address: "aws_cloudtrail.org",
      actions: ["update"],
      before: trailValues(organization, owner),
      after: trailValues({ ...organization, ...values }, owner),
    });
  const own = keptTrail("aws_cloudtrail.own", multi, owner);

  test("when it becomes a trail of its owner alone, although that stays covered", () => {
    const evaluation = outcome([changed({ is_organization_trail: false })]);
    expect(evaluation).toMatchObject({
      outcome: "breaks",
      exitCode: 1,
      accounts: [
        { accountId: owner, outcome: "covers" },
        { identity: `members of the organization of ${owner}`, accountId: null, outcome: "breaks" },
      ],
    });
    expect(evaluation.sentence).toContain("aws_cloudtrail.org is no longer an organization trail");
  });

  test.each([
    ["is deleted", deletedTrail("aws_cloudtrail.org", organization, owner)],
    ["logs one Region", changed({ is_multi_region_trail: false })],
    ["is stopped", changed({ enable_logging: false })],
  ])("when it %s beside another trail of its owner", (_, change) => {
    expect(outcome([change, own])).toMatchObject({
      outcome: "breaks",
      accounts: [{ outcome: "covers" }, { outcome: "breaks" }],
    });
  });

  test("unless another organization trail covers, for certain or perhaps", () => {
    const gone = deletedTrail("aws_cloudtrail.org", organization, owner);
    expect(outcome([gone, keptTrail("aws_cloudtrail.next", organization, owner)]).outcome).toBe("covers");
    const open = createdTrail("aws_cloudtrail.next", organization, { enable_logging: true });
    const configuration = configurationOf({ aws: {} }, { "aws_cloudtrail.next": { provider: "aws" } });
    expect(outcome([gone, open, own], { configuration })).toMatchObject({
      outcome: "unknown",
      accounts: [{ outcome: "covers" }, { outcome: "unknown" }],
    });
  });
});

test("an organization trail of a delegated administrator is the organization's, and its other trails are its own", () => {
  const configuration = configurationOf(
    { aws: {} },
    { "aws_cloudtrail.next": { provider: "aws" }, "aws_cloudtrail.old": { provider: "aws" } },
  );
  const old = deletedTrail("aws_cloudtrail.old", organization, owner);
  expect(outcome([old, createdTrail("aws_cloudtrail.next", organization)], { configuration })).toMatchObject({
    outcome: "covers",
    accounts: [{ accountId: owner }],
  });
  const { accounts } = outcome([old, createdTrail("aws_cloudtrail.next", multi)], { configuration });
  expect(accounts).toMatchObject([
    // It may be the owner's, and may be the administrator's.
    { accountId: null, outcome: "covers" },
    { accountId: owner, outcome: "unknown" },
    { identity: `members of the organization of ${owner}`, outcome: "breaks" },
  ]);
});

describe("the home Region of an organization trail", () => {
  const note = expect.stringContaining("members that have not enabled eu-south-1");
  const inRegion = (region: string) => ({
    configuration: configurationOf({ aws: { region: constant(region) } }, {}),
  });

  test("is noted when it is an opt-in Region, by the provider, the resource, a variable or the trail itself", () => {
    const created = createdTrail("aws_cloudtrail.org", organization);
    expect(outcome([created], inRegion("eu-south-1"))).toMatchObject({ outcome: "covers", notes: [note] });
    const own = createdTrail("aws_cloudtrail.org", { ...organization, region: "eu-south-1" });
    expect(outcome([own], inRegion("us-east-1")).notes).toEqual([note]);
    const variable = configurationOf({ aws: { region: { references: ["var.region"] } } }, {});
    const variables = { region: { value: "eu-south-1" } };
    expect(outcome([created], { configuration: variable, variables }).notes).toEqual([note]);
    const home = trailValues({ ...organization, home_region: "eu-south-1" }, owner);
    const kept = resourceChange({ actions: ["no-op"], before: home, after: home });
    expect(outcome([kept]).notes).toEqual([note]);
  });

  test("is not noted when it cannot be off, or the trail is no organization trail", () => {
    const created = createdTrail("aws_cloudtrail.org", organization);
    expect(outcome([created], inRegion("eu-west-1")).notes).toEqual([]);
    expect(outcome([createdTrail("aws_cloudtrail.t", multi)], inRegion("eu-south-1")).notes).toEqual([]);
  });
});
