import { gzipSync } from "node:zlib";
import { type ApiEvent, eventRecord } from "./events";
import { randomId } from "./identity";
import { type PolicyDocument, statementsOf } from "./roles";
import type { Trail } from "./trail";

export interface LogObject {
  readonly key: string;
  readonly modifiedAt: number;
  /** ARN of the key that it is encrypted with. */
  readonly kmsKeyId: string | undefined;
  readonly read: () => Buffer;
}

export interface Bucket {
  readonly name: string;
  readonly ownerAccount: string;
  readonly region: string;
  readonly createdAt: number;
  /** Whom its policy lets read log files: account ids or ARNs. */
  readonly readers: readonly string[];
  /** Bucket policy as text; undefined: none. */
  policy: string | undefined;
  readonly objects: Map<string, LogObject>;
}

const objectLimit = 2_000;

export function newBucket(
  name: string,
  ownerAccount: string,
  region: string,
  createdAt: number,
  readers: readonly string[] = [],
): Bucket {
  return { name, ownerAccount, region, createdAt, readers, policy: undefined, objects: new Map() };
}

/** The bucket policy CloudTrail asks for, and what the bucket's readers need. */
export function deliveryPolicy({ name: bucket, readers }: Bucket, trailArns: readonly string[]): string {
  const partition = trailArns[0]?.split(":")[1] ?? "aws";
  const condition = { StringEquals: { "aws:SourceArn": trailArns } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AWSCloudTrailAclCheck",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: `arn:${partition}:s3:::${bucket}`,
        Condition: condition,
      },
      {
        Sid: "AWSCloudTrailWrite",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:${partition}:s3:::${bucket}/*`,
        Condition: {
          StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArns },
        },
      },
      ...(readers.length === 0
        ? []
        : [
            {
              Sid: "ReadLogFiles",
              Effect: "Allow",
              Principal: { AWS: readers },
              Action: ["s3:ListBucket", "s3:GetObject"],
              Resource: [`arn:${partition}:s3:::${bucket}`, `arn:${partition}:s3:::${bucket}/*`],
            },
          ]),
    ],
  });
}

/** Whether CloudTrail may write log files of this trail into the bucket. */
export function acceptsTrail(policy: string | undefined, arn: string): boolean {
  if (policy === undefined) return false;
  let document: PolicyDocument;
  try {
    document = JSON.parse(policy);
  } catch {
    return false;
  }
  return statementsOf(document).some((statement) => {
    const { Principal: principal } = statement;
    const service = typeof principal === "object" ? principal.Service : principal;
    const names = service === undefined ? [] : [service].flat();
    if (!names.some((name) => name === "*" || name === "cloudtrail.amazonaws.com")) return false;
    const actions = [statement.Action ?? []].flat();
    if (!actions.some((action) => ["s3:PutObject", "s3:Put*", "s3:*", "*"].includes(action))) return false;
    if (statement.Effect !== "Allow") return false;
    return sourceArns(statement.Condition).every((patterns) => patterns.some((p) => arnMatches(p, arn)));
  });
}

function sourceArns(condition: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined) {
  const lists: string[][] = [];
  for (const tests of Object.values(condition ?? {})) {
    for (const [key, value] of Object.entries(tests)) {
      if (key.toLowerCase() === "aws:sourcearn") lists.push([value].flat() as string[]);
    }
  }
  return lists;
}

function arnMatches(pattern: string, arn: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`).test(arn);
}

/** Writes one log file; it is compressed only when someone asks for it. */
export function writeLogFile(
  bucket: Bucket,
  trail: Trail,
  organizationId: string | undefined,
  accountId: string,
  region: string,
  at: number,
  events: readonly ApiEvent[],
): void {
  if (events.length === 0) return;
  const stamp = new Date(at).toISOString();
  const day = stamp.slice(0, 10).replace(/-/g, "/");
  const minute = `${stamp.slice(0, 16).replace(/[-:]/g, "")}Z`;
  const prefix = trail.prefix ? `${trail.prefix}/` : "";
  const organization = trail.isOrganization && organizationId ? `${organizationId}/` : "";
  const name = `${accountId}_CloudTrail_${region}_${minute}_${randomId("", 16)}.json.gz`;
  const key = `${prefix}AWSLogs/${organization}${accountId}/CloudTrail/${region}/${day}/${name}`;
  let packed: Buffer | undefined;
  const read = () => {
    packed ??= gzipSync(JSON.stringify({ Records: events.map(eventRecord) }));
    return packed;
  };
  bucket.objects.set(key, { key, modifiedAt: at, kmsKeyId: trail.kmsKeyId, read });
  if (bucket.objects.size > objectLimit) {
    const oldest = bucket.objects.keys().next().value;
    if (oldest !== undefined) bucket.objects.delete(oldest);
  }
}
