import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { AwsOrganizationFact, Facts } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { regionSubject } from "@/lib/checks/facts/regions-traits";
import { regionInfo } from "@/lib/checks/regions";
import { isRecent } from "./grace";
import type { RegionView } from "./region-view";
import { type TrailView, trailViews } from "./trail-view";

export interface Inventory {
  /** Enabled Regions, in the order the account lists them. */
  readonly regions: readonly RegionView[];
  readonly notEnabledRegions: readonly string[];
  /** Every Region, enabled or not, in the order the account lists them. */
  readonly listedRegions: readonly string[];
  readonly isRegionListRead: boolean;
  readonly regionListFailure?: ReadFailure;
  readonly trails: readonly TrailView[];
  readonly awsOrganization: AwsOrganizationFact | null;
  readonly isOrganizationRead: boolean;
}

/** Arranges the facts by Region and by trail. Trails keep the order in which the Regions list them. */
export function takeInventory(facts: Partial<Facts>, context: EvaluationContext): Inventory {
  const list = facts.regions;
  const enabled = list?.ok
    ? list.value.filter((region) => region.optInStatus !== "not-opted-in").map((region) => region.name)
    : context.defaultRegions;
  const listed = new Map(list?.ok ? list.value.map((region) => [region.name, region.optInStatus]) : []);
  const regions = [...new Set(enabled)].map((name) => regionView(name, listed.get(name), facts, context));
  const organization = facts.organization;
  return {
    regions,
    notEnabledRegions: [...listed].filter(([, status]) => status === "not-opted-in").map(([name]) => name),
    listedRegions: list?.ok ? [...listed.keys()] : regions.map(({ name }) => name),
    isRegionListRead: list?.ok === true,
    ...(list?.ok === false ? { regionListFailure: list.failure } : {}),
    trails: trailViews(regions, facts, context, list?.ok ? new Set(enabled) : null),
    awsOrganization: organization?.ok ? organization.value : (context.organizationFallback ?? null),
    isOrganizationRead: organization?.ok === true,
  };
}

function regionView(
  name: string,
  optInStatus: string | undefined,
  facts: Partial<Facts>,
  context: EvaluationContext,
): RegionView {
  const reading = facts["cloudtrail.trails"]?.[name] ?? notAsked("cloudtrail:DescribeTrails", name);
  return {
    name,
    isOptIn: optInStatus === undefined ? regionInfo(name).isOptIn : optInStatus !== "opt-in-not-required",
    isNew: isRecent(context.sightings[regionSubject(name)], Date.parse(context.now)),
    ...(reading.ok ? {} : { failure: reading.failure }),
  };
}

function notAsked(api: string, region: string): { readonly ok: false; readonly failure: ReadFailure } {
  const failure = {
    kind: "deadline",
    api,
    region,
    code: "NotAsked",
    message: "The scan did not ask.",
  } as const;
  return { ok: false, failure };
}
