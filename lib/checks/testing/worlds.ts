import fc from "fast-check";
import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import { accountCase, multiRegionTrail, ownAccount, selectors, status } from "./cases";
import type { CaseTrail, TruthTableCase } from "./truth-table";
import type { CaseError } from "./worked-case";

const regionNames = ["us-east-1", "us-west-2", "eu-west-1", "eu-south-2", "il-central-1"] as const;
const optIn: readonly string[] = ["eu-south-2", "il-central-1"];

const since = fc.constantFrom(undefined, "2026-11-22T06:00:00Z", "2026-10-01T00:00:00Z");

/** A day ago, before the last hour, and within it, when nothing need have arrived yet. */
const activity = fc.constantFrom(
  undefined,
  "2026-11-21T11:00:00Z",
  "2026-11-22T10:00:00Z",
  "2026-11-22T11:30:00Z",
);

const regions = fc
  .tuple(
    fc.tuple(...optIn.map(() => fc.record({ isOn: fc.boolean(), since }))),
    fc.tuple(...regionNames.map(() => activity)),
    fc.boolean(),
  )
  .map(([choices, activities, hasHistory]): TruthTableCase["regions"] =>
    regionNames.map((name, index) => {
      const at = hasHistory ? activities[index] : undefined;
      const known = at === undefined ? {} : { lastKnownActivity: at };
      const choice = choices[optIn.indexOf(name)];
      if (choice === undefined) return { name, optInStatus: "opt-in-not-required", ...known };
      if (!choice.isOn) return { name, optInStatus: "not-opted-in" };
      return {
        name,
        optInStatus: "opted-in",
        ...known,
        ...(choice.since ? { enabledSince: choice.since } : {}),
      };
    }),
  );

const anyStatus = fc.constantFrom(...Object.values(status));
const anySelectors = fc.constantFrom(...Object.values(selectors));

/** A trail of the account; where it exists follows from what it is, minus a copy that may be missing. */
function trail(index: number, enabled: readonly string[]): fc.Arbitrary<CaseTrail> {
  return fc
    .record({
      home: fc.constantFrom(...enabled),
      isMultiRegion: fc.boolean(),
      status: anyStatus,
      selectors: anySelectors,
      missing: fc.option(fc.constantFrom(...enabled), { freq: 3 }),
      failingIn: fc.option(fc.constantFrom(...enabled), { freq: 3 }),
      otherwise: fc.array(fc.record({ region: fc.constantFrom(...enabled), status: anyStatus }), {
        maxLength: 2,
      }),
      since,
      readsSince: since,
      saysDefault: fc.boolean(),
      isForeign: fc.boolean(),
    })
    .map((t) => {
      const { hasCustomEventSelectors, ...trail } = multiRegionTrail({
        name: `trail-${index}`,
        homeRegion: t.home,
        isMultiRegion: t.isMultiRegion,
        isOrganization: t.isForeign,
        ownerAccount: t.isForeign ? "111111111111" : ownAccount,
        existsInRegions: t.isMultiRegion ? enabled.filter((r) => r === t.home || r !== t.missing) : [t.home],
        status: t.status,
        statusByRegion: t.status.isLogging ? statusByRegion(t) : {},
        ...t.selectors,
        ...(t.since && t.isMultiRegion ? { multiRegionSince: t.since } : {}),
        ...(t.readsSince ? { readEventsSince: t.readsSince } : {}),
      });
      // AWS need not say so.
      return hasCustomEventSelectors === undefined || !(hasCustomEventSelectors || t.saysDefault)
        ? trail
        : { ...trail, hasCustomEventSelectors };
    });
}

/** Regions deliver, fail or stay silent each for itself; logging is stopped and started for all at once, at home. */
function statusByRegion(t: {
  readonly failingIn: string | null;
  readonly otherwise: readonly { readonly region: string; readonly status: TrailStatus }[];
}): Readonly<Record<string, TrailStatus>> {
  return Object.fromEntries([
    ...t.otherwise.filter((o) => o.status.isLogging).map((o) => [o.region, o.status] as const),
    ...(t.failingIn ? [[t.failingIn, status.failing] as const] : []),
  ]);
}

const error = fc.record({
  api: fc.constantFrom(
    "cloudtrail:DescribeTrails",
    "cloudtrail:GetTrailStatus",
    "cloudtrail:GetEventSelectors",
  ),
  region: fc.constantFrom("*", ...regionNames),
  code: fc.constantFrom(
    "AccessDeniedException",
    "ThrottlingException",
    "UnrecognizedClientException",
    "SyntaxError",
  ),
}) satisfies fc.Arbitrary<CaseError>;

/** Accounts as AWS could show them: opt-in states, up to four trails, delivery faults, unreadable answers. */
export const world: fc.Arbitrary<TruthTableCase> = regions.chain((list) => {
  const enabled = list.filter((region) => region.optInStatus !== "not-opted-in").map((region) => region.name);
  return fc
    .record({
      count: fc.integer({ min: 0, max: 4 }),
      trails: fc.tuple(trail(0, enabled), trail(1, enabled), trail(2, enabled), trail(3, enabled)),
      errors: fc.array(error, { maxLength: 2 }),
      isMember: fc.boolean(),
    })
    .map(({ count, trails, errors, isMember }) =>
      accountCase({
        account: { id: ownAccount, partition: "aws", orgRole: isMember ? "MEMBER" : "STANDALONE" },
        regions: list,
        trails: trails.slice(0, count),
        errors,
      }),
    );
});
