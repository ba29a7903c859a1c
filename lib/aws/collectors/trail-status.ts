import { GetTrailStatusCommand, type GetTrailStatusCommandOutput } from "@aws-sdk/client-cloudtrail";
import type { Collector, Gathering } from "@/lib/aws/collector";
import { cloudTrail } from "@/lib/aws/services/cloudtrail";
import { type VisibleTrail, visibleTrails } from "@/lib/aws/visible-trails";
import type { TrailDescription, TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { ByRegion, Reading } from "@/lib/checks/facts/reading";
import { describeTrails } from "./trails";

/**
 * GetTrailStatus speaks of one Region: a multi-Region trail is asked in its home Region first and in every
 * Region that shows it, a single-Region trail at home. A trail whose home cannot be read is asked in another
 * Region, always by ARN: by name only the home Region and account know it.
 */
export const trailStatusCollector: Collector<"cloudtrail.trail_status"> = {
  fact: "cloudtrail.trail_status",
  async collect(gathering) {
    const trails = await visibleTrails(gathering);
    const relist = oncePerRegion((region) => describeTrails(gathering, region));
    const statuses = await Promise.all(
      trails.map(async (seen) => [seen.trail.arn, await statusByRegion(gathering, seen, relist)] as const),
    );
    return Object.fromEntries(statuses);
  },
};

type Relist = (region: string) => Promise<Reading<readonly TrailDescription[]>>;

async function statusByRegion(
  gathering: Gathering,
  { trail, visibleIn, homeIsEnabled }: VisibleTrail,
  relist: Relist,
): Promise<ByRegion<TrailStatus>> {
  const home = homeIsEnabled ? [trail.homeRegion] : [];
  const others = visibleIn.filter((region) => region !== trail.homeRegion);
  const asked = trail.isMultiRegion || home.length === 0 ? [...home, ...others] : home;
  const found: Record<string, Reading<TrailStatus>> = {};
  await Promise.all(
    asked.map(async (region) => {
      const status = await statusIn(gathering, trail, region, relist);
      if (status) found[region] = status;
    }),
  );
  const elsewhere = others.find((region) => found[region] === undefined);
  if (found[trail.homeRegion]?.ok === false && elsewhere !== undefined && !trail.isMultiRegion) {
    const status = await statusIn(gathering, trail, elsewhere, relist);
    if (status) found[elsewhere] = status;
  }
  return found;
}

/** Undefined when the trail was deleted between the two calls: then the Region's list is corrected instead. */
async function statusIn(
  gathering: Gathering,
  trail: TrailDescription,
  region: string,
  relist: Relist,
): Promise<Reading<TrailStatus> | undefined> {
  const first = await getTrailStatus(gathering, trail.arn, region);
  if (first.ok || first.failure.kind !== "not_found") return first;
  const list = await relist(region);
  if (!list.ok) return first;
  gathering.amend("cloudtrail.trails", (current) => ({ ...current, [region]: list }));
  if (!list.value.some(({ arn }) => arn === trail.arn)) return undefined;
  return getTrailStatus(gathering, trail.arn, region);
}

function getTrailStatus({ call }: Gathering, arn: string, region: string): Promise<Reading<TrailStatus>> {
  return call({
    service: cloudTrail,
    api: "cloudtrail:GetTrailStatus",
    region,
    target: arn,
    send: (client, options) => client.send(new GetTrailStatusCommand({ Name: arn }), options),
    parse: trailStatus,
  });
}

function trailStatus(status: GetTrailStatusCommandOutput): TrailStatus | undefined {
  if (status.IsLogging === undefined) return undefined;
  return {
    isLogging: status.IsLogging,
    ...time("startLoggingTime", status.StartLoggingTime),
    ...time("stopLoggingTime", status.StopLoggingTime),
    ...time("latestDeliveryTime", status.LatestDeliveryTime),
    ...text("latestDeliveryError", status.LatestDeliveryError),
    ...time("latestDigestDeliveryTime", status.LatestDigestDeliveryTime),
    ...text("latestDigestDeliveryError", status.LatestDigestDeliveryError),
    ...time("latestCloudWatchLogsDeliveryTime", status.LatestCloudWatchLogsDeliveryTime),
    ...text("latestCloudWatchLogsDeliveryError", status.LatestCloudWatchLogsDeliveryError),
    ...time("latestNotificationTime", status.LatestNotificationTime),
    ...text("latestNotificationError", status.LatestNotificationError),
  };
}

function time<K extends string>(key: K, value: Date | undefined): { readonly [P in K]?: string } {
  return value && !Number.isNaN(value.getTime())
    ? ({ [key]: value.toISOString() } as { [P in K]: string })
    : {};
}

function text<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return value ? ({ [key]: value } as { [P in K]: string }) : {};
}

function oncePerRegion<T>(ask: (region: string) => Promise<T>): (region: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (region) => {
    const answer = answers.get(region) ?? ask(region);
    answers.set(region, answer);
    return answer;
  };
}
