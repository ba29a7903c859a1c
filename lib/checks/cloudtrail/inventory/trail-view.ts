import { ownerOf } from "@/lib/checks/arn";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { TrailDescription, TrailStatus } from "@/lib/checks/facts/cloudtrail";
import { trailSubject } from "@/lib/checks/facts/cloudtrail-traits";
import type { Facts } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { activityOf } from "./activity";
import { isRecent } from "./grace";
import { type HealthOutcome, trailHealth } from "./health";
import { isHomeRegionOff, isReadable, type RegionView } from "./region-view";
import { resolveSelectors, type TrailSelectors } from "./trail-selectors";

/** One trail, identified by ARN, with everything the rules ask about it. */
export interface TrailView extends HealthOutcome, TrailSelectors {
  readonly description: TrailDescription;
  readonly arn: string;
  readonly owner: string;
  /** Owned by another account: an organization trail as a member sees it. */
  readonly isForeign: boolean;
  /** Enabled Regions whose DescribeTrails lists it, and those that gave the status of its copy. */
  readonly seenIn: ReadonlySet<string>;
  /** Readable GetTrailStatus answers by Region. */
  readonly statuses: ReadonlyMap<string, TrailStatus>;
  readonly statusFailures: readonly ReadFailure[];
  /** Its home Region gave its status: only there does it show that the trail is stopped. */
  readonly isJudgedAtHome: boolean;
  /** Some Region where it exists, or may exist, gave no status: one not asked, when the Region list is unknown. */
  readonly hasUnreadStatus: boolean;
  /** Regions in which it is silent after calls of our own that it should have logged, and when those were. */
  readonly silentSince: ReadonlyMap<string, string>;
  /** First seen multi-Region within the last 24 hours. */
  readonly isNewlyMultiRegion: boolean;
}

/** The trails that the enabled Regions list, one view per ARN. Null `enabled`: the Region list is not known. */
export function trailViews(
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
  const { homeRegion, isMultiRegion } = description;
  const { statuses, failures, unread } = statusesOf(arn, description, descriptions, facts, regions);
  // Without the Region list it may exist in opt-in Regions that were not asked.
  const mayBeUnlisted = isMultiRegion && enabled === null;
  const hasUnreadStatus = unread.size > 0 || mayBeUnlisted;
  const selectors = resolveSelectors(description, facts["cloudtrail.event_selectors"]?.[arn], context);
  const now = Date.parse(context.now);
  const activity = activityOf({
    arn,
    homeRegion,
    isMultiRegion,
    statuses,
    mayExistIn: (region) => mayBeUnlisted || unread.has(region),
    classes: selectors.classes,
    context,
  });
  const related = context.relatedEvidence?.byFact["cloudtrail.trails"]?.find(
    (trail) => trail.description.arn === arn,
  );
  return {
    description,
    arn,
    owner,
    isForeign,
    seenIn: new Set(
      isMultiRegion ? [...descriptions.keys(), ...seenByStatus(statuses, regions)] : descriptions.keys(),
    ),
    statuses,
    statusFailures: failures,
    isJudgedAtHome: statuses.has(homeRegion),
    hasUnreadStatus,
    silentSince: new Map([...activity.counting].filter(([region]) => activity.silentIn.has(region))),
    ...selectors,
    ...trailHealth({
      now,
      isHomeRegionOff: isForeign && description.isOrganization && isHomeRegionOff(homeRegion, enabled),
      homeRegion,
      statuses,
      hasUnreadStatus,
      classes: selectors.classes,
      activity,
      isStoppedInOwnersFacts: related?.status?.isLogging === false,
    }),
    isNewlyMultiRegion: isMultiRegion && isRecent(context.sightings[trailSubject(arn)], now),
  };
}

/**
 * Status counts where the trail was seen, where that could not be seen, and in its home Region; that of a copy counts
 * wherever it was given, for the answer proves that the copy is there.
 */
function statusesOf(
  arn: string,
  { homeRegion, isMultiRegion }: TrailDescription,
  descriptions: ReadonlyMap<string, TrailDescription>,
  facts: Partial<Facts>,
  regions: readonly RegionView[],
): {
  statuses: ReadonlyMap<string, TrailStatus>;
  failures: readonly ReadFailure[];
  unread: ReadonlySet<string>;
} {
  const readings = facts["cloudtrail.trail_status"]?.[arn] ?? {};
  const relevant = new Set([homeRegion, ...descriptions.keys()]);
  for (const region of regions) {
    if (!isReadable(region) || (isMultiRegion && readings[region.name]?.ok)) relevant.add(region.name);
  }
  const statuses = new Map<string, TrailStatus>();
  const failures: ReadFailure[] = [];
  for (const region of relevant) {
    const reading = readings[region];
    if (reading?.ok) statuses.set(region, reading.value);
    else if (reading !== undefined) failures.push(reading.failure);
  }
  return { statuses, failures, unread: new Set([...relevant].filter((region) => !statuses.has(region))) };
}

function seenByStatus(
  statuses: ReadonlyMap<string, TrailStatus>,
  regions: readonly RegionView[],
): readonly string[] {
  return regions.filter((region) => isReadable(region) && statuses.has(region.name)).map(({ name }) => name);
}
