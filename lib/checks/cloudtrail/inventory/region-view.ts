import type { ReadFailure } from "@/lib/checks/facts/reading";
import { isDefaultRegion } from "@/lib/checks/regions";

/** One enabled Region: was its list of trails readable, and is it recent. */
export interface RegionView {
  readonly name: string;
  readonly isOptIn: boolean;
  /** Present when DescribeTrails gave no value here. */
  readonly failure?: ReadFailure;
  /** First seen enabled within the last 24 hours: copies of trails may still be on their way. */
  readonly isNew: boolean;
}

export function isReadable(region: RegionView): boolean {
  return region.failure === undefined;
}

/** Home Regions of organization trails that are off here. Null list: not known, so nothing is claimed. */
export function isHomeRegionOff(homeRegion: string, enabled: ReadonlySet<string> | null): boolean {
  return enabled !== null && !enabled.has(homeRegion) && !isDefaultRegion(homeRegion);
}
