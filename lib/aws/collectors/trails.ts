import { DescribeTrailsCommand, type Trail } from "@aws-sdk/client-cloudtrail";
import { cloudTrail } from "@/lib/aws/wire/services/cloudtrail";
import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import { accepted, acceptedAs } from "@/lib/checks/facts/patterns";
import type { Reading } from "@/lib/checks/facts/reading";
import { primaryRegion } from "@/lib/checks/regions";
import type { Collector, Gathering } from "./collector";
import { enabledRegions, inEveryRegion } from "./enabled-regions";

/**
 * Trails of every enabled Region, shadows of multi-Region and organization trails included. The primary Region is
 * asked before the list of Regions has arrived; should the list lack it, its answer is not used.
 */
export const trailsCollector: Collector<"cloudtrail.trails"> = {
  fact: "cloudtrail.trails",
  async collect(gathering) {
    const first = firstTrails(gathering);
    const primary = primaryRegion(gathering.account.partition);
    const lists = await inEveryRegion(await enabledRegions(gathering), (region) =>
      region === primary ? first : describeTrails(gathering, region),
    );
    await first;
    return lists;
  },
};

type TrailList = Reading<readonly TrailDescription[]>;

const firstLists = new WeakMap<Gathering, Promise<TrailList>>();

/**
 * The trails that the partition's primary Region shows, asked once. No account can switch that Region off, so its
 * answer need not wait for the list of Regions, and every multi-Region trail shows there: what is asked of such a
 * trail need not wait for the other Regions' lists.
 */
export function firstTrails(gathering: Gathering): Promise<TrailList> {
  const list =
    firstLists.get(gathering) ?? describeTrails(gathering, primaryRegion(gathering.account.partition));
  firstLists.set(gathering, list);
  return list;
}

/** The trails that one Region shows. */
export function describeTrails({ call }: Gathering, region: string): Promise<TrailList> {
  return call({
    service: cloudTrail,
    api: "cloudtrail:DescribeTrails",
    region,
    send: (client, options) => client.send(new DescribeTrailsCommand({ includeShadowTrails: true }), options),
    parse: ({ trailList }) => descriptions(trailList),
  });
}

/** One trail without an ARN spoils the list: nothing may be missing from it unnoticed. */
function descriptions(trails: readonly Trail[] | undefined): readonly TrailDescription[] | undefined {
  if (!trails) return undefined;
  const known = trails.map(description).filter((trail) => trail !== undefined);
  return known.length === trails.length ? known : undefined;
}

function description(trail: Trail): TrailDescription | undefined {
  const arn = trail.TrailARN;
  const homeRegion = trail.HomeRegion ?? arn?.split(":")[3];
  if (!arn || !homeRegion) return undefined;
  return {
    arn: accepted("trailArn", arn, "TrailARN"),
    name: accepted("trailName", trail.Name ?? arn.slice(arn.lastIndexOf("/") + 1), "Name"),
    homeRegion: accepted("region", homeRegion, "HomeRegion"),
    isMultiRegion: trail.IsMultiRegionTrail ?? false,
    isOrganization: trail.IsOrganizationTrail ?? false,
    includeGlobalServiceEvents: trail.IncludeGlobalServiceEvents ?? false,
    hasInsightSelectors: trail.HasInsightSelectors ?? false,
    logFileValidationEnabled: trail.LogFileValidationEnabled ?? false,
    ...(trail.HasCustomEventSelectors === undefined
      ? {}
      : { hasCustomEventSelectors: trail.HasCustomEventSelectors }),
    ...acceptedAs("s3BucketName", "bucketName", trail.S3BucketName, "S3BucketName"),
    ...acceptedAs("s3KeyPrefix", "keyPrefix", trail.S3KeyPrefix, "S3KeyPrefix"),
    ...acceptedAs("kmsKeyId", "kmsKeyId", trail.KmsKeyId, "KmsKeyId"),
    ...acceptedAs(
      "cloudWatchLogsLogGroupArn",
      "logGroupArn",
      trail.CloudWatchLogsLogGroupArn,
      "CloudWatchLogsLogGroupArn",
    ),
    ...acceptedAs("snsTopicArn", "topicArn", trail.SnsTopicARN, "SnsTopicARN"),
  };
}
