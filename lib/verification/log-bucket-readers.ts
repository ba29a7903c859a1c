import type { Partition } from "@/lib/checks/facts/facts";
import type { TenantDb } from "@/lib/db/tenant-db";

/** A connected account through whose role the log files of a bucket may be readable. */
export interface LogBucketReader {
  readonly accountId: string;
  readonly awsAccountId: string;
  readonly role: { readonly arn: string; readonly externalId: string };
  /** AWS accounts that may own the bucket, the likeliest first. */
  readonly owners: readonly string[];
  /** It was the one that could, the last time. */
  readonly isRemembered: boolean;
}

export interface LogBucketPlace {
  readonly bucket: string;
  readonly partition: Partition;
  /** AWS account of the trail that delivers there. */
  readonly trailOwner: string;
  /** The account whose log files are wanted. */
  readonly accountId: string;
  readonly awsOrganizationId: string | null;
}

/** Accounts that are asked in one look: most organizations keep their logs in one of the first. */
const mostReaders = 20;
/** Accounts that are thought to own a bucket; each costs a call. */
const mostOwners = 4;

interface ReaderRow {
  readonly accountId: string;
  readonly awsAccountId: string;
  readonly roleArn: string;
  readonly externalId: string;
  readonly rememberedOwner: string | null;
  readonly isLikelyOwner: boolean;
}

/**
 * Through whom the log files of a bucket may be readable, in the order in which to try: who could the last time, who
 * probably owns the bucket (it has an account's id in its name, the trail is that account's, or the account is a log
 * archive), the account itself, and the other connected accounts of its AWS organization.
 */
export async function logBucketReaders(
  db: TenantDb,
  tenantId: string,
  { bucket, partition, trailOwner, accountId, awsOrganizationId }: LogBucketPlace,
): Promise<readonly LogBucketReader[]> {
  const rows = await db.$queryRaw<ReaderRow[]>`
    SELECT a.id::text AS "accountId", a.aws_account_id AS "awsAccountId", a.role_arn AS "roleArn",
           a.external_id AS "externalId", r.bucket_owner AS "rememberedOwner",
           (position(a.aws_account_id IN ${bucket}) > 0 OR a.aws_account_id = ${trailOwner}
             OR a.environment = 'log-archive') AS "isLikelyOwner"
    FROM accounts a
    LEFT JOIN account_facts f ON f.tenant_id = a.tenant_id AND f.account_id = a.id AND f.name = 'organization'
    LEFT JOIN log_bucket_readers r ON r.tenant_id = a.tenant_id AND r.account_id = a.id AND r.bucket = ${bucket}
    WHERE a.tenant_id = ${tenantId}::uuid AND a.partition = ${partition} AND a.role_arn IS NOT NULL
      AND ((a.id = ${accountId}::uuid AND a.status IN ('connected', 'unreachable'))
        OR (a.status = 'connected' AND f.value ->> 'organizationId' = ${awsOrganizationId}))
    ORDER BY r.bucket_owner IS NULL, position(a.aws_account_id IN ${bucket}) = 0,
             a.aws_account_id <> ${trailOwner}, a.environment IS DISTINCT FROM 'log-archive',
             a.id <> ${accountId}::uuid, a.aws_account_id
    LIMIT ${mostReaders}`;
  const likely = rows.filter(({ isLikelyOwner }) => isLikelyOwner).map(({ awsAccountId }) => awsAccountId);
  return rows.map(({ accountId: id, awsAccountId, roleArn, externalId, rememberedOwner }) => ({
    accountId: id,
    awsAccountId,
    role: { arn: roleArn, externalId },
    owners: ownersFor(awsAccountId, rememberedOwner, [...likely, trailOwner]),
    isRemembered: rememberedOwner !== null,
  }));
}

/** A reader's own account is the likeliest owner after the one that was it before: roles read their own buckets. */
function ownersFor(own: string, remembered: string | null, likely: readonly string[]): readonly string[] {
  const all = [...(remembered === null ? [] : [remembered]), own, ...likely];
  return [...new Set(all)].slice(0, mostOwners);
}

/** Keeps through whom, and as whose, a bucket could be read. */
export async function rememberReader(
  db: TenantDb,
  tenantId: string,
  {
    bucket,
    accountId,
    owner,
  }: { readonly bucket: string; readonly accountId: string; readonly owner: string },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO log_bucket_readers (tenant_id, bucket, account_id, bucket_owner, found_at)
    VALUES (${tenantId}::uuid, ${bucket}, ${accountId}::uuid, ${owner}, business_now())
    ON CONFLICT (tenant_id, bucket) DO UPDATE
      SET account_id = excluded.account_id, bucket_owner = excluded.bucket_owner, found_at = excluded.found_at
      WHERE (log_bucket_readers.account_id, log_bucket_readers.bucket_owner)
        IS DISTINCT FROM (excluded.account_id, excluded.bucket_owner)`;
}
