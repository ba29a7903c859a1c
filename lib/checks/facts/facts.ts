import type { partitions } from "@/lib/checks/words";
import type { WordOf } from "@/lib/words";
import type { CloudTrailFacts, CloudTrailRelated } from "./cloudtrail";
import type { IamFacts } from "./iam";
import type { Reading } from "./reading";

export type Partition = WordOf<typeof partitions>;

export type OptInStatus = "opt-in-not-required" | "opted-in" | "not-opted-in";

export interface RegionFact {
  readonly name: string;
  readonly optInStatus: OptInStatus;
}

export interface AwsOrganizationFact {
  readonly role: "STANDALONE" | "MANAGEMENT" | "DELEGATED_ADMIN" | "MEMBER";
  readonly organizationId?: string;
  readonly managementAccountId?: string;
}

/** What belongs to no service in particular. */
interface AccountFacts {
  organization: Reading<AwsOrganizationFact>;
  /** DescribeRegions, those not enabled included. */
  regions: Reading<readonly RegionFact[]>;
}

/**
 * Every fact a check may ask for, by name. A check lists the names it needs; the collector reads exactly
 * those. A name added here does not compile in `lib/aws/collectors/collector-table.ts` until a collector exists for it.
 */
export interface FactsByName extends AccountFacts, CloudTrailFacts, IamFacts {}

export type FactName = keyof FactsByName;
export type Facts<N extends FactName = FactName> = Pick<FactsByName, N>;

/** By the fact it comes from: what the scan of one account shows of others in the same AWS organization. */
export interface RelatedByFact extends CloudTrailRelated {}
