import { ownershipOf } from "@/lib/checks/cloudtrail/not-multi-region/change/ownership";
import { isHealthy } from "@/lib/checks/cloudtrail/not-multi-region/rules/coverage";
import type { Analysis } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import { multiRegionTrails } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import type { RemediationChoice } from "@/lib/checks/cloudtrail/not-multi-region/rules/remediation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";
import type { ManagedBy } from "@/lib/checks/suggested-change";

/** What guardrails are filled in with. */
export interface GuardedTrail {
  readonly partition: string;
  readonly accountId: string;
  readonly organizationRole?: string;
  readonly organizationId?: string;
  readonly managementAccountId?: string;
  /** The trail to protect; absent when there is none yet. */
  readonly trail?: {
    readonly arn: string;
    readonly name: string;
    readonly homeRegion: string;
    readonly isOrganization: boolean;
    readonly bucket?: string;
  };
  readonly managedBy?: ManagedBy;
  readonly primaryRegion: string;
}

/** The trail that guardrails protect: the one to change, or the multi-Region trail that covers the account. */
export function guardedTrail(
  { inventory }: Analysis,
  choice: RemediationChoice,
  context: EvaluationContext,
  facts: Partial<Facts>,
): GuardedTrail {
  const multi = multiRegionTrails(inventory);
  const trail = (choice.trail ?? multi.find(isHealthy) ?? multi[0])?.description;
  const { awsOrganization } = inventory;
  const managedBy = trail === undefined ? null : ownershipOf(trail, facts);
  return {
    partition: context.account.partition,
    accountId: context.account.id,
    ...(awsOrganization === null ? {} : { organizationRole: awsOrganization.role }),
    ...(awsOrganization?.organizationId === undefined
      ? {}
      : { organizationId: awsOrganization.organizationId }),
    ...(awsOrganization?.managementAccountId === undefined
      ? {}
      : { managementAccountId: awsOrganization.managementAccountId }),
    ...(trail === undefined
      ? {}
      : {
          trail: {
            arn: trail.arn,
            name: trail.name,
            homeRegion: trail.homeRegion,
            isOrganization: trail.isOrganization,
            ...(trail.s3BucketName === undefined ? {} : { bucket: trail.s3BucketName }),
          },
        }),
    ...(managedBy === null ? {} : { managedBy }),
    primaryRegion: primaryRegion(context.account.partition),
  };
}
