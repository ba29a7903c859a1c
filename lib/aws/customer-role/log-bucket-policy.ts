/** A statement of a policy that names what it is about. */
interface ResourceStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Log files are below this folder, whatever the prefix of the trail. */
const logFolder = "*AWSLogs/*";
/** A key is used by S3 for us, and never by us: `kms:Decrypt` alone would open whatever else it encrypts. */
const keyUser = "s3.*";

/**
 * What reading the log files of one bucket takes: to list them, to read them, and to use the key that encrypts them.
 * The optional statements of the customer's role, and all that a session which does so may do.
 */
export function logBucketStatements(partition: string, bucket: string): readonly ResourceStatement[] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return [
    {
      Sid: "PosturioListsLogFiles",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: arn,
      Condition: { StringLike: { "s3:prefix": logFolder } },
    },
    {
      Sid: "PosturioReadsLogFiles",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `${arn}/${logFolder}`,
    },
    {
      Sid: "PosturioDecryptsLogFiles",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: `arn:${partition}:kms:*:*:key/*`,
      Condition: { StringLike: { "kms:ViaService": keyUser } },
    },
  ];
}

/** The same as a policy: of the role, and of a session that reads log files and may do nothing else. */
export function logBucketPolicy(partition: string, bucket: string) {
  return { Version: "2012-10-17", Statement: logBucketStatements(partition, bucket) } as const;
}
