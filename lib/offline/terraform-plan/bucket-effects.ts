import { changesAnything, isLeft, isReplaced } from "./actions";
import { type Configuration, referencesOf } from "./configuration";
import type { DeliveryEffect } from "./delivery-effect";
import { filled, type Json, type JsonObject, text } from "./json";
import type { ResourceChange } from "./plan-json";
import type { PlannedTrail } from "./planned-trail";
import { isSamePolicy, letsCloudTrail, type ServiceRequest } from "./service-policy";

const bucketTypes = ["aws_s3_bucket", "awscc_s3_bucket"];
const policyTypes = ["aws_s3_bucket_policy", "awscc_s3_bucket_policy"];

/** What the plan does to the bucket of a trail that stays: the bucket itself, its policy, and who pays for requests. */
export function bucketEffects(
  trail: PlannedTrail,
  changes: readonly ResourceChange[],
  configuration: Configuration,
): readonly DeliveryEffect[] {
  if (trail.after === null) return [];
  const bucket = bucketOf(trail, changes, configuration);
  if (bucket === null) return [];
  return [
    ...bucketChanges(bucket, changes),
    ...policyChanges(trail, bucket, changes, configuration),
    ...inlinePolicyChanges(trail, bucket, changes),
    ...requesterPays(bucket, changes),
  ];
}

/** The bucket after the plan. One that is only known after apply may be named by the bucket it refers to. */
function bucketOf(
  trail: PlannedTrail,
  changes: readonly ResourceChange[],
  configuration: Configuration,
): string | null {
  const known = filled(trail.after?.values.s3_bucket_name);
  if (known !== null && trail.after?.unknown.s3_bucket_name !== true) return plain(known);
  return referredBucket(trail.address, "s3_bucket_name", changes, configuration);
}

/** The name of the bucket that an argument refers to, where it is only known after apply. */
function referredBucket(
  address: string,
  argument: string,
  changes: readonly ResourceChange[],
  configuration: Configuration,
): string | null {
  const block = configuration.blockOf(address);
  if (block === null) return null;
  const referred = referencesOf(block.expressions[argument], block.module);
  // Of several instances it is not known which one is meant.
  const [one, ...more] = changes.filter(
    ({ address, type }) => bucketTypes.includes(type) && referred.includes(address),
  );
  return one === undefined || more.length > 0 ? null : nameOf(one.after);
}

function bucketChanges(bucket: string, changes: readonly ResourceChange[]): readonly DeliveryEffect[] {
  return changes
    .filter((change) => bucketTypes.includes(change.type) && isBucket(change.before, bucket))
    .flatMap((change): readonly DeliveryEffect[] => {
      if (isLeft(change)) return [];
      if (change.after === null) {
        // The same bucket at another address: it moved, or is created again.
        const stays = changes.some(
          (other) => other !== change && bucketTypes.includes(other.type) && nameOf(other.after) === bucket,
        );
        return stays ? [] : [{ change, kind: "lost", what: "is deleted" }];
      }
      const next = nameOf(change.after);
      if (next !== null && next !== bucket) {
        return [{ change, kind: "lost", what: `is replaced by a bucket named ${next}` }];
      }
      if (!isReplaced(change.actions)) return [];
      if (next === null) return [{ change, kind: "doubtful", what: "is replaced" }];
      // The new bucket starts without a policy.
      const isSetAgain = changes.some(
        (other) =>
          policyTypes.includes(other.type) &&
          other.actions.includes("create") &&
          [null, bucket].includes(nameOf(other.after)),
      );
      return [
        {
          change,
          kind: isSetAgain ? "interrupted" : "doubtful",
          what: isSetAgain
            ? "is replaced: no log files are delivered in between, and those in it are gone"
            : "is replaced, and the new bucket gets no policy in this plan",
        },
      ];
    });
}

function policyChanges(
  trail: PlannedTrail,
  bucket: string,
  changes: readonly ResourceChange[],
  configuration: Configuration,
): readonly DeliveryEffect[] {
  const policies = changes.filter(({ type }) => policyTypes.includes(type));
  const target = (change: ResourceChange) =>
    nameOf(change.after) ?? referredBucket(change.address, "bucket", changes, configuration);
  const sets = policies.filter(
    (change) =>
      change.after !== null &&
      (target(change) === bucket || (target(change) === null && isBucket(change.before, bucket))),
  );
  // One that is set on a bucket whose name is not known yet may take the place of the removed one.
  const mayBeSet = policies.some((change) => change.after !== null && target(change) === null);
  const removed = policies.filter(
    (change) => isBucket(change.before, bucket) && !sets.includes(change) && !isLeft(change),
  );
  const removals =
    sets.length > 0
      ? []
      : removed.map(
          (change): DeliveryEffect => ({ change, kind: mayBeSet ? "doubtful" : "lost", what: "is deleted" }),
        );
  const before = policies.find((change) => isBucket(change.before, bucket))?.before ?? null;
  const effects = sets
    .filter(({ actions }) => changesAnything(actions))
    .flatMap((change) =>
      policyEffect(trail, bucket, change, policyIn(change.before ?? before), {
        policy: policyIn(change.after),
        isUnknown: change.afterUnknown.policy === true || change.afterUnknown.policy_document === true,
      }),
    );
  return [...removals, ...effects];
}

