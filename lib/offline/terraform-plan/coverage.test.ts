import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import type { JsonObject } from "./json";
import {
  configurationOf,
  createdTrail,
  deletedTrail,
  keptTrail,
  planOf,
  priorState,
  resourceChange,
  stateOf,
  trailValues,
} from "./testing";

const account = "333333333333";
const multi = { is_multi_region_trail: true };
const dataOnly = {
  ...multi,
  event_selector: [
    {
      read_write_type: "All",
      include_management_events: false,
      data_resource: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
    },
  ],
};
const outcome = (changes: readonly JsonObject[], rest: JsonObject = {}) =>
  evaluatePlan(planOf(changes, rest));

describe("trails that log no management events change nothing", () => {
  const stopped = { ...multi, enable_logging: false };
  const dataByAdvanced = {
    ...multi,
    advanced_event_selector: [{ field_selector: [{ field: "eventCategory", equals: ["Data"] }] }],
  };

  test.each([
    ["deleted, it logged data events", deletedTrail("aws_cloudtrail.t", dataOnly, account)],
    [
      "deleted, it logged data events by an advanced selector",
      deletedTrail("aws_cloudtrail.t", dataByAdvanced, account),
    ],
    ["deleted, it was stopped", deletedTrail("aws_cloudtrail.t", stopped, account)],
    ["created for data events", createdTrail("aws_cloudtrail.t", dataOnly)],
    [
      "created for data events of one Region",
      createdTrail("aws_cloudtrail.t", { ...dataOnly, is_multi_region_trail: false }),
    ],
    ["kept", keptTrail("aws_cloudtrail.t", dataByAdvanced, account)],
  ])("%s", (_, change) => {
    const evaluation = outcome([change]);
    expect(evaluation).toMatchObject({ outcome: "unknown", exitCode: 2 });
    expect(evaluation.sentence).toContain("no management events");
  });

  test("beside one that covers they take nothing away", () => {
    const changes = [
      keptTrail("aws_cloudtrail.main", multi, account),
      deletedTrail("aws_cloudtrail.data", dataOnly, account),
    ];
    expect(outcome(changes).outcome).toBe("covers");
  });

  test("a data trail that is created beside a single-Region one does not create the gap", () => {
    const configuration = configurationOf({ aws: {} }, {});
    const changes = [
      keptTrail("aws_cloudtrail.main", {}, account),
      createdTrail("aws_cloudtrail.data", dataOnly),
    ];
    expect(outcome(changes, { configuration }).outcome).toBe("leaves_gap");
  });

  test("a trail that logged something and then nothing leaves a gap", () => {
    const change = resourceChange({
      actions: ["update"],
      before: trailValues({}, account),
      after: trailValues({ ...multi, enable_logging: false }, account),
    });
    expect(outcome([change]).outcome).toBe("leaves_gap");
  });
});

describe("a targeted plan", () => {
  const old = trailValues({ name: "old" }, account);
  const main = trailValues({ ...multi, name: "main" }, account);
  const deleted = resourceChange({ address: "aws_cloudtrail.old", actions: ["delete"], before: old });

  test("that deletes one trail does not deny the other of the state", () => {
    const state = priorState([stateOf("aws_cloudtrail.old", old), stateOf("aws_cloudtrail.main", main)]);
    const evaluation = outcome([deleted], { prior_state: state });
    expect(evaluation).toMatchObject({ outcome: "unknown", exitCode: 2 });
    expect(evaluation.sentence).toContain("does not speak of aws_cloudtrail.main");
  });

  test("breaks coverage when the state has nothing else that covers", () => {
    const state = priorState([stateOf("aws_cloudtrail.main", main), stateOf("aws_cloudtrail.old", old)]);
    const gone = resourceChange({ address: "aws_cloudtrail.main", actions: ["delete"], before: main });
    expect(outcome([gone], { prior_state: state, complete: false })).toMatchObject({
      outcome: "breaks",
      exitCode: 1,
    });
  });

  test("finds the rest of the state in modules", () => {
    const child = {
      address: "module.a",
      resources: [{ ...stateOf("aws_cloudtrail.main", main), address: "module.a.aws_cloudtrail.main" }],
    };
    const state = { values: { root_module: { child_modules: [child] } } };
    expect(outcome([deleted], { prior_state: state }).outcome).toBe("unknown");
  });

  test("says nothing of an account that it leaves alone", () => {
    const other = trailValues({ name: "other" }, "444444444444");
    const state = priorState([stateOf("aws_cloudtrail.other", other)]);
    const changes = [keptTrail("aws_cloudtrail.main", multi, account)];
    expect(outcome(changes, { prior_state: state })).toMatchObject({
      outcome: "covers",
      accounts: [{ accountId: account }],
    });
  });

  test("that touches no trail contains none", () => {
    const evaluation = outcome([], { prior_state: priorState([stateOf("aws_cloudtrail.main", main)]) });
    expect(evaluation).toMatchObject({ outcome: "unknown", accounts: [] });
    expect(evaluation.sentence).toContain("aws_cloudtrail.main, which the state holds");
  });

  test("that deletes the bucket of a trail which it does not name breaks its coverage", () => {
    const bucket = resourceChange({
      type: "aws_s3_bucket",
      address: "aws_s3_bucket.logs",
      actions: ["delete"],
      before: { bucket: "acme-logs", id: "acme-logs" },
    });
    const state = priorState([stateOf("aws_cloudtrail.main", main)]);
    expect(outcome([bucket], { prior_state: state })).toMatchObject({ outcome: "breaks", exitCode: 1 });
  });

  test("does not find a moved trail twice", () => {
    const moved = {
      ...keptTrail("module.new.aws_cloudtrail.main", {}, account),
      previous_address: "aws_cloudtrail.main",
    };
    const state = priorState([stateOf("aws_cloudtrail.main", trailValues({ name: "audit" }, account))]);
    const evaluation = outcome([moved], { prior_state: state });
    expect(evaluation.resources.map(({ address }) => address)).toEqual(["module.new.aws_cloudtrail.main"]);
  });
});

