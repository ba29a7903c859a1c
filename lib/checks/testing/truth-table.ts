import { trailArn } from "@/lib/checks/arn";
import type { CloudTrailContext } from "@/lib/checks/cloudtrail/context";
import type { RiskAcceptance } from "@/lib/checks/evaluation-context";
import type {
  AdvancedEventSelector,
  BasicEventSelector,
  CloudTrailFacts,
  EventDataStore,
  EventSelectors,
  TrailDescription,
  TrailStatus,
} from "@/lib/checks/facts/cloudtrail";
import { readEventsSubject, trailSubject } from "@/lib/checks/facts/cloudtrail-traits";
import type { AwsOrganizationFact, Facts, OptInStatus, Partition } from "@/lib/checks/facts/facts";
import type { ByRegion } from "@/lib/checks/facts/reading";
import { type ReadFailure, type Reading, read, unread } from "@/lib/checks/facts/reading";
import { regionSubject } from "@/lib/checks/facts/regions-traits";
import type { RelatedFacts } from "@/lib/checks/facts/related-facts";

import { type CaseError, type CaseExpectation, failure, scriptedFailure } from "./worked-case";

/** A worked case as written in `truth-table.json`; the meta file beside it explains the fields. */
export interface TruthTableCase {
  readonly id: string;
  readonly title: string;
  readonly account: {
    readonly id: string;
    readonly partition: Partition;
    readonly orgRole: AwsOrganizationFact["role"] | "UNKNOWN";
    readonly organizationId?: string;
    readonly managementAccountId?: string;
  };
  readonly regions: readonly {
    readonly name: string;
    readonly optInStatus: OptInStatus;
    readonly enabledSince?: string;
    readonly lastKnownActivity?: string;
  }[];
  readonly trails: readonly CaseTrail[];
  readonly eventDataStores?: readonly CaseStore[];
  readonly errors?: readonly CaseError[];
  readonly orgEvidence?: { readonly accountId: string; readonly trails: readonly CaseTrail[] };
  readonly policy?: { readonly riskAcceptances?: readonly RiskAcceptance[] };
  readonly channels?: readonly { readonly region: string }[];
  readonly expected: CaseExpectation;
}

export interface CaseTrail {
  readonly name: string;
  readonly arn?: string;
  readonly homeRegion: string;
  readonly ownerAccount: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly includeGlobalServiceEvents?: boolean;
  readonly hasCustomEventSelectors?: boolean;
  readonly hasInsightSelectors?: boolean;
  readonly logFileValidationEnabled?: boolean;
  readonly cloudWatchLogsLogGroupArn?: string;
  readonly kmsKeyId?: string;
  readonly s3BucketName?: string;
  readonly existsInRegions: readonly string[];
  readonly status?: TrailStatus;
  readonly statusByRegion?: Readonly<Record<string, TrailStatus>>;
  readonly eventSelectors?: readonly BasicEventSelector[];
  readonly advancedEventSelectors?: readonly AdvancedEventSelector[];
  readonly multiRegionSince?: string;
  readonly readEventsSince?: string;
}

interface CaseStore extends Omit<EventDataStore, "arn"> {
  readonly arn?: string;
  readonly region: string;
}

/** What a case is about: the account and its trails. */
export type CaseFacts = Facts<"organization" | "regions" | keyof CloudTrailFacts>;

/** The facts a scan of the case's account would read, and the context it would be judged in. */
export function scenario(
  testCase: TruthTableCase,
  now: string,
): { readonly facts: CaseFacts; readonly context: CloudTrailContext } {
  const connectionFailure = failureFor(testCase, "sts:AssumeRole", "*");
  return {
    facts: factsOf(testCase),
    context: {
      now,
      account: { id: testCase.account.id, partition: testCase.account.partition },
      ...(connectionFailure ? { connectionFailure } : {}),
      defaultRegions: testCase.regions
        .filter((region) => region.optInStatus === "opt-in-not-required")
        .map((region) => region.name),
      sightings: dates([
        ...testCase.regions.map((region) => [regionSubject(region.name), region.enabledSince] as const),
        ...testCase.trails.map(
          (trail) => [trailSubject(arnOf(trail, testCase)), trail.multiRegionSince] as const,
        ),
        ...testCase.trails.map(
          (trail) => [readEventsSubject(arnOf(trail, testCase)), trail.readEventsSince] as const,
        ),
      ]),
      knownActivity: dates(
        testCase.regions.map((region) => [region.name, region.lastKnownActivity] as const),
      ),
      ...(testCase.orgEvidence ? { relatedEvidence: relatedOf(testCase, testCase.orgEvidence) } : {}),
      acceptances: testCase.policy?.riskAcceptances ?? [],
      ...(testCase.channels
        ? { serviceLinkedChannelRegions: testCase.channels.map((channel) => channel.region) }
        : {}),
    },
  };
}

