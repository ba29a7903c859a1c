import { trailArn } from "@/lib/checks/arn";
import { primaryRegion } from "@/lib/checks/regions";
import type { Delivery } from "./bucket-policy";
import { bucketPlaceholder } from "./edit-code";
import type { NewTrail } from "./new-trail";
import type { Situation } from "./situation";

export const newTrailName = "management-events";

/** The delivery of the trail that exists. */
export function presentDelivery({ trail, partition, owner, organization }: Situation): Delivery | null {
  if (trail === null) return null;
  return {
    partition,
    bucket: trail.s3BucketName ?? bucketPlaceholder,
    ...(trail.s3KeyPrefix === undefined ? {} : { prefix: trail.s3KeyPrefix }),
    trailArn: trail.arn,
    trailName: trail.name,
    homeRegion: trail.homeRegion,
    account: owner,
    ...(trail.isOrganization ? { organizationId: organization?.organizationId ?? null } : {}),
  };
}

/** The trail to create in this account. Bucket names are global: account and Region make ours likely free. */
export function newAccountTrail({ partition, owner, region }: Situation): NewTrail {
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
export function movedTrail(situation: Situation): NewTrail | null {
  const present = presentDelivery(situation);
  if (present === null) return null;
  const homeRegion = primaryRegion(situation.partition);
  const trailName = `${present.trailName}-${homeRegion}`;
  return {
    ...present,
    trailName,
    homeRegion,
    trailArn: trailArn(situation.partition, homeRegion, present.account, trailName),
    organizationId: situation.organization?.organizationId ?? null,
    isOrganization: true,
  };
}