/** AWS provider 3 and older set the policy in the bucket itself. */
function inlinePolicyChanges(
  trail: PlannedTrail,
  bucket: string,
  changes: readonly ResourceChange[],
): readonly DeliveryEffect[] {
  return changes
    .filter(
      (change) =>
        bucketTypes.includes(change.type) &&
        change.actions.includes("update") &&
        isBucket(change.after, bucket) &&
        filled(change.before?.policy) !== null &&
        filled(change.after?.policy) !== null &&
        change.before?.policy !== change.after?.policy,
    )
    .flatMap((change) =>
      policyEffect(trail, bucket, change, policyIn(change.before), {
        policy: policyIn(change.after),
        isUnknown: false,
      }),
    );
}

interface NextPolicy {
  readonly policy: Json;
  readonly isUnknown: boolean;
}

function policyEffect(
  trail: PlannedTrail,
  bucket: string,
  change: ResourceChange,
  before: Json,
  { policy, isUnknown }: NextPolicy,
): readonly DeliveryEffect[] {
  const doubt = (what: string): readonly DeliveryEffect[] =>
    // CloudTrail tries the bucket when a trail is created or pointed at it, and AWS refuses one that does not take it.
    isTriedOnApply(trail, bucket) ? [] : [{ change, kind: "doubtful", what }];
  if (!isUnknown && before !== null && isSamePolicy(policy, before)) return [];
  if (isUnknown) return doubt("gets a policy that is only known after apply");
  const [put, acl] = requestsOf(trail, bucket);
  const answer = letsCloudTrail(policy, put, before);
  const wasLet = before === null ? null : letsCloudTrail(before, put);
  if (answer === "no") {
    // Where our reading finds no grant before either, something else than we know let CloudTrail in.
    return wasLet === "no" && !isTriedOnApply(trail, bucket)
      ? doubt("changes, and neither policy has a statement for CloudTrail that this can read")
      : [{ change, kind: "lost", what: "no longer lets CloudTrail write" }];
  }
  if (answer === "unsure") return doubt("changes what CloudTrail may do");
  const losesAcl =
    before !== null && letsCloudTrail(before, acl) === "yes" && letsCloudTrail(policy, acl, before) === "no";
  return losesAcl ? doubt("no longer lets CloudTrail read the ACL of the bucket") : [];
}

function requestsOf(trail: PlannedTrail, bucket: string): readonly [ServiceRequest, ServiceRequest] {
  const { account = null, isOrganization = false } = trail.after ?? {};
  const values = trail.after?.values;
  const prefix = filled(values?.s3_key_prefix);
  const folder = `s3:::${bucket}/${prefix === null ? "" : `${prefix}/`}AWSLogs/`;
  const from = { trailArn: filled(values?.arn), account };
  return [
    {
      ...from,
      action: "s3:PutObject",
      // Organization trails write under the id of the organization, which the plan does not tell.
      resource: account === null || isOrganization ? folder : `${folder}${account}/`,
    },
    { ...from, action: "s3:GetBucketAcl", resource: `s3:::${bucket}` },
  ];
}

/** A request of the requester is refused to CloudTrail (CloudTrail user guide, S3 bucket policy). */
function requesterPays(bucket: string, changes: readonly ResourceChange[]): readonly DeliveryEffect[] {
  return changes
    .filter(
      ({ type, before, after }) =>
        type === "aws_s3_bucket_request_payment_configuration" &&
        isBucket(after ?? null, bucket) &&
        after?.payer === "Requester" &&
        before?.payer !== "Requester",
    )
    .map((change) => ({ change, kind: "doubtful", what: "makes requesters pay, which CloudTrail does not" }));
}

function isTriedOnApply(trail: PlannedTrail, bucket: string): boolean {
  const old = filled(trail.before?.values.s3_bucket_name);
  return old === null || plain(old) !== bucket || isReplaced(trail.actions);
}

function policyIn(values: JsonObject | null): Json {
  return values?.policy ?? values?.policy_document ?? null;
}

function nameOf(values: JsonObject | null): string | null {
  const name = filled(values?.bucket) ?? filled(values?.bucket_name) ?? filled(values?.id);
  return name === null ? null : plain(name);
}

function isBucket(values: JsonObject | null, bucket: string): boolean {
  return [values?.bucket, values?.bucket_name, values?.id, values?.arn].some(
    (value) => text(value) !== null && plain(text(value) ?? "") === bucket,
  );
}

/** A bucket is named by its name or its ARN. */
function plain(name: string): string {
  return name.replace(/^arn:[^:]*:s3:::/, "");
}
