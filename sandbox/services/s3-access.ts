import { authorize } from "../model/authorize";
import type { Bucket } from "../model/buckets";
import { type About, lets, type PolicyDocument } from "../model/roles";
import { AwsError } from "../wire/aws-error";
import type { S3Call } from "./s3-call";

/**
 * Sends a caller of another Region than the bucket's there, and throws the denial of what the caller's own policies do
 * not allow on the bucket or the key in it.
 */
export function authorizeCaller(call: S3Call, action: string, name: string, key: string): void {
  const bucket = call.world.buckets.get(name);
  const isAnywhere = action === "s3:GetBucketLocation" || action === "s3:CreateBucket";
  if (bucket && bucket.region !== call.region && !isAnywhere) throw elsewhere(bucket);
  authorize(call.world, call.principal, "s3", action, call.region, aboutKey(call, name, key));
}

/**
 * The bucket, for its owner and for whom its policy lets in. Another owner than the request expects
 * is refused in the words of any denial, as AWS does it.
 */
export function bucketFor(call: S3Call, action: string, name: string, key: string): Bucket {
  const { principal, request } = call;
  const bucket = call.world.buckets.get(name);
  if (!bucket) throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
  const expected = request.headers["x-amz-expected-bucket-owner"];
  if (expected !== undefined && expected !== bucket.ownerAccount) throw denied();
  const answer =
    bucket.policy === undefined
      ? "silent"
      : lets(JSON.parse(bucket.policy) as PolicyDocument, principal, action, aboutKey(call, name, key));
  const isOwn = bucket.ownerAccount === principal.account.id;
  if (answer === "deny" || (answer === "silent" && !isOwn)) throw denied();
  return bucket;
}

/** Whoever reads an encrypted object must be allowed to use its key. Policies of keys are not part of the sandbox. */
export function authorizeKey({ world, principal, region }: S3Call, kmsKeyId: string | undefined): void {
  if (kmsKeyId === undefined) return;
  const keys = { "kms:viaservice": `s3.${region}.amazonaws.com` };
  authorize(world, principal, "s3", "kms:Decrypt", region, { resource: kmsKeyId, keys });
}

function denied(): AwsError {
  return new AwsError("AccessDenied", "Access Denied", 403);
}

function elsewhere(bucket: Bucket): AwsError {
  return new AwsError(
    "PermanentRedirect",
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
    301,
    { "x-amz-bucket-region": bucket.region },
  );
}

function aboutKey({ world, principal, request }: S3Call, name: string, key: string): About {
  const { account } = principal;
  return {
    resource: `arn:${account.partition}:s3:::${name}${key === "" ? "" : `/${key}`}`,
    keys: {
      "s3:prefix": request.query.get("prefix") ?? undefined,
      "aws:principalaccount": account.id,
      "aws:principalorgid": world.inOrganization(account.id) ? world.organization?.id : undefined,
    },
  };
}
