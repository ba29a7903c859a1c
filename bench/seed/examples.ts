import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import { rootScenario } from "@/lib/checks/iam/root-mfa-disabled/testing/scenario";
import { defaultRegions } from "@/lib/checks/regions";
import { checks } from "@/lib/checks/registry";
import {
  accountCase,
  managementAccount,
  member,
  multiRegionTrail,
  organizationTrail,
  selectors,
  singleRegionTrail,
  status,
} from "@/lib/checks/testing/cases";
import { type CaseTrail, scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import type { CaseError } from "@/lib/checks/testing/worked-case";
import { canonicalJson } from "@/lib/evidence/canonical-json";

/** An account as a scan may find it: what was read, and what every check says of it. */
export interface Example {
  /** Of ten thousand accounts so many are like it. */
  readonly weight: number;
  /** Facts and context as canonical JSON. */
  readonly facts: string;
  readonly said: readonly { readonly evaluation: Evaluation; readonly description: Description }[];
}

const at = "2026-11-22T12:00:00Z";
const regions = defaultRegions("aws");
const everywhere = { existsInRegions: regions };

type Setup = Partial<Pick<TruthTableCase, "account" | "trails" | "errors" | "orgEvidence">>;

const multi = (over: Partial<CaseTrail> = {}): Setup => ({
  trails: [multiRegionTrail({ ...everywhere, ...over })],
});
const shared = (over: Partial<CaseTrail> = {}): Setup => {
  const trails = [organizationTrail({ ...everywhere, ...over })];
  return {
    account: { ...member, organizationId: "o-load000001" },
    trails,
    orgEvidence: { accountId: managementAccount, trails },
  };
};
const refusing = (api: string, code: string): Setup => ({ ...multi(), errors: [{ api, region: "*", code }] });

/** Of a hundred accounts so many have their trails so. */
const trails: readonly (readonly [number, Setup])[] = [
  [38, multi({ status: status.daily })],
  [16, shared({ status: status.daily })],
  [2, multi({ status: status.starting })],
  [3, multi({ status: status.stale })],
  [5, multi({ status: status.stopped })],
  [4, multi({ status: status.failing })],
  [2, multi({ status: status.never })],
  [3, multi(selectors.writeOnly)],
  [2, multi(selectors.readOnly)],
  [3, multi(selectors.withoutKms)],
  [2, multi(selectors.dataOnly)],
  [4, { trails: [singleRegionTrail("us-east-1")] }],
  [3, { trails: [singleRegionTrail("us-east-1"), singleRegionTrail("eu-west-1")] }],
  [1, { trails: regions.map((region) => singleRegionTrail(region)) }],
  [5, { trails: [] }],
  [2, shared({ status: status.stopped })],
  [2, multi({ existsInRegions: regions.slice(0, 14) })],
  [2, refusing("sts:AssumeRole", "AccessDenied")],
  [1, refusing("cloudtrail:DescribeTrails", "AccessDeniedException")],
];
const validations = [
  [7, true],
  [3, false],
] as const;
const roots: readonly (readonly [number, Readonly<Record<string, number>>, readonly CaseError[]])[] = [
  [8, { AccountMFAEnabled: 1, AccountPasswordPresent: 1 }, []],
  [2, { AccountMFAEnabled: 0, AccountPasswordPresent: 1, AccountAccessKeysPresent: 1 }, []],
];

/**
 * Every kind of account that load consists of, judged by the product's own checks. The first is in order, the last but
 * one fails for want of a trail: what an account was before it turned.
 */
export function makeExamples(): Example[] {
  return trails.flatMap(([ofHundred, setup]) =>
    validations.flatMap(([ofTen, isValidated]) =>
      roots.map(([alsoOfTen, accountSummary, errors]): Example => {
        const own = (setup.trails ?? []).map((trail) => ({
          ...trail,
          logFileValidationEnabled: isValidated,
        }));
        return exampleOf(ofHundred * ofTen * alsoOfTen, { ...setup, trails: own }, accountSummary, errors);
      }),
    ),
  );
}

function exampleOf(
  weight: number,
  setup: Setup,
  accountSummary: Readonly<Record<string, number>>,
  errors: readonly CaseError[],
): Example {
  const ofTrails = scenario(
    accountCase({
      ...setup,
      regions: regions.map((name) => ({
        name,
        optInStatus: "opt-in-not-required",
        lastKnownActivity: "2026-11-21T11:00:00Z",
      })),
    }),
    at,
  );
  const { context } = ofTrails;
  const ofRoot = rootScenario({
    id: "load",
    title: "load",
    account: context.account,
    accountSummary,
    errors: [...errors, ...(setup.errors ?? [])],
    expected: accountCase({}).expected,
  });
  const facts = { ...ofTrails.facts, ...ofRoot.facts };
  return {
    weight,
    facts: canonicalJson({ facts, context }),
    said: checks.map((check) => {
      const evaluation = check.evaluate(facts, context);
      return {
        evaluation,
        description: check.describe(evaluation, facts, { ...context, accountName: "Load" }),
      };
    }),
  };
}
