import { enabledRegions } from "../../model/account";
import { acceptsTrail } from "../../model/buckets";
import { startLogging, stopLogging } from "../../model/delivery";
import { type Trail, trailArn } from "../../model/trail";
import { AwsError } from "../../wire/aws-error";
import { type Call, flagOf, listOf, type Operation, textOf, write } from "../operation";
import { configurationOf, requiredName } from "./describe";
import { checkTrailName, findTrailToChange, isDelegatedAdministrator } from "./find-trail";
import { putTags, type WireTag } from "./tags";

export const changeOperations: Readonly<Record<string, Operation>> = {
  CreateTrail: write(createTrail),
  UpdateTrail: write(updateTrail),
  DeleteTrail: write((call) => {
    const trail = findTrailToChange(call, requiredName(call, "Name"));
    call.world.trails.delete(trail.arn);
    call.world.changed();
    return {};
  }),
  StartLogging: write((call) => {
    const trail = findTrailToChange(call, requiredName(call, "Name"));
    call.world.materialize(trail);
    startLogging(trail, call.now, (key) => {
      const [accountId = "", region = ""] = key.split("/");
      return call.world.isActive(call.world.accounts.get(accountId), trail, region);
    });
    return {};
  }),
  StopLogging: write((call) => {
    const trail = findTrailToChange(call, requiredName(call, "Name"));
    call.world.materialize(trail);
    stopLogging(trail, call.now);
    return {};
  }),
};

/** Trails a Region may hold, shadows and organization copies included. Not adjustable. */
const quota = 5;

function createTrail(call: Call): object {
  const { world, account, region, input, now } = call;
  const name = requiredName(call, "Name");
  checkTrailName(name);
  const organization = flagOf(input, "IsOrganizationTrail") ?? false;
  const owner = organization ? managementAccountFor(call) : account.id;
  const arn = trailArn(account.partition, region, owner, name);
  if (world.trails.has(arn)) {
    throw new AwsError("TrailAlreadyExistsException", `Trail ${name} already exists for customer: ${owner}`);
  }
  const multiRegion = flagOf(input, "IsMultiRegionTrail") ?? false;
  const globalEvents = flagOf(input, "IncludeGlobalServiceEvents") ?? true;
  checkGlobalEvents(multiRegion, globalEvents);
  for (const candidate of multiRegion ? enabledRegions(account) : [region]) {
    if (world.trailsVisible(account, candidate).length >= quota) {
      throw new AwsError(
        "MaximumNumberOfTrailsExceededException",
        `User: ${account.id} already has ${quota} trails in ${candidate}.`,
      );
    }
  }
  const bucket = textOf(input, "S3BucketName") ?? "";
  checkBucket(call, bucket, arn);
  const trail: Trail = {
    arn,
    name,
    partition: account.partition,
    homeRegion: region,
    ownerAccount: owner,
    isMultiRegion: multiRegion,
    isOrganization: organization,
    includeGlobalServiceEvents: globalEvents,
    bucket,
    prefix: textOf(input, "S3KeyPrefix"),
    snsTopicArn: topicArn(call, textOf(input, "SnsTopicName")),
    kmsKeyId: textOf(input, "KmsKeyId"),
    logGroupArn: textOf(input, "CloudWatchLogsLogGroupArn"),
    logRoleArn: textOf(input, "CloudWatchLogsRoleArn"),
    logFileValidation: flagOf(input, "EnableLogFileValidation") ?? false,
    selectors: { basic: undefined, advanced: undefined },
    hasCustomSelectors: false,
    insightSelectors: [],
    tags: new Map(),
    isLogging: false,
    startedAt: undefined,
    stoppedAt: undefined,
    changedAt: now,
    shadowsFrom: now + world.settings.propagationDelaySeconds * 1_000,
    presence: new Map(),
    seeds: new Map(),
    regional: new Map(),
  };
  putTags(trail, listOf<WireTag>(input, "TagsList") ?? []);
  world.trails.set(arn, trail);
  world.changed();
  return configurationOf(trail);
}

