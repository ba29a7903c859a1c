import { DescribeTrailsCommand, type Trail } from "@aws-sdk/client-cloudtrail";
import type { Collector, Gathering } from "@/lib/aws/collector";
import { enabledRegions, inEveryRegion } from "@/lib/aws/enabled-regions";
import { cloudTrail } from "@/lib/aws/services/cloudtrail";
import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { Reading } from "@/lib/checks/facts/reading";

/** Trails of every enabled Region, shadows of multi-Region and organization trails included. */
export const trailsCollector: Collector<"cloudtrail.trails"> = {
  fact: "cloudtrail.trails",
  async collect(gathering) {
    return inEveryRegion(await enabledRegions(gathering), (region) => describeTrails(gathering, region));
  },
};

/** The trails that one Region shows. */
export function describeTrails(
  { call }: Gathering,
  region: string,
): Promise<Reading<readonly TrailDescription[]>> {
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
    arn,
    name: trail.Name ?? arn.slice(arn.lastIndexOf("/") + 1),
    homeRegion,
    isMultiRegion: trail.IsMultiRegionTrail ?? false,
    isOrganization: trail.IsOrganizationTrail ?? false,
    includeGlobalServiceEvents: trail.IncludeGlobalServiceEvents ?? false,
    hasCustomEventSelectors: trail.HasCustomEventSelectors ?? false,
    hasInsightSelectors: trail.HasInsightSelectors ?? false,
    logFileValidationEnabled: trail.LogFileValidationEnabled ?? false,
    ...(trail.S3BucketName ? { s3BucketName: trail.S3BucketName } : {}),
    ...(trail.S3KeyPrefix ? { s3KeyPrefix: trail.S3KeyPrefix } : {}),
    ...(trail.KmsKeyId ? { kmsKeyId: trail.KmsKeyId } : {}),
    ...(trail.CloudWatchLogsLogGroupArn
      ? { cloudWatchLogsLogGroupArn: trail.CloudWatchLogsLogGroupArn }
      : {}),
    ...(trail.SnsTopicARN ? { snsTopicArn: trail.SnsTopicARN } : {}),
  };
}
