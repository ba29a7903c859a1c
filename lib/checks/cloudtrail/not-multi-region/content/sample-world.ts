import { trailArn } from "@/lib/checks/arn";
import type { PageSituation } from "@/lib/checks/check-page";
import type {
  CloudTrailFacts,
  EventSelectors,
  TrailDescription,
  TrailStatus,
} from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import { type Reading, read } from "@/lib/checks/facts/reading";
import { defaultRegions, knownRegions } from "@/lib/checks/regions";

const now = "2026-11-22T12:00:00Z";
const accountId = "111122223333";
const enabled = defaultRegions("aws");

/** A trail of the sample account: healthy, complete and delivering unless given otherwise. */
export interface SampleTrail {
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegion?: boolean;
  readonly isOrganization?: boolean;
  /** Another account's, for an organization trail. */
  readonly owner?: string;
  readonly status?: Partial<TrailStatus>;
  readonly selectors?: EventSelectors;
  readonly tags?: Readonly<Record<string, string>>;
}

const healthy: TrailStatus = {
  isLogging: true,
  startLoggingTime: "2026-01-10T08:00:00Z",
  latestDeliveryTime: "2026-11-22T11:56:00Z",
};

/** An account as the public pages show it: the default Regions enabled, AWS's example account id. Not a real one. */
export function sampleWorld(trails: readonly SampleTrail[]): Pick<PageSituation, "facts" | "context"> {
  const described = trails.map((trail) => ({
    trail,
    description: descriptionOf(trail),
    regions: regionsOf(trail),
  }));
  const perRegion = <T>(
    regions: readonly string[],
    value: (region: string) => T,
  ): Record<string, Reading<T>> => Object.fromEntries(regions.map((region) => [region, read(value(region))]));
  const perTrail = <T>(value: (entry: (typeof described)[number]) => T): Record<string, T> =>
    Object.fromEntries(described.map((entry) => [entry.description.arn, value(entry)]));
  const facts: Facts<"organization" | "regions" | keyof CloudTrailFacts> = {
    organization: read(
      trails.some((trail) => trail.isOrganization)
        ? { role: "MEMBER", organizationId: "o-exampleorgid", managementAccountId: "999988887777" }
        : { role: "STANDALONE" },
    ),
    regions: read(
      knownRegions
        .filter((region) => region.partition === "aws")
        .map(({ name, isOptIn }) => ({
          name,
          optInStatus: isOptIn ? "not-opted-in" : "opt-in-not-required",
        })),
    ),
    "cloudtrail.trails": perRegion(enabled, (region) =>
      described.filter((entry) => entry.regions.includes(region)).map((entry) => entry.description),
    ),
    "cloudtrail.trail_status": perTrail(({ trail, regions }) =>
      perRegion(regions, () => ({ ...healthy, ...trail.status })),
    ),
    "cloudtrail.event_selectors": perTrail(({ trail }) =>
      read(trail.selectors ?? { basic: [], advanced: [] }),
    ),
    "cloudtrail.event_data_stores": perRegion(enabled, () => []),
    "cloudtrail.trail_tags": perTrail(({ trail }) => read(trail.tags ?? {})),
  };
  return {
    facts,
    context: {
      now,
      account: { id: accountId, partition: "aws" },
      accountName: "Production",
      defaultRegions: enabled,
      sightings: {},
      acceptances: [],
    },
  };
}

function regionsOf({ isMultiRegion, homeRegion }: SampleTrail): readonly string[] {
  return isMultiRegion === true ? enabled : [homeRegion];
}

function descriptionOf(trail: SampleTrail): TrailDescription {
  const { name, homeRegion, owner = accountId } = trail;
  return {
    arn: trailArn("aws", homeRegion, owner, name),
    name,
    homeRegion,
    isMultiRegion: trail.isMultiRegion ?? false,
    isOrganization: trail.isOrganization ?? false,
    includeGlobalServiceEvents: true,
    hasCustomEventSelectors: trail.selectors !== undefined,
    hasInsightSelectors: false,
    logFileValidationEnabled: true,
    s3BucketName: "acme-audit-logs",
  };
}
