import type { CloudTrailContext } from "@/lib/checks/cloudtrail/context";
import { noEvents } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { isReadable } from "@/lib/checks/cloudtrail/inventory/region-view";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { regionInfo } from "@/lib/checks/regions";
import { isHealthy } from "./coverage";
import { type Analysis, isComplete, multiRegionTrails } from "./decide";
import type { Advisory } from "./reasons";
import type { RemediationChoice } from "./remediation";

interface Input {
  readonly analysis: Analysis;
  readonly choice: RemediationChoice;
  readonly facts: Partial<Facts>;
  readonly context: CloudTrailContext;
}

const trailsPerRegion = 5;

/** Each advisory with the condition under which it is given. None changes a verdict. */
const conditions: Readonly<Record<Advisory, (input: Input) => boolean>> = {
  AWS_CONTROLS_WANT_ONE_TRAIL: ({ analysis }) =>
    analysis.verdict === "PASS" &&
    !multiRegionTrails(analysis.inventory).some((trail) => isHealthy(trail) && isComplete(trail)),
  CLOUDWATCH_LOGS_DELIVERY_ERROR: hasError((status) => status.latestCloudWatchLogsDeliveryError),
  SNS_NOTIFICATION_ERROR: hasError((status) => status.latestNotificationError),
  DIGEST_DELIVERY_ERROR: hasError((status) => status.latestDigestDeliveryError),
  COMPENSATED_BY_LAKE: ({ analysis }) => analysis.verdict === "FAIL" && analysis.lake.compensating !== null,
  LAKE_NOT_CHECKED: ({ analysis }) =>
    analysis.verdict === "FAIL" && analysis.lake.compensating === null && analysis.lake.couldNotList,
  CONNECT_MANAGEMENT_ACCOUNT: ({ analysis, context }) =>
    analysis.inventory.awsOrganization?.role === "MEMBER" &&
    analysis.inventory.regions.some(isReadable) &&
    analysis.inventory.trails.length === 0 &&
    context.relatedEvidence === undefined,
  CONVERSION_EXTENDS_CLOUDWATCH_LOGS: (input) =>
    (trailToConvert(input)?.description.cloudWatchLogsLogGroupArn ?? "") !== "",
  CONVERSION_EXTENDS_DATA_EVENTS: (input) => trailToConvert(input)?.hasOtherCategories === true,
  NO_MANAGEMENT_EVENTS: (input) => trailToConvert(input)?.classes === noEvents,
  NO_RECENT_DELIVERY: ({ analysis }) => analysis.lacksRecentDelivery,
  TRAIL_NOT_LOGGING: (input) => trailToConvert(input)?.health === "STOPPED",
  DUPLICATE_MANAGEMENT_COPY: ({ analysis }) =>
    analysis.coverage.some(({ effective }) => isCopiedTwice(effective)),
  GLOBAL_SERVICE_EVENTS_NOT_CAPTURED: missesGlobalServiceEvents,
  HOME_REGION_IS_OPT_IN: ({ analysis }) =>
    countingTrails(analysis).some(
      (trail) => trail.description.isMultiRegion && isOptIn(trail.description.homeRegion, analysis),
    ),
  ORG_CONTEXT_UNKNOWN: ({ analysis }) => analysis.inventory.awsOrganization === null,
  REGION_LIST_UNAVAILABLE: ({ analysis }) => !analysis.inventory.isRegionListRead,
  REGION_DENIED_BY_SCP: ({ analysis }) =>
    analysis.verdict === "PASS" &&
    analysis.inventory.regions.some(
      ({ failure }) => failure?.kind === "denied" || failure?.kind === "denied_by_scp",
    ),
  SCANNER_TOKEN_OR_REGION_STATE: optInRegionRefusedToken,
  SERVICE_LINKED_CHANNEL_PRESENT: ({ analysis, context }) =>
    analysis.verdict === "FAIL" &&
    analysis.inventory.trails.length === 0 &&
    (context.serviceLinkedChannelRegions?.length ?? 0) > 0,
  STOPPED_TRAIL_PRESENT: ({ analysis }) =>
    analysis.verdict === "PASS" &&
    multiRegionTrails(analysis.inventory).some((trail) => trail.health === "STOPPED"),
  TRAIL_QUOTA_REACHED: ({ analysis, choice }) => {
    const region = choice.remediation.region;
    const there = analysis.inventory.trails.filter(
      (trail) => region !== undefined && trail.seenIn.has(region),
    );
    return there.length >= trailsPerRegion;
  },
  UNRECOGNISED_SELECTOR_FIELD: ({ analysis }) =>
    analysis.inventory.trails.some((trail) => trail.hasUnrecognizedField),
};

/** The advisories that apply, in a fixed order. */
export function giveAdvisories(input: Input): readonly Advisory[] {
  if (input.context.connectionFailure !== undefined) return [];
  return (Object.keys(conditions) as Advisory[]).filter((advisory) => conditions[advisory](input));
}

/** Trails that surely log something in some enabled Region. */
export function countingTrails({ coverage }: Analysis): readonly TrailView[] {
  return [...new Set(coverage.flatMap(({ effective }) => effective))];
}

function hasError(errorOf: (status: TrailStatus) => string | undefined): (input: Input) => boolean {
  return ({ analysis }) =>
    countingTrails(analysis).some((trail) =>
      [...trail.statuses.values()].some((status) => (errorOf(status) ?? "") !== ""),
    );
}

/** Two of the trails that log a Region log the same events. */
export function isCopiedTwice(effective: readonly TrailView[]): boolean {
  return effective.some((a, i) => effective.slice(i + 1).some(overlaps(a)));
}

function overlaps(a: TrailView): (b: TrailView) => boolean {
  return (b) => ((a.classes ?? noEvents) & (b.classes ?? noEvents)) !== noEvents;
}

function trailToConvert({ choice }: Input): TrailView | null {
  return choice.directAction === "CONVERT_TRAIL" ? choice.trail : null;
}

/** Since November 2021 IAM, STS and CloudFront events are recorded in us-east-1 alone. */
function missesGlobalServiceEvents({ analysis, context }: Input): boolean {
  if (context.account.partition !== "aws" || analysis.verdict !== "FAIL") return false;
  const { trails, regions } = analysis.inventory;
  const isUnread = regions.some((region) => region.name === "us-east-1" && !isReadable(region));
  if (trails.length === 0 || isUnread) return false;
  return !trails.some(
    (trail) => trail.seenIn.has("us-east-1") && trail.description.includeGlobalServiceEvents,
  );
}

function isOptIn(region: string, { inventory }: Analysis): boolean {
  return inventory.regions.find((r) => r.name === region)?.isOptIn ?? regionInfo(region).isOptIn;
}

function optInRegionRefusedToken({ analysis }: Input): boolean {
  const { regions, trails, isRegionListRead } = analysis.inventory;
  const enabled = new Set(regions.map((region) => region.name));
  const refused = (failure: ReadFailure | undefined) =>
    failure?.kind === "token_refused" &&
    isOptIn(failure.region, analysis) &&
    (enabled.has(failure.region) || !isRegionListRead);
  return (
    regions.some((region) => refused(region.failure)) ||
    trails.some(
      (trail) =>
        trail.statusFailures.some(refused) || refused(trail.selectorFailure) || refused(trail.sparedFailure),
    )
  );
}
