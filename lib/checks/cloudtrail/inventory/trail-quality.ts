import { parseArn } from "@/lib/checks/arn";
import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { TrailView } from "./trail-view";

/** What makes one of two trails that log the same the better one, the weightiest first. */
export const qualities = ["organization", "central_bucket", "validation", "key"] as const;

export type Quality = (typeof qualities)[number];

type Destination = Pick<TrailDescription, "s3BucketName" | "kmsKeyId" | "isOrganization">;

/** Bucket names of organization trails that are known here: log files of other accounts lie in them too. */
export type SharedBuckets = ReadonlySet<string>;

/** The buckets that organization trails deliver to, of all trails that this account or the management account shows. */
export function sharedBuckets(trails: readonly TrailDescription[]): SharedBuckets {
  return new Set(trails.flatMap((trail) => (trail.isOrganization ? (trail.s3BucketName ?? []) : [])));
}

/** The qualities a trail has. */
export function qualitiesOf(trail: TrailView, shared: SharedBuckets): ReadonlySet<Quality> {
  const { description, owner } = trail;
  const has: Readonly<Record<Quality, boolean>> = {
    organization: description.isOrganization,
    central_bucket: isCentral(description, owner, shared),
    validation: description.logFileValidationEnabled,
    key: (description.kmsKeyId ?? "") !== "",
  };
  return new Set(qualities.filter((quality) => has[quality]));
}

/**
 * CloudTrail names a bucket without its owner. An organization trail's bucket, a key of another account, or another
 * account's number in the bucket's name (as the console and Control Tower name buckets) tell that the log files leave
 * the account that they are about.
 */
function isCentral(trail: Destination, owner: string, shared: SharedBuckets): boolean {
  const bucket = trail.s3BucketName ?? "";
  if (bucket !== "" && shared.has(bucket)) return true;
  const keyOwner = parseArn(trail.kmsKeyId ?? "")?.account ?? "";
  if (keyOwner !== "" && keyOwner !== owner) return true;
  const named: readonly string[] = bucket.match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  return named.length > 0 && !named.includes(owner);
}