describe("an object that is moved, imported, forgotten or left over", () => {
  test("imported: it covers as it is", () => {
    const change = keptTrail("aws_cloudtrail.t", multi, account) as JsonObject & { change: JsonObject };
    const imported = { ...change, change: { ...change.change, importing: { id: "audit" } } };
    expect(outcome([imported]).outcome).toBe("covers");
  });

  test("forgotten here and imported there: nothing is lost", () => {
    const before = trailValues(multi, account);
    const changes = [
      resourceChange({ address: "aws_cloudtrail.old", actions: ["forget"], before }),
      resourceChange({ address: "aws_cloudtrail.new", actions: ["no-op"], before, after: before }),
    ];
    expect(outcome(changes)).toMatchObject({
      outcome: "covers",
      notes: [expect.stringContaining("stays in AWS")],
    });
  });

  test("forgotten and created again: the old trail goes on", () => {
    const change = resourceChange({
      actions: ["forget", "create"],
      before: trailValues(multi, account),
      after: trailValues({ name: "second" }),
      unknown: { arn: true, id: true, home_region: true },
    });
    expect(outcome([change]).outcome).toBe("covers");
  });

  test("deposed: what an unfinished replacement left covers until this plan deletes it", () => {
    const deposed = { ...deletedTrail("aws_cloudtrail.t", multi, account), deposed: "cbfa1c3f" };
    expect(outcome([deposed, keptTrail("aws_cloudtrail.t", multi, account)]).outcome).toBe("covers");
    expect(outcome([deposed, keptTrail("aws_cloudtrail.t", {}, account)])).toMatchObject({
      outcome: "breaks",
      sentence: expect.stringContaining("(deposed cbfa1c3f) is deleted"),
    });
  });

  test("deferred: what exists goes on, and nothing is certain", () => {
    const update = resourceChange({
      actions: ["update"],
      before: trailValues(multi, account),
      after: trailValues({}, account),
    });
    const deferred = { reason: "provider_config_unknown", resource_change: update };
    expect(outcome([], { deferred_changes: [deferred] })).toMatchObject({ outcome: "unknown", exitCode: 2 });
  });
});

describe("a replacement", () => {
  const replaced = (actions: readonly string[], name: string) =>
    resourceChange({
      actions,
      before: trailValues(multi, account),
      after: trailValues({ ...multi, name }),
      unknown: { arn: true, home_region: true, id: true },
    });

  test("that deletes first interrupts logging", () => {
    expect(outcome([replaced(["delete", "create"], "b")])).toMatchObject({
      outcome: "covers",
      notes: [expect.stringContaining("nothing is logged between")],
    });
  });

  test("that creates first does not", () => {
    const { notes, outcome: result } = outcome([replaced(["create", "delete"], "b")]);
    expect(result).toBe("covers");
    expect(notes).toEqual([expect.stringContaining("created before the old one goes")]);
  });
});

test("one trail that takes over from another may leave a gap in between, which is noted", () => {
  const old = deletedTrail("aws_cloudtrail.old", multi, account);
  const created = createdTrail("aws_cloudtrail.new", multi);
  expect(outcome([old, created])).toMatchObject({
    outcome: "covers",
    notes: [expect.stringContaining("aws_cloudtrail.new takes over from aws_cloudtrail.old")],
  });
  expect(outcome([old, created, keptTrail("aws_cloudtrail.main", multi, account)]).notes).toEqual([]);
  expect(outcome([deletedTrail("aws_cloudtrail.old", {}, account), created]).notes).toEqual([]);
});

test("a note names a trail that was changed outside Terraform, and the outcome does not", () => {
  const trail = keptTrail("aws_cloudtrail.t", multi, account);
  // One that only moved is listed as well.
  expect(outcome([trail], { resource_drift: [trail] }).notes).toEqual([]);
  const drift = resourceChange({ address: "aws_cloudtrail.t", actions: ["update"] });
  expect(outcome([trail], { resource_drift: [drift] })).toMatchObject({
    outcome: "covers",
    notes: ["aws_cloudtrail.t was changed outside Terraform since it was last applied."],
  });
});
