import type { StatusSpec } from "../world/world-file";
import { type Account, isEnabled } from "./account";
import type { Partition } from "./partitions";
import type { RegionalState } from "./regional-state";
import type { Selectors } from "./selectors";

export interface InsightSelector {
  readonly InsightType: string;
  readonly EventCategories?: readonly string[];
}

export interface Trail {
  readonly arn: string;
  readonly name: string;
  readonly partition: Partition;
  readonly homeRegion: string;
  readonly ownerAccount: string;
  isMultiRegion: boolean;
  isOrganization: boolean;
  includeGlobalServiceEvents: boolean;
  bucket: string;
  prefix: string | undefined;
  snsTopicArn: string | undefined;
  kmsKeyId: string | undefined;
  logGroupArn: string | undefined;
  logRoleArn: string | undefined;
  logFileValidation: boolean;
  selectors: Selectors;
  /** Undefined: DescribeTrails does not say. */
  hasCustomSelectors: boolean | undefined;
  insightSelectors: readonly InsightSelector[];
  readonly tags: Map<string, string>;
  isLogging: boolean;
  startedAt: number | undefined;
  stoppedAt: number | undefined;
  /** When the present shape began: the anchor of delivery in Regions that joined later. */
  changedAt: number;
  /** Shadow trails are visible from here on (propagation). */
  shadowsFrom: number;
  /** Scripted visibility per account, for the Regions that the account lists. */
  readonly presence: Map<string, ReadonlySet<string>>;
  /** Scripted status per account, for the Regions that had the trail when the world was loaded. */
  readonly seeds: Map<string, Seed>;
  /** Keyed by `account/region`. */
  readonly regional: Map<string, RegionalState>;
}

export interface Seed {
  readonly status: StatusSpec;
  readonly byRegion: Readonly<Record<string, StatusSpec>>;
  /** Regions in which nothing is delivered, without an error; `*` is every Region. */
  readonly silentRegions: ReadonlySet<string>;
  /** Relative times and freshness are judged at this time. */
  readonly loadedAt: number;
  /** undefined: every Region. */
  readonly regions: ReadonlySet<string> | undefined;
}

export interface TrailArn {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

const arnPattern = /^arn:(aws[a-z-]*):cloudtrail:([a-z0-9-]+):(\d{12}):trail\/(.+)$/;

export function parseTrailArn(text: string): TrailArn | undefined {
  const match = arnPattern.exec(text);
  if (!match) return undefined;
  const [, partition = "", region = "", accountId = "", name = ""] = match;
  return { partition, region, accountId, name };
}

export function trailArn(partition: string, region: string, accountId: string, name: string): string {
  return `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`;
}

/**
 * Whether an account sees the trail in a Region, as home, shadow or organization copy.
 *
 * A member has copies of an organization trail only when its home Region is enabled there: with a default
 * home Region always, with an opt-in home Region only after opting in, whatever the trail's Regions.
 */
export function isVisible(
  trail: Trail,
  account: Account,
  region: string,
  sameOrganization: boolean,
  now: number,
) {
  if (account.partition !== trail.partition || !isEnabled(account, region)) return false;
  const scripted = trail.presence.get(account.id);
  if (scripted && account.regions.has(region)) return scripted.has(region);
  if (account.id !== trail.ownerAccount) {
    if (!trail.isOrganization || !sameOrganization || !isEnabled(account, trail.homeRegion)) return false;
  }
  if (region === trail.homeRegion) return true;
  return trail.isMultiRegion && now >= trail.shadowsFrom;
}
