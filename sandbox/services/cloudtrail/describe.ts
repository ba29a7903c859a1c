import type { RegionalState } from "../../model/regional-state";
import type { Trail } from "../../model/trail";
import { AwsError } from "../../wire/aws-error";
import { type Call, flagOf, isoSeconds, listOf, type Operation, read, seconds, textOf } from "../operation";
import { checkTrailName, findTrail } from "./find-trail";

export const describeOperations: Readonly<Record<string, Operation>> = {
  DescribeTrails: read(describeTrails),
  GetTrail: read((call) => ({
    Trail: descriptionOf(findTrail(call, requiredName(call, "Name"), { anyRegion: true })),
  })),
  ListTrails: read(listTrails),
  GetTrailStatus: read(getTrailStatus),
};

export function requiredName(call: Call, field: string): string {
  const name = textOf(call.input, field);
  if (name === undefined) throw new AwsError("InvalidTrailNameException", "Trail name cannot be blank!");
  return name;
}

function describeTrails(call: Call): object {
  const { world, account, region } = call;
  const names = listOf<string>(call.input, "trailNameList") ?? [];
  const shadows = flagOf(call.input, "includeShadowTrails") ?? true;
  const own = (trail: Trail) => trail.ownerAccount === account.id && trail.homeRegion === region;
  const here = world.trailsVisible(account, region).filter((trail) => shadows || own(trail));
  if (names.length === 0) return { trailList: here.map(descriptionOf) };
  const found = new Set<Trail>();
  for (const name of names) {
    const trail = name.startsWith("arn:") ? named(call, name) : plain(name, here);
    if (trail) found.add(trail);
  }
  return { trailList: [...found].map(descriptionOf) };
}

function named(call: Call, arn: string): Trail | undefined {
  try {
    return findTrail(call, arn, { anyRegion: true });
  } catch (error) {
    if (error instanceof AwsError && error.code === "TrailNotFoundException") return undefined;
    throw error;
  }
}

function plain(name: string, here: readonly Trail[]): Trail | undefined {
  checkTrailName(name);
  return here.find((trail) => trail.name === name);
}

/** Region-scoped: the trails of this Region, shadows included. */
function listTrails({ world, account, region }: Call): object {
  return {
    Trails: world.trailsVisible(account, region).map((trail) => ({
      TrailARN: trail.arn,
      Name: trail.name,
      HomeRegion: trail.homeRegion,
    })),
  };
}

function descriptionOf(trail: Trail): object {
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    ...(trail.prefix ? { S3KeyPrefix: trail.prefix } : {}),
    ...topic(trail),
    IncludeGlobalServiceEvents: trail.includeGlobalServiceEvents,
    IsMultiRegionTrail: trail.isMultiRegion,
    HomeRegion: trail.homeRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: trail.logFileValidation,
    ...(trail.logGroupArn ? { CloudWatchLogsLogGroupArn: trail.logGroupArn } : {}),
    ...(trail.logRoleArn ? { CloudWatchLogsRoleArn: trail.logRoleArn } : {}),
    ...(trail.kmsKeyId ? { KmsKeyId: trail.kmsKeyId } : {}),
    HasCustomEventSelectors: trail.hasCustomSelectors,
    HasInsightSelectors: trail.insightSelectors.length > 0,
    IsOrganizationTrail: trail.isOrganization,
  };
}

/** The configuration that CreateTrail and UpdateTrail answer with. */
export function configurationOf(trail: Trail): object {
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    ...(trail.prefix ? { S3KeyPrefix: trail.prefix } : {}),
    ...topic(trail),
    IncludeGlobalServiceEvents: trail.includeGlobalServiceEvents,
    IsMultiRegionTrail: trail.isMultiRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: trail.logFileValidation,
    ...(trail.logGroupArn ? { CloudWatchLogsLogGroupArn: trail.logGroupArn } : {}),
    ...(trail.logRoleArn ? { CloudWatchLogsRoleArn: trail.logRoleArn } : {}),
    ...(trail.kmsKeyId ? { KmsKeyId: trail.kmsKeyId } : {}),
    IsOrganizationTrail: trail.isOrganization,
  };
}

function topic(trail: Trail): object {
  if (!trail.snsTopicArn) return {};
  return { SnsTopicName: trail.snsTopicArn, SnsTopicARN: trail.snsTopicArn };
}

function getTrailStatus(call: Call): object {
  const trail = findTrail(call, requiredName(call, "Name"));
  return statusAnswer(call.world.status(trail, call.account, call.region));
}

function statusAnswer(state: RegionalState): object {
  const delivered = state.deliveredAt === undefined ? "" : isoSeconds(state.deliveredAt);
  const notified = state.notifiedAt === undefined ? "" : isoSeconds(state.notifiedAt);
  return {
    IsLogging: state.isLogging,
    LatestDeliveryTime: seconds(state.deliveredAt),
    LatestDeliveryError: state.error,
    LatestNotificationTime: seconds(state.notifiedAt),
    LatestNotificationError: state.notificationError,
    StartLoggingTime: seconds(state.startedAt),
    StopLoggingTime: seconds(state.stoppedAt),
    LatestCloudWatchLogsDeliveryTime: seconds(state.logsAt),
    LatestCloudWatchLogsDeliveryError: state.logsError,
    LatestDigestDeliveryTime: seconds(state.digestAt),
    LatestDigestDeliveryError: state.digestError,
    LatestDeliveryAttemptTime: delivered,
    LatestNotificationAttemptTime: notified,
    LatestNotificationAttemptSucceeded: notified,
    LatestDeliveryAttemptSucceeded: delivered,
    TimeLoggingStarted: state.startedAt === undefined ? "" : isoSeconds(state.startedAt),
    TimeLoggingStopped: state.stoppedAt === undefined ? "" : isoSeconds(state.stoppedAt),
  };
}
