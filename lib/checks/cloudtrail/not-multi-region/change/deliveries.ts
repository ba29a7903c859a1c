import { trailArn } from "@/lib/checks/arn";
import { primaryRegion } from "@/lib/checks/regions";
import type { Delivery } from "./bucket-policy";
import type { ChangeInput } from "./change-input";
import type { NewTrail } from "./new-trail";
import { bucketPlaceholder } from "./update-code";

export const newTrailName = "management-events";

/** The delivery of the trail that exists. */
export function presentDelivery({ trail, partition, owner, awsOrganization }: ChangeInput): Delivery | null {
  if (trail === null) return null;
  return {
    partition,
    bucket: trail.s3BucketName ?? bucketPlaceholder,
    ...(trail.s3KeyPrefix === undefined ? {} : { prefix: trail.s3KeyPrefix }),
    trailArn: trail.arn,
    trailName: trail.name,
    homeRegion: trail.homeRegion,
    account: owner,
    ...(trail.isOrganization ? { organizationId: awsOrganization?.organizationId ?? null } : {}),
  };
}

/** The trail to create in this account. Bucket names are global: account and Region make ours likely free. */
export function newAccountTrail({ partition, owner, region }: ChangeInput): NewTrail {
  return {
    partition,
    bucket: `cloudtrail-logs-${owner}-${region}`,
    trailArn: trailArn(partition, region, owner, newTrailName),
    trailName: newTrailName,
    homeRegion: region,
    account: owner,
    isOrganization: false,
  };
}

/** The same organization trail in a default Region; AWS names are unique per Region, so a new name says which. */
export function movedTrail(input: ChangeInput): NewTrail | null {
  const present = presentDelivery(input);
  if (present === null) return null;
  const homeRegion = primaryRegion(input.partition);
  const trailName = `${present.trailName}-${homeRegion}`;
  return {
    ...present,
    trailName,
    homeRegion,
    trailArn: trailArn(input.partition, homeRegion, present.account, trailName),
    organizationId: input.awsOrganization?.organizationId ?? null,
    isOrganization: true,
  };
}
