import {
  type CloudTrailClient,
  GetTrailStatusCommand,
  type GetTrailStatusCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import type { SendOptions } from "@/lib/aws/wire/attempts";
import { cloudTrail } from "@/lib/aws/wire/services/cloudtrail";
import type { TrailDescription, TrailStatus } from "@/lib/checks/facts/cloudtrail";
import { acceptedAs } from "@/lib/checks/facts/patterns";
import { type ByRegion, type Reading, read } from "@/lib/checks/facts/reading";
import { primaryRegion } from "@/lib/checks/regions";
import type { Collector, Gathering } from "./collector";
import { enabledRegions } from "./enabled-regions";
import { describeTrails, firstTrails } from "./trails";
import { type VisibleTrail, visibleTrails } from "./visible-trails";

/**
 * GetTrailStatus speaks of one Region: a multi-Region trail is asked in its home Region first and in every
 * Region that shows it, a single-Region trail at home. A trail whose home cannot be read is asked in another
 * Region, always by ARN: by name only the home Region and account know it.
 */
export const trailStatusCollector: Collector<"cloudtrail.trail_status"> = {
  fact: "cloudtrail.trail_status",
  async collect(gathering) {
    const early = await askEarly(gathering);
    const trails = await visibleTrails(gathering);
    const sources = { early, relist: oncePerRegion((region) => describeTrails(gathering, region)) };
    const statuses = await Promise.all(
      trails.map(async (seen) => [seen.trail.arn, await statusByRegion(gathering, seen, sources)] as const),
    );
    await Promise.all(early.values());
    return Object.fromEntries(statuses);
  },
};

/** By trail and Region what was asked before all lists were there; undefined where the trail is not known. */
type Early = ReadonlyMap<string, Promise<Reading<TrailStatus> | undefined>>;

interface Sources {
  readonly early: Early;
  readonly relist: (region: string) => Promise<Reading<readonly TrailDescription[]>>;
}

/**
 * Asks of the trails that the primary Region shows while the other Regions still list theirs: one wait less for
 * most accounts. What is asked is what would be asked anyhow, for a multi-Region trail shows in every Region; where
 * the list then does not show it, or could not be read, the answer is left out of the facts.
 */
async function askEarly(gathering: Gathering): Promise<Early> {
  const [regions, first] = await Promise.all([enabledRegions(gathering), firstTrails(gathering)]);
  const primary = primaryRegion(gathering.account.partition);
  const early = new Map<string, Promise<Reading<TrailStatus> | undefined>>();
  if (!first.ok || !regions.includes(primary)) return early;
  for (const { arn, homeRegion, isMultiRegion } of first.value) {
    const sure = regions.includes(homeRegion) ? homeRegion : primary;
    for (const region of isMultiRegion ? regions : [sure]) {
      const isSure = region === homeRegion || region === primary;
      const ask = isSure ? getTrailStatus : statusIfKnown;
      early.set(placeKey(arn, region), ask(gathering, arn, region));
    }
  }
  return early;
}

function placeKey(arn: string, region: string): string {
  return `${arn} ${region}`;
}

async function statusByRegion(
  gathering: Gathering,
  { trail, visibleIn, homeIsEnabled }: VisibleTrail,
  sources: Sources,
): Promise<ByRegion<TrailStatus>> {
  const home = homeIsEnabled ? [trail.homeRegion] : [];
  const others = visibleIn.filter((region) => region !== trail.homeRegion);
  const asked = trail.isMultiRegion || home.length === 0 ? [...home, ...others] : home;
  const found: Record<string, Reading<TrailStatus>> = {};
  await Promise.all(
    asked.map(async (region) => {
      const status = await statusIn(gathering, trail, region, sources);
      if (status) found[region] = status;
    }),
  );
  const elsewhere = others.find((region) => found[region] === undefined);
  if (found[trail.homeRegion]?.ok === false && elsewhere !== undefined && !trail.isMultiRegion) {
    const status = await statusIn(gathering, trail, elsewhere, sources);
    if (status) found[elsewhere] = status;
  }
  return found;
}

/** Undefined when the trail was deleted between the two calls: then the Region's list is corrected instead. */
async function statusIn(
  gathering: Gathering,
  trail: TrailDescription,
  region: string,
  { early, relist }: Sources,
): Promise<Reading<TrailStatus> | undefined> {
  const asked = await early.get(placeKey(trail.arn, region));
  const first = asked ?? (await getTrailStatus(gathering, trail.arn, region));
  if (first.ok || first.failure.kind !== "not_found") return first;
  const list = await relist(region);
  if (!list.ok) return first;
  gathering.amend("cloudtrail.trails", (current) => ({ ...current, [region]: list }));
  if (!list.value.some(({ arn }) => arn === trail.arn)) return undefined;
  return getTrailStatus(gathering, trail.arn, region);
}

function getTrailStatus(gathering: Gathering, arn: string, region: string): Promise<Reading<TrailStatus>> {
  return gathering.call({ ...statusCall(arn, region), parse: trailStatus });
}

/** Asked where the trail may not be: that it is unknown there is an answer then, and undefined. */
export async function statusIfKnown(
  gathering: Pick<Gathering, "call">,
  arn: string,
  region: string,
): Promise<Reading<TrailStatus> | undefined> {
  const answer = await gathering.call<CloudTrailClient, GetTrailStatusCommandOutput, TrailStatus | "unknown">(
    {
      ...statusCall(arn, region),
      parse: trailStatus,
      answerIn: ({ kind }) => (kind === "not_found" ? "unknown" : undefined),
    },
  );
  if (!answer.ok) return answer;
  return answer.value === "unknown" ? undefined : read(answer.value);
}

function statusCall(arn: string, region: string) {
  return {
    service: cloudTrail,
    api: "cloudtrail:GetTrailStatus",
    region,
    target: arn,
    send: (client: CloudTrailClient, options: SendOptions) =>
      client.send(new GetTrailStatusCommand({ Name: arn }), options),
  };
}

function trailStatus(status: GetTrailStatusCommandOutput): TrailStatus | undefined {
  if (status.IsLogging === undefined) return undefined;
  return {
    isLogging: status.IsLogging,
    ...time("startLoggingTime", status.StartLoggingTime),
    ...time("stopLoggingTime", status.StopLoggingTime),
    ...time("latestDeliveryTime", status.LatestDeliveryTime),
    ...acceptedAs("latestDeliveryError", "line", status.LatestDeliveryError, "LatestDeliveryError"),
    ...time("latestDigestDeliveryTime", status.LatestDigestDeliveryTime),
    ...acceptedAs(
      "latestDigestDeliveryError",
      "line",
      status.LatestDigestDeliveryError,
      "LatestDigestDeliveryError",
    ),
    ...time("latestCloudWatchLogsDeliveryTime", status.LatestCloudWatchLogsDeliveryTime),
    ...acceptedAs(
      "latestCloudWatchLogsDeliveryError",
      "line",
      status.LatestCloudWatchLogsDeliveryError,
      "LatestCloudWatchLogsDeliveryError",
    ),
    ...time("latestNotificationTime", status.LatestNotificationTime),
    ...acceptedAs(
      "latestNotificationError",
      "line",
      status.LatestNotificationError,
      "LatestNotificationError",
    ),
  };
}

function time<K extends string>(key: K, value: Date | undefined): { readonly [P in K]?: string } {
  return value && !Number.isNaN(value.getTime())
    ? ({ [key]: value.toISOString() } as { [P in K]: string })
    : {};
}

function oncePerRegion<T>(ask: (region: string) => Promise<T>): (region: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (region) => {
    const answer = answers.get(region) ?? ask(region);
    answers.set(region, answer);
    return answer;
  };
}
