import { parseTime } from "../model/clock";
import type { Partition } from "../model/partitions";
import { type Seed, type Trail, trailArn } from "../model/trail";
import type { StatusSpec, TrailSpec } from "./world-file";

const healthy: StatusSpec = { isLogging: true, startLoggingTime: "-30d", latestDeliveryTime: "-4m" };

/** A trail as a world file describes it, and the status that its account sees at the start. */
export function newTrailOfSpec(
  spec: TrailSpec,
  accountId: string,
  partition: Partition,
  now: number,
): { trail: Trail; seed: Seed } {
  const owner = spec.ownerAccount ?? accountId;
  const status = spec.status ?? healthy;
  const time = (text: string | undefined) => (text === undefined ? undefined : parseTime(text, now));
  const startedAt = time(status.startLoggingTime);
  const trail: Trail = {
    arn: spec.arn ?? trailArn(partition, spec.homeRegion, owner, spec.name),
    name: spec.name,
    partition,
    homeRegion: spec.homeRegion,
    ownerAccount: owner,
    isMultiRegion: spec.isMultiRegion,
    isOrganization: spec.isOrganization ?? false,
    includeGlobalServiceEvents: spec.includeGlobalServiceEvents ?? true,
    bucket: spec.s3BucketName ?? `cloudtrail-logs-${owner}`,
    prefix: spec.s3KeyPrefix,
    snsTopicArn: spec.snsTopicArn,
    kmsKeyId: spec.kmsKeyId,
    logGroupArn: spec.cloudWatchLogsLogGroupArn,
    logRoleArn: spec.cloudWatchLogsLogGroupArn
      ? `arn:${partition}:iam::${owner}:role/CloudTrail_CloudWatchLogs_Role`
      : undefined,
    logFileValidation: spec.logFileValidationEnabled ?? false,
    selectors: { basic: spec.eventSelectors, advanced: spec.advancedEventSelectors },
    hasCustomSelectors: spec.hasCustomEventSelectors ?? (isCustom(spec) || undefined),
    insightSelectors: spec.hasInsightSelectors ? [{ InsightType: "ApiCallRateInsight" }] : [],
    tags: new Map(Object.entries(spec.tags ?? {})),
    isLogging: status.isLogging ?? true,
    startedAt,
    stoppedAt: time(status.stopLoggingTime),
    changedAt: startedAt ?? now,
    shadowsFrom: 0,
    presence: new Map(),
    seeds: new Map(),
    regional: new Map(),
  };
  const regions = spec.existsInRegions?.length
    ? new Set(spec.existsInRegions)
    : spec.isMultiRegion
      ? undefined
      : new Set([spec.homeRegion]);
  const silentRegions = new Set(spec.silentRegions ?? []);
  const seed = { status, byRegion: spec.statusByRegion ?? {}, silentRegions, loadedAt: now, regions };
  return { trail, seed };
}

function isCustom(spec: TrailSpec): boolean {
  return (spec.eventSelectors?.length ?? 0) > 0 || (spec.advancedEventSelectors?.length ?? 0) > 0;
}
