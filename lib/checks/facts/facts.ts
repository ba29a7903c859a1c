import type { partitions } from "@/lib/checks/words";
import type { WordOf } from "@/lib/words";
import type { EventDataStore, EventSelectors, TrailDescription, TrailStatus } from "./cloudtrail";
import type { Reading } from "./reading";

export type Partition = WordOf<typeof partitions>;

export type OptInStatus = "opt-in-not-required" | "opted-in" | "not-opted-in";

export interface RegionFact {
  readonly name: string;
  readonly optInStatus: OptInStatus;
}

export interface OrganizationFact {
  readonly role: "STANDALONE" | "MANAGEMENT" | "DELEGATED_ADMIN" | "MEMBER";
  readonly organizationId?: string;
  readonly managementAccountId?: string;
}

/** One answer per Region in which the question was asked. A Region that is absent was not asked. */
export type ByRegion<T> = Readonly<Record<string, Reading<T>>>;
/** Keyed by trail ARN: names are unique per Region only. */
export type ByTrail<T> = Readonly<Record<string, T>>;

/**
 * Every fact a check may ask for, by name. A check lists the names it needs; the collector reads exactly
 * those. A name added here does not compile in `lib/aws/collect.ts` until a collector exists for it.
 */
export interface FactsByName {
  organization: Reading<OrganizationFact>;
  regions: Reading<readonly RegionFact[]>;
  /** DescribeTrails with shadow trails, in every Region asked. */
  "cloudtrail.trails": ByRegion<readonly TrailDescription[]>;
  /** GetTrailStatus by ARN, per trail and Region asked. */
  "cloudtrail.trail_status": ByTrail<ByRegion<TrailStatus>>;
  /** GetEventSelectors by ARN, once per trail. */
  "cloudtrail.event_selectors": ByTrail<Reading<EventSelectors>>;
  /** Event data stores (CloudTrail Lake) visible in each Region asked, with their details. */
  "cloudtrail.event_data_stores": ByRegion<readonly EventDataStore[]>;
  /** ListTags per trail: who owns it (a stack, Terraform), so the fix is made where it will last. */
  "cloudtrail.trail_tags": ByTrail<Reading<Readonly<Record<string, string>>>>;
}

export type FactName = keyof FactsByName;
export type Facts<N extends FactName = FactName> = Pick<FactsByName, N>;
