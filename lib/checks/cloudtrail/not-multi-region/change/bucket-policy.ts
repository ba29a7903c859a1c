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

type Statement = { readonly [key: string]: Value };

/**
 * What CloudTrail asks of its bucket (CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail"): the service
 * principal, limited to this trail by `aws:SourceArn` with the trail's home Region, and no list of Regions. The
 * statement ids carry the trail's name, for other trails may share the bucket.
 */
export function bucketStatements(delivery: Delivery): readonly Statement[] {
  const { partition, bucket, trailArn, account, organizationId } = delivery;
  const root = `arn:${partition}:s3:::${bucket}`;
  const logs = `${root}/${delivery.prefix ? `${delivery.prefix}/` : ""}AWSLogs`;
  const id = pascalName(`${delivery.trailName}-${delivery.homeRegion}`);
  const service = { Service: "cloudtrail.amazonaws.com" };
  const write = (sid: string, folder: string): Statement => ({
    Sid: `${sid}${id}`,
    Effect: "Allow",
    Principal: service,
    Action: "s3:PutObject",
    Resource: `${logs}/${folder}/*`,
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
  const { partition, trailArn, account } = delivery;
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
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partition}:cloudtrail:*:${account}:trail/*`,
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

/**
 * Commands that put statements into a bucket's policy and keep all others. PutBucketPolicy replaces the whole
 * policy, so the present one is read first, and a refused read ends it before anything is written.
 */
export function mergePolicyCommands(bucket: string, statements: readonly Statement[]): string {
  return `(
set -e
# Keep what the bucket's policy says now; it is also the way back.
if ! aws s3api get-bucket-policy --bucket ${bucket} \\
  --query Policy --output text > policy-before.json 2> policy-error.txt; then
  grep -q NoSuchBucketPolicy policy-error.txt || { cat policy-error.txt >&2; exit 1; }
  echo '{"Version":"2012-10-17","Statement":[]}' > policy-before.json
fi
cat > cloudtrail-statements.json <<'JSON'
${JSON.stringify(statements, null, 2)}
JSON
jq --slurpfile added cloudtrail-statements.json '
  ($added[0] | map(.Sid)) as $sids
  | .Statement = ([.Statement] | flatten | map(select(.Sid as $sid | any($sids[]; . == $sid) | not))) + $added[0]
' policy-before.json > policy-after.json
aws s3api put-bucket-policy --bucket ${bucket} --policy file://policy-after.json
)`;
}

/** Takes the statements out again by putting back what was read before. */
export function restorePolicyCommands(bucket: string): string {
  return `aws s3api put-bucket-policy --bucket ${bucket} --policy file://policy-before.json`;
}
