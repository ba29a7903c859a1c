import fc from "fast-check";
import { expect, test } from "vitest";
import {
  allEvents,
  type EventClasses,
  noEvents,
  readEvents,
  writeEvents,
} from "@/lib/checks/cloudtrail/inventory/event-classes";
import { evaluatePlan } from "./evaluate-plan";
import type { JsonObject } from "./json";
import { assumes, configurationOf, constant, planOf, resourceChange, trailValues } from "./testing";

/** Accounts, which the plan shows in part: the provider blocks reach them, ARNs and a constant role name them. */
const accounts = fc.constantFrom("111111111111", "222222222222", "333333333333");
const roleAccount = "444444444444";
const providers = {
  aws: {},
  "aws.eu": { region: constant("eu-west-1") },
  "aws.a": { profile: constant("a") },
  "aws.b": { profile: constant("b") },
  "aws.role": assumes(`arn:aws:iam::${roleAccount}:role/T`),
};
type Provider = keyof typeof providers;
const world = fc.record({ ambient: accounts, a: accounts, b: accounts }).map(
  ({ ambient, a, b }): Readonly<Record<Provider, string>> => ({
    aws: ambient,
    "aws.eu": ambient,
    "aws.a": a,
    "aws.b": b,
    "aws.role": roleAccount,
  }),
);

const logs = { all: allEvents, reads: readEvents, writes: writeEvents, data: noEvents } as const;
const state = fc.record({
  isMultiRegion: fc.boolean(),
  isLogging: fc.boolean(),
  events: fc.constantFrom<keyof typeof logs>("all", "reads", "writes", "data"),
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

const trails = fc.uniqueArray(
  fc.record({
    name: fc.integer({ min: 0, max: 99 }).map((number) => `t${number}`),
    provider: fc.constantFrom(...(Object.keys(providers) as Provider[])),
    action: fc.constantFrom("no-op", "update", "create", "delete", "forget", "replace"),
    /** The block of a deleted trail is gone, and with it the word which provider it has. */
    isConfigured: fc.boolean(),
    before: state,
    after: state,
  }),
  { minLength: 1, maxLength: 6, selector: ({ name }) => name },
);
type Trail = (typeof trails extends fc.Arbitrary<infer T> ? T : never)[number];

function values({ isMultiRegion, isLogging, events }: State, name: string, account?: string): JsonObject {
  const types = { reads: "ReadOnly", writes: "WriteOnly", all: "All", data: "All" };
  const selector = { read_write_type: types[events], include_management_events: events !== "data" };
  const own = {
    name,
    is_multi_region_trail: isMultiRegion,
    enable_logging: isLogging,
    event_selector: [selector],
  };
  return trailValues(own, account);
}

function stateAfter({ action, before, after }: Trail): State | null {
  if (action === "delete") return null;
  return action === "no-op" || action === "forget" ? before : after;
}

function planFor(some: readonly Trail[], reached: Readonly<Record<Provider, string>>): JsonObject {
  const changes = some.map((trail) => {
    const { name, action, provider, before } = trail;
    const account = reached[provider];
    const left = action === "forget" ? null : stateAfter(trail);
    const isNew = action === "create" || action === "replace";
    return resourceChange({
      address: `aws_cloudtrail.${name}`,
      actions: action === "replace" ? ["delete", "create"] : [action],
      before: action === "create" ? null : values(before, name, account),
      after: left === null ? null : values(left, name, isNew ? undefined : account),
      unknown: isNew ? { arn: true, id: true, home_region: true } : {},
    });
  });
  const blocks = some
    .filter(({ action, isConfigured }) => isConfigured || (action !== "delete" && action !== "forget"))
    .map(({ name, provider }) => [`aws_cloudtrail.${name}`, { provider }] as const);
  return planOf(changes, { configuration: configurationOf(providers, Object.fromEntries(blocks)) });
}

/** Whether the trails of each account, as it really is, log everything in every Region. */
function uncovered(some: readonly Trail[], reached: Readonly<Record<Provider, string>>): readonly string[] {
  const logged = new Map<string, EventClasses>();
  for (const trail of some) {
    const account = reached[trail.provider];
    const left = stateAfter(trail);
    const classes = left?.isMultiRegion && left.isLogging ? logs[left.events] : noEvents;
    logged.set(account, (logged.get(account) ?? noEvents) | classes);
  }
  return [...logged].filter(([, classes]) => classes !== allEvents).map(([account]) => account);
}

const runs = { numRuns: 1000 };

test("a plan that covers leaves every account covered, whichever accounts its providers reach", () => {
  let covering = 0;
  fc.assert(
    fc.property(trails, world, (some, reached) => {
      if (evaluatePlan(planFor(some, reached)).outcome !== "covers") return;
      covering += 1;
      expect(uncovered(some, reached)).toEqual([]);
    }),
    runs,
  );
  // A judge that never says so would pass.
  expect(covering).toBeGreaterThan(10);
});

test("a plan that is refused leaves an account uncovered, whichever accounts its providers reach", () => {
  let refused = 0;
  fc.assert(
    fc.property(trails, world, (some, reached) => {
      if (evaluatePlan(planFor(some, reached)).exitCode !== 1) return;
      refused += 1;
      expect(uncovered(some, reached)).not.toEqual([]);
    }),
    runs,
  );
  expect(refused).toBeGreaterThan(100);
});
