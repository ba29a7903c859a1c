import { createHash } from "node:crypto";
import { acceptsTrail, type Bucket, newBucket } from "../model/buckets";
import type { PolicyDocument } from "../model/roles";
import { type Answer, xmlAnswer } from "../wire/answer";
import { AwsError } from "../wire/aws-error";
import type { WireRequest } from "../wire/request";
import { authorizeCaller, authorizeKey, bucketFor } from "./s3-access";
import type { S3Call } from "./s3-call";
import { listBuckets, listObjects } from "./s3-lists";

/** Path-style S3, as far as log delivery goes. The operation is named before it runs, so that faults can meet it. */
export function answerS3(call: S3Call): { operation: string; run: () => Answer } {
  const { request } = call;
  const slash = request.path.indexOf("/", 1);
  const name = decodeURIComponent(slash === -1 ? request.path.slice(1) : request.path.slice(1, slash));
  const key = slash === -1 ? "" : decodeURIComponent(request.path.slice(slash + 1));
  const operation = operationOf(request, name, key);
  return {
    operation,
    run: () => {
      if (operation === "Unknown") throw new AwsError("NotImplemented", "Not served by this sandbox.", 501);
      authorizeCaller(call, actionOf(operation), name, key);
      const answer = run(call, operation, name, key);
      return { ...answer, headers: { "x-amz-request-id": call.requestId, ...answer.headers } };
    },
  };
}

const actions: Readonly<Record<string, string>> = {
  ListBuckets: "ListAllMyBuckets",
  ListObjectsV2: "ListBucket",
  ListObjects: "ListBucket",
  HeadBucket: "ListBucket",
  HeadObject: "GetObject",
};

function actionOf(operation: string): string {
  return `s3:${actions[operation] ?? operation}`;
}

function operationOf({ method, query }: WireRequest, bucket: string, key: string): string {
  if (bucket === "") return method === "GET" ? "ListBuckets" : "Unknown";
  if (key !== "") {
    if (method === "GET" && !query.has("acl") && !query.has("tagging")) return "GetObject";
    return method === "HEAD" ? "HeadObject" : "Unknown";
  }
  if (query.has("policy")) {
    const byMethod: Record<string, string> = {
      GET: "GetBucketPolicy",
      PUT: "PutBucketPolicy",
      DELETE: "DeleteBucketPolicy",
    };
    return byMethod[method] ?? "Unknown";
  }
  if (query.has("location")) return method === "GET" ? "GetBucketLocation" : "Unknown";
  const other = [
    "acl",
    "versioning",
    "encryption",
    "publicAccessBlock",
    "logging",
    "object-lock",
    "lifecycle",
  ];
  if (other.some((parameter) => query.has(parameter))) return "Unknown";
  if (method === "GET") return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
  const plain: Record<string, string> = { HEAD: "HeadBucket", PUT: "CreateBucket", DELETE: "DeleteBucket" };
  return plain[method] ?? "Unknown";
}

function run(call: S3Call, operation: string, name: string, key: string): Answer {
  if (operation === "ListBuckets") return listBuckets(call);
  if (operation === "CreateBucket") return createBucket(call, name);
  const bucket = bucketFor(call, actionOf(operation), name, key);
  switch (operation) {
    case "HeadBucket":
      return empty(200, { "x-amz-bucket-region": bucket.region });
    case "GetBucketLocation":
      return xmlAnswer(200, call.requestId, location(bucket.region));
    case "ListObjectsV2":
    case "ListObjects":
      return listObjects(call, bucket, operation === "ListObjectsV2");
    case "GetObject":
    case "HeadObject":
      return getObject(call, bucket, key, operation === "HeadObject");
    case "GetBucketPolicy":
      if (bucket.policy === undefined) {
        throw new AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
      }
      return { status: 200, headers: { "content-type": "application/json" }, body: bucket.policy };
    case "PutBucketPolicy":
      return putBucketPolicy(call, bucket, call.request.body.toString("utf8"));
    case "DeleteBucketPolicy":
      bucket.policy = undefined;
      return empty(204);
    case "DeleteBucket":
      if (bucket.objects.size > 0) {
        throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
      }
      call.world.buckets.delete(name);
      return empty(204);
    default:
      throw new AwsError("NotImplemented", "Not served by this sandbox.", 501);
  }
}

function empty(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: "" };
}

function location(region: string): string {
  const inner = region === "us-east-1" ? "" : region;
  return `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</LocationConstraint>`;
}

function createBucket(call: S3Call, name: string): Answer {
  const { world, principal, request, region, now } = call;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", 400);
  }
  const taken = world.buckets.get(name);
  if (taken) {
    const own = taken.ownerAccount === principal.account.id;
    throw own
      ? new AwsError(
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it.",
          409,
        )
      : new AwsError("BucketAlreadyExists", "The requested bucket name is not available.", 409);
  }
  const wanted = /<LocationConstraint[^>]*>([^<]+)</.exec(request.body.toString("utf8"))?.[1] ?? region;
  world.buckets.set(name, newBucket(name, principal.account.id, wanted, now));
  return empty(200, { location: `/${name}` });
}

function putBucketPolicy({ world }: S3Call, bucket: Bucket, text: string): Answer {
  try {
    if (!(JSON.parse(text) as PolicyDocument).Statement) throw new Error("no statement");
  } catch {
    throw new AwsError("MalformedPolicy", "This policy contains invalid Json", 400);
  }
  bucket.policy = text;
  for (const trail of world.trails.values()) {
    if (trail.bucket === bucket.name && acceptsTrail(text, trail.arn)) world.repairDelivery(trail);
  }
  return empty(204);
}

function getObject(call: S3Call, bucket: Bucket, key: string, head: boolean): Answer {
  const object = bucket.objects.get(key);
  if (!object) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
  authorizeKey(call, object.kmsKeyId);
  const body = object.read();
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": String(body.length),
      "last-modified": new Date(object.modifiedAt).toUTCString(),
      etag: `"${createHash("md5").update(body).digest("hex")}"`,
    },
    body: head ? "" : body,
  };
}
