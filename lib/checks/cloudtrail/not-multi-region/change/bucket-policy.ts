import { policyLiteral } from "@/lib/checks/snippets/policy";
import { pascalName, type Value } from "@/lib/checks/snippets/values";

/** A trail that delivers into a bucket. */
export interface Delivery {
  readonly partition: string;
  readonly bucket: string;
  /** Without slashes; absent: log files start at `AWSLogs`. */
  readonly prefix?: string;
  readonly trailArn: string;
  readonly trailName: string;
  readonly homeRegion: string;
  /** The account that owns the trail. */
  readonly account: string;
  /** For an organization trail; null when its id is not known. */
  readonly organizationId?: string | null;
}

export const organizationPlaceholder = "YOUR-ORGANIZATION-ID";

export type Statement = { readonly [key: string]: Value };

/**
 * What CloudTrail asks of its bucket (CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail"): the service
 * principal, limited to this trail by `aws:SourceArn` with the trail's home Region, and no list of Regions. The
 * statement ids carry the trail's name, for other trails may share the bucket.
 */
export function bucketStatements(delivery: Delivery): readonly Statement[] {
  const { partition, account, organizationId } = delivery;
  const trailArn = policyLiteral(delivery.trailArn);
  const root = `arn:${partition}:s3:::${policyLiteral(delivery.bucket)}`;
  const logs = `${root}/${delivery.prefix ? `${policyLiteral(delivery.prefix)}/` : ""}AWSLogs`;
  const id = pascalName(`${delivery.trailName}-${delivery.homeRegion}`);
  const service = { Service: "cloudtrail.amazonaws.com" };
  const write = (sid: string, folder: string): Statement => ({
    Sid: `${sid}${id}`,
    Effect: "Allow",
    Principal: service,
    Action: "s3:PutObject",
    Resource: `${logs}/${policyLiteral(folder)}/*`,
    Condition: {
      StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn },
    },
  });
  return [
    {
      Sid: `CloudTrailAclCheck${id}`,
      Effect: "Allow",
      Principal: service,
      Action: "s3:GetBucketAcl",
      Resource: root,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    write("CloudTrailWrite", account),
    ...(organizationId === undefined
      ? []
      : [write("CloudTrailOrganizationWrite", organizationId ?? organizationPlaceholder)]),
  ];
}

export function policyDocument(statements: readonly Statement[]): { readonly [key: string]: Value } {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * What CloudTrail asks of a KMS key (CloudTrail user guide, "Configure KMS key policies for CloudTrail"). The key must
 * be in the bucket's Region.
 */
export function keyStatements(delivery: Delivery): readonly Statement[] {
  const { partition, account } = delivery;
  const trailArn = policyLiteral(delivery.trailArn);
  const service = { Service: "cloudtrail.amazonaws.com" };
  return [
    {
      Sid: "AllowCloudTrailToEncryptLogs",
      Effect: "Allow",
      Principal: service,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceArn": trailArn },
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partition}:cloudtrail:*:${policyLiteral(account)}:trail/*`,
        },
      },
    },
    {
      Sid: "AllowCloudTrailToDescribeKey",
      Effect: "Allow",
      Principal: service,
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
  ];
}