function updateTrail(call: Call): object {
  const { world, input, now } = call;
  const trail = findTrailToChange(call, requiredName(call, "Name"));
  const multiRegion = flagOf(input, "IsMultiRegionTrail");
  const organization = flagOf(input, "IsOrganizationTrail");
  // Converting turns global service events on, going back turns them off, unless the call says otherwise.
  const toggled = multiRegion !== undefined && multiRegion !== trail.isMultiRegion;
  const globalEvents =
    flagOf(input, "IncludeGlobalServiceEvents") ?? (toggled ? multiRegion : trail.includeGlobalServiceEvents);
  checkGlobalEvents(multiRegion ?? trail.isMultiRegion, globalEvents);
  if (organization !== undefined && organization !== trail.isOrganization) {
    managementAccountFor(call);
    if (isDelegatedAdministrator(call)) throw notManagement();
  }
  const bucket = textOf(input, "S3BucketName");
  if (bucket !== undefined) checkBucket(call, bucket, trail.arn);
  world.materialize(trail);
  if (multiRegion !== undefined) {
    if (multiRegion) trail.shadowsFrom = now + world.settings.propagationDelaySeconds * 1_000;
    trail.isMultiRegion = multiRegion;
    trail.presence.clear();
  }
  if (toggled) {
    trail.changedAt = now;
    if (!multiRegion) forgetShadows(trail);
  }
  if (organization !== undefined) trail.isOrganization = organization;
  trail.includeGlobalServiceEvents = globalEvents;
  trail.prefix = cleared(textOf(input, "S3KeyPrefix"), trail.prefix);
  trail.kmsKeyId = cleared(textOf(input, "KmsKeyId"), trail.kmsKeyId);
  trail.logGroupArn = cleared(textOf(input, "CloudWatchLogsLogGroupArn"), trail.logGroupArn);
  trail.logRoleArn = cleared(textOf(input, "CloudWatchLogsRoleArn"), trail.logRoleArn);
  const topic = textOf(input, "SnsTopicName");
  if (topic !== undefined) trail.snsTopicArn = topic === "" ? undefined : topicArn(call, topic);
  trail.logFileValidation = flagOf(input, "EnableLogFileValidation") ?? trail.logFileValidation;
  if (bucket !== undefined) {
    trail.bucket = bucket;
    world.repairDelivery(trail);
  }
  world.changed();
  return configurationOf(trail);
}

/** An empty text removes the value, an absent one keeps it. */
function cleared(given: string | undefined, present: string | undefined): string | undefined {
  if (given === undefined) return present;
  return given === "" ? undefined : given;
}

function forgetShadows(trail: Trail): void {
  for (const key of trail.regional.keys()) {
    if (!key.endsWith(`/${trail.homeRegion}`)) trail.regional.delete(key);
  }
}

function checkGlobalEvents(multiRegion: boolean, globalEvents: boolean): void {
  if (multiRegion && !globalEvents) {
    throw new AwsError(
      "InvalidParameterCombinationException",
      "Multi-Region trail must include global service events.",
    );
  }
}

function checkBucket(call: Call, name: string, arn: string): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new AwsError("InvalidS3BucketNameException", `Bucket name is invalid: ${name}`);
  }
  const bucket = call.world.buckets.get(name);
  if (!bucket) throw new AwsError("S3BucketDoesNotExistException", `S3 bucket ${name} does not exist!`);
  if (!acceptsTrail(bucket.policy, arn)) {
    throw new AwsError(
      "InsufficientS3BucketPolicyException",
      `Incorrect S3 bucket policy is detected for bucket: ${name}`,
    );
  }
}

function notManagement(): AwsError {
  return new AwsError(
    "NotOrganizationMasterAccountException",
    "The account making the request is not the management account of the organization.",
  );
}

/** Owner of an organization trail: the management account, also when its delegated administrator acts. */
function managementAccountFor(call: Call): string {
  const { world, account } = call;
  const { organization } = world;
  if (!organization || !world.inOrganization(account.id)) {
    throw new AwsError(
      "OrganizationsNotInUseException",
      "The account making the request is not a member of an organization.",
    );
  }
  if (organization.managementAccountId !== account.id && !isDelegatedAdministrator(call))
    throw notManagement();
  return organization.managementAccountId;
}

function topicArn(call: Call, topic: string | undefined): string | undefined {
  if (!topic) return undefined;
  if (topic.startsWith("arn:")) return topic;
  return `arn:${call.account.partition}:sns:${call.region}:${call.account.id}:${topic}`;
}