function factsOf(testCase: TruthTableCase): CaseFacts {
  const regionListFailure = failureFor(testCase, "ec2:DescribeRegions", "*");
  const asked = testCase.regions
    .filter(
      (region) =>
        region.optInStatus === "opt-in-not-required" ||
        (region.optInStatus === "opted-in" && !regionListFailure),
    )
    .map((region) => region.name);
  const trails = testCase.trails.map((trail) => ({ trail, arn: arnOf(trail, testCase) }));
  return {
    organization: organizationOf(testCase),
    regions: regionListFailure
      ? unread(regionListFailure)
      : read(testCase.regions.map(({ name, optInStatus }) => ({ name, optInStatus }))),
    "cloudtrail.trails": byRegion(asked, (region) =>
      answer(testCase, "cloudtrail:DescribeTrails", region, undefined, () =>
        testCase.trails
          .filter((trail) => trail.existsInRegions.includes(region))
          .map((trail) => descriptionOf(trail, testCase)),
      ),
    ),
    "cloudtrail.trail_status": Object.fromEntries(
      trails.map(({ trail, arn }) => [arn, statusesOf(testCase, trail, asked)]),
    ),
    "cloudtrail.event_selectors": Object.fromEntries(
      trails.map(({ trail, arn }) => [
        arn,
        answer(testCase, "cloudtrail:GetEventSelectors", trail.homeRegion, trail, () => selectorsOf(trail)),
      ]),
    ),
    "cloudtrail.event_data_stores": byRegion(asked, (region) =>
      answer(testCase, "cloudtrail:ListEventDataStores", region, undefined, () => storesIn(testCase, region)),
    ),
    "cloudtrail.trail_tags": Object.fromEntries(trails.map(({ arn }) => [arn, read({})])),
  };
}

/** GetTrailStatus answers where the trail exists; elsewhere AWS does not know it. */
function statusesOf(
  testCase: TruthTableCase,
  trail: CaseTrail,
  asked: readonly string[],
): ByRegion<TrailStatus> {
  const regions = trail.isMultiRegion ? [...new Set([...asked, trail.homeRegion])] : [trail.homeRegion];
  return byRegion(regions, (region) => {
    const status = trail.statusByRegion?.[region] ?? trail.status;
    if (!trail.existsInRegions.includes(region) || status === undefined) {
      return unread(failure("cloudtrail:GetTrailStatus", region, "TrailNotFoundException"));
    }
    return answer(testCase, "cloudtrail:GetTrailStatus", region, trail, () => status);
  });
}

function organizationOf(testCase: TruthTableCase): Reading<AwsOrganizationFact> {
  const { orgRole, organizationId, managementAccountId } = testCase.account;
  const api = "organizations:DescribeOrganization";
  const refused = failureFor(testCase, api, "*");
  if (refused) return unread(refused);
  if (orgRole === "UNKNOWN") return unread(failure(api, "us-east-1", "AccessDeniedException"));
  return read({
    role: orgRole,
    ...(organizationId ? { organizationId } : {}),
    ...(managementAccountId ? { managementAccountId } : {}),
  });
}

function storesIn(testCase: TruthTableCase, region: string): readonly EventDataStore[] {
  return (testCase.eventDataStores ?? [])
    .filter((store) => store.region === region)
    .map(({ region: home, arn, ...store }) => ({
      ...store,
      arn:
        arn ??
        `arn:${testCase.account.partition}:cloudtrail:${home}:${testCase.account.id}:eventdatastore/${store.name}`,
    }));
}

function relatedOf(
  testCase: TruthTableCase,
  related: NonNullable<TruthTableCase["orgEvidence"]>,
): RelatedFacts {
  return {
    accountId: related.accountId,
    byFact: {
      "cloudtrail.trails": related.trails.map((trail) => ({
        description: descriptionOf(trail, testCase),
        ...(trail.status ? { status: trail.status } : {}),
        ...(trail.eventSelectors || trail.advancedEventSelectors ? { selectors: selectorsOf(trail) } : {}),
      })),
    },
  };
}

function descriptionOf(trail: CaseTrail, testCase: TruthTableCase): TrailDescription {
  return {
    arn: arnOf(trail, testCase),
    name: trail.name,
    homeRegion: trail.homeRegion,
    isMultiRegion: trail.isMultiRegion,
    isOrganization: trail.isOrganization,
    includeGlobalServiceEvents: trail.includeGlobalServiceEvents ?? true,
    ...(trail.hasCustomEventSelectors === undefined
      ? {}
      : { hasCustomEventSelectors: trail.hasCustomEventSelectors }),
    hasInsightSelectors: trail.hasInsightSelectors ?? false,
    logFileValidationEnabled: trail.logFileValidationEnabled ?? false,
    ...(trail.cloudWatchLogsLogGroupArn
      ? { cloudWatchLogsLogGroupArn: trail.cloudWatchLogsLogGroupArn }
      : {}),
    ...(trail.kmsKeyId ? { kmsKeyId: trail.kmsKeyId } : {}),
    ...(trail.s3BucketName ? { s3BucketName: trail.s3BucketName } : {}),
  };
}

function selectorsOf(trail: CaseTrail): EventSelectors {
  return { basic: trail.eventSelectors ?? [], advanced: trail.advancedEventSelectors ?? [] };
}

function arnOf(trail: CaseTrail, testCase: TruthTableCase): string {
  return trail.arn ?? trailArn(testCase.account.partition, trail.homeRegion, trail.ownerAccount, trail.name);
}

function answer<T>(
  testCase: TruthTableCase,
  api: string,
  region: string,
  trail: CaseTrail | undefined,
  value: () => T,
): Reading<T> {
  const refused = failureFor(testCase, api, region, trail);
  return refused ? unread(refused) : read(value());
}

/** The failure that the case scripts for a call, about this trail where the call names one. */
function failureFor(
  testCase: TruthTableCase,
  api: string,
  region: string,
  trail?: CaseTrail,
): ReadFailure | undefined {
  return scriptedFailure(
    testCase.errors?.filter(
      (error) =>
        error.trail === undefined ||
        (trail !== undefined && (error.trail === trail.name || error.trail === arnOf(trail, testCase))),
    ),
    api,
    region,
  );
}

function byRegion<T>(regions: readonly string[], value: (region: string) => Reading<T>): ByRegion<T> {
  return Object.fromEntries(regions.map((region) => [region, value(region)]));
}

function dates(
  entries: readonly (readonly [string, string | undefined])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
