import { logsOurReads } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { takeInventory } from "@/lib/checks/cloudtrail/inventory/inventory";
import type { RegionView } from "@/lib/checks/cloudtrail/inventory/region-view";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { ExpectedDelivery } from "@/lib/checks/delivery";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { isHealthy } from "./coverage";

/**
 * The trails that should deliver our own reads, by enabled Region. A trail of all Regions whose copy has not arrived
 * yet is expected to; one that logs only writes never shows a read.
 */
export function expectedDelivery(facts: Partial<Facts>, context: EvaluationContext): ExpectedDelivery {
  const { regions, trails, awsOrganization } = takeInventory(facts, context);
  const recording = trails.filter(
    (trail) => isHealthy(trail) && (trail.classes === null || logsOurReads(trail.classes)),
  );
  return {
    trails: Object.fromEntries(
      regions.map((region) => [
        region.name,
        recording.filter((trail) => reaches(trail, region)).map(deliveringTrail),
      ]),
    ),
    coversNewRegions: recording.some(({ description }) => description.isMultiRegion)
      ? true
      : regions.some(({ failure }) => failure !== undefined)
        ? null
        : false,
    awsOrganizationId: awsOrganization?.organizationId ?? null,
  };
}

function reaches(trail: TrailView, region: RegionView): boolean {
  return trail.seenIn.has(region.name) || trail.description.isMultiRegion;
}

function deliveringTrail({ arn, description }: TrailView) {
  const { s3BucketName, s3KeyPrefix, isOrganization } = description;
  return { arn, bucket: s3BucketName ?? null, keyPrefix: s3KeyPrefix ?? null, isOrganization };
}
