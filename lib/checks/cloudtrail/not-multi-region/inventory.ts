import { ownerOf } from "@/lib/checks/arn";
import type { EvaluationContext } from "@/lib/checks/check";
import type { TrailDescription, TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { Facts, OrganizationFact } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { isDefaultRegion, regionInfo } from "@/lib/checks/regions";
import type { EventClasses } from "./event-classes";
import { type TrailHealth, trailHealth } from "./health";
import { resolveSelectors } from "./trail-selectors";

/** One enabled Region: was its list of trails readable, and is it recent. */
export interface RegionView {
  readonly name: string;
  readonly isOptIn: boolean;
  /** Present when DescribeTrails gave no value here. */
  readonly failure?: ReadFailure;
  /** First seen enabled within the last 24 hours: copies of trails may still be on their way. */
  readonly isNew: boolean;
}

/** One trail, identified by ARN, with everything the rules ask about it. */
export interface TrailView {
  readonly description: TrailDescription;
  readonly arn: string;
  readonly owner: string;
  /** Owned by another account: an organization trail as a member sees it. */
  readonly isForeign: boolean;
  /** Enabled Regions whose DescribeTrails lists it. */
  readonly seenIn: ReadonlySet<string>;
  /** Readable GetTrailStatus answers by Region. */
  readonly statuses: ReadonlyMap<string, TrailStatus>;
  readonly statusFailures: readonly ReadFailure[];
  /** Its home Region told its status, or is off here and cannot: only there does staleness show. */
  readonly isJudgedAtHome: boolean;
  /** Some Region where it exists, or may exist, gave no status. */
  readonly hasUnreadStatus: boolean;
  /** Null when unknown. */
  readonly classes: EventClasses | null;
  readonly selectorFailure?: ReadFailure;
  readonly hasUnrecognisedField: boolean;
  readonly hasOtherCategories: boolean;
  readonly health: TrailHealth;
  readonly mayBeQuietWriteOnly: boolean;
  /** First seen multi-Region within the last 24 hours. */
  readonly isNewlyMultiRegion: boolean;
}

export interface Inventory {
  /** Enabled Regions, in the order the account lists them. */
  readonly regions: readonly RegionView[];
  readonly notEnabledRegions: readonly string[];
  readonly isRegionListRead: boolean;
  readonly trails: readonly TrailView[];
  readonly organization: OrganizationFact | null;
  readonly isOrganizationRead: boolean;
}

const propagationGrace = 24 * 3_600_000;

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
    isRegionListRead: list?.ok === true,
    trails: trailViews(regions, facts, context, list?.ok ? new Set(enabled) : null),
    organization: organization?.ok ? organization.value : (context.organizationFallback ?? null),
    isOrganizationRead: organization?.ok === true,
  };
}

export function isReadable(region: RegionView): boolean {
  return region.failure === undefined;
}

/** Within the grace that AWS needs to copy a trail to a Region; without a date there is none. */
export function isRecent(since: string | undefined, now: number): boolean {
  return since !== undefined && now - Date.parse(since) <= propagationGrace;
}

/** Home Regions of organization trails that are off here. Null list: not known, so nothing is claimed. */
export function isHomeRegionOff(homeRegion: string, enabled: ReadonlySet<string> | null): boolean {
  return enabled !== null && !enabled.has(homeRegion) && !isDefaultRegion(homeRegion);
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
    isNew: isRecent(context.history.regionEnabledSince[name], Date.parse(context.now)),
    ...(reading.ok ? {} : { failure: reading.failure }),
  };
}

function trailViews(
  regions: readonly RegionView[],
  facts: Partial<Facts>,
  context: EvaluationContext,
  enabled: ReadonlySet<string> | null,
): readonly TrailView[] {
  const sightings = new Map<string, { descriptions: Map<string, TrailDescription> }>();
  for (const { name } of regions) {
    const reading = facts["cloudtrail.trails"]?.[name];
    if (!reading?.ok) continue;
    for (const description of reading.value) {
      const sighting = sightings.get(description.arn) ?? { descriptions: new Map() };
      sighting.descriptions.set(name, description);
      sightings.set(description.arn, sighting);
    }
  }
  return [...sightings].map(([arn, { descriptions }]) =>
    trailView(arn, descriptions, facts, context, regions, enabled),
  );
}

function trailView(
  arn: string,
  descriptions: ReadonlyMap<string, TrailDescription>,
  facts: Partial<Facts>,
  context: EvaluationContext,
  regions: readonly RegionView[],
  enabled: ReadonlySet<string> | null,
): TrailView {
  const seen = [...descriptions.values()];
  const description = seen.find((d) => descriptions.get(d.homeRegion) === d) ?? (seen[0] as TrailDescription);
  const owner = ownerOf(arn) ?? context.account.id;
  const isForeign = owner !== context.account.id;
  const { statuses, failures, hasUnreadStatus } = statusesOf(
    arn,
    description.homeRegion,
    descriptions,
    facts,
    regions,
  );
  const selectors = resolveSelectors(description, facts["cloudtrail.event_selectors"]?.[arn], context);
  const now = Date.parse(context.now);
  const evidence = context.organizationEvidence?.trails.find((trail) => trail.description.arn === arn);
  return {
    description,
    arn,
    owner,
    isForeign,
    seenIn: new Set(descriptions.keys()),
    statuses,
    statusFailures: failures,
    isJudgedAtHome:
      statuses.has(description.homeRegion) || !regions.some((r) => r.name === description.homeRegion),
    hasUnreadStatus,
    ...selectors,
    ...trailHealth({
      now,
      isHomeRegionOff:
        isForeign && description.isOrganization && isHomeRegionOff(description.homeRegion, enabled),
      homeRegion: description.homeRegion,
      statuses,
      classes: selectors.classes,
      isStoppedByEvidence: evidence?.status?.isLogging === false,
    }),
    isNewlyMultiRegion:
      description.isMultiRegion && isRecent(context.history.trailMultiRegionSince[arn], now),
  };
}

/** Status counts where the trail was seen, where that could not be seen, and in its home Region. */
function statusesOf(
  arn: string,
  homeRegion: string,
  descriptions: ReadonlyMap<string, TrailDescription>,
  facts: Partial<Facts>,
  regions: readonly RegionView[],
): {
  statuses: ReadonlyMap<string, TrailStatus>;
  failures: readonly ReadFailure[];
  hasUnreadStatus: boolean;
} {
  const readings = facts["cloudtrail.trail_status"]?.[arn] ?? {};
  const relevant = new Set([homeRegion, ...descriptions.keys()]);
  for (const region of regions) if (!isReadable(region)) relevant.add(region.name);
  const statuses = new Map<string, TrailStatus>();
  const failures: ReadFailure[] = [];
  for (const region of relevant) {
    const reading = readings[region];
    if (reading?.ok) statuses.set(region, reading.value);
    else if (reading !== undefined) failures.push(reading.failure);
  }
  return { statuses, failures, hasUnreadStatus: statuses.size < relevant.size };
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
