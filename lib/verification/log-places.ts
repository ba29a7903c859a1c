import { unreadableBucket } from "./judge-log-file";
import type { RegionProof, Sighting } from "./proof";

/** A folder of a bucket, and our calls whose log files should be there. */
export interface LogPlace {
  readonly bucket: string;
  readonly keyPrefix: string | null;
  /** Part of the keys of organization trails alone. */
  readonly awsOrganizationId: string | null;
  /** A trail that delivers there. */
  readonly trailArn: string;
  readonly calls: readonly CallInRegion[];
}

interface CallInRegion {
  readonly region: string;
  readonly trailArn: string;
  readonly sentAt: string;
  readonly requestId: string | null;
  readonly resumeAfter: string | null;
}

/** Where the log files of our calls should be, by bucket and folder, and the Regions in which that is not known. Pure. */
export function logPlacesOf(
  regions: readonly RegionProof[],
  awsOrganizationId: string | null,
): { readonly places: readonly LogPlace[]; readonly unknown: readonly Sighting[] } {
  const places = new Map<string, Omit<LogPlace, "calls"> & { calls: CallInRegion[] }>();
  const unknown: Sighting[] = [];
  for (const { region, b, trails } of regions) {
    const sentAt = b.evidence?.sentAt;
    if (sentAt === undefined) throw new Error(`No call of ours is known in ${region}.`);
    for (const { arn: trailArn, bucket, keyPrefix, isOrganization } of trails) {
      if (bucket === null || (isOrganization && awsOrganizationId === null)) {
        unknown.push(unreadableBucket(region, trailArn, bucket === null ? noBucket : noOrganization));
        continue;
      }
      const organization = isOrganization ? awsOrganizationId : null;
      const key = JSON.stringify([bucket, keyPrefix, organization]);
      const place = places.get(key) ?? {
        bucket,
        keyPrefix,
        awsOrganizationId: organization,
        trailArn,
        calls: [],
      };
      places.set(key, place);
      if (place.calls.some((call) => call.region === region)) continue;
      const { requestId = null, readUpTo = null } = b.evidence ?? {};
      place.calls.push({ region, trailArn, sentAt, requestId, resumeAfter: readUpTo });
    }
  }
  return { places: [...places.values()], unknown };
}

const noBucket = "AWS did not say into which bucket the trail delivers.";
const noOrganization =
  "The id of the AWS organization, which is part of the names of its log files, could not be read.";
