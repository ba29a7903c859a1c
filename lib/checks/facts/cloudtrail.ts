import type { ByRegion, Reading } from "./reading";

/** CloudTrail as its API describes it. Times are ISO 8601 in UTC; field meanings follow the AWS API reference. */

export interface TrailDescription {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly includeGlobalServiceEvents: boolean;
  /** Absent when AWS did not say: only an explicit false means the default selectors. */
  readonly hasCustomEventSelectors?: boolean;
  readonly hasInsightSelectors: boolean;
  readonly logFileValidationEnabled: boolean;
  readonly s3BucketName?: string;
  readonly s3KeyPrefix?: string;
  readonly kmsKeyId?: string;
  readonly cloudWatchLogsLogGroupArn?: string;
  readonly snsTopicArn?: string;
}

/** GetTrailStatus speaks of one Region only. An error field that is present means the last attempt failed. */
export interface TrailStatus {
  readonly isLogging: boolean;
  readonly startLoggingTime?: string;
  readonly stopLoggingTime?: string;
  readonly latestDeliveryTime?: string;
  readonly latestDeliveryError?: string;
  readonly latestDigestDeliveryTime?: string;
  readonly latestDigestDeliveryError?: string;
  readonly latestCloudWatchLogsDeliveryTime?: string;
  readonly latestCloudWatchLogsDeliveryError?: string;
  readonly latestNotificationTime?: string;
  readonly latestNotificationError?: string;
}

export interface BasicEventSelector {
  /** `All`, `ReadOnly` or `WriteOnly`; absent means `All`. */
  readonly readWriteType?: string;
  /** Absent means true. */
  readonly includeManagementEvents?: boolean;
  readonly excludeManagementEventSources?: readonly string[];
  readonly dataResources?: readonly { readonly type: string; readonly values: readonly string[] }[];
}

export interface AdvancedFieldSelector {
  readonly field: string;
  readonly equals?: readonly string[];
  readonly notEquals?: readonly string[];
  readonly startsWith?: readonly string[];
  readonly notStartsWith?: readonly string[];
  readonly endsWith?: readonly string[];
  readonly notEndsWith?: readonly string[];
}

export interface AdvancedEventSelector {
  readonly name?: string;
  readonly fieldSelectors: readonly AdvancedFieldSelector[];
}

export interface EventSelectors {
  readonly basic: readonly BasicEventSelector[];
  readonly advanced: readonly AdvancedEventSelector[];
}

export interface EventDataStore {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly multiRegionEnabled: boolean;
  readonly organizationEnabled: boolean;
  readonly advancedEventSelectors: readonly AdvancedEventSelector[];
}

/** Keyed by trail ARN: names are unique per Region only. */
type ByTrail<T> = Readonly<Record<string, T>>;

export interface CloudTrailFacts {
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

/** An organization trail as the account that owns it sees it: a member is often refused its selectors. */
export interface OrganizationTrail {
  readonly description: TrailDescription;
  /** In the trail's home Region. */
  readonly status?: TrailStatus;
  readonly selectors?: EventSelectors;
}

export interface CloudTrailRelated {
  "cloudtrail.trails": readonly OrganizationTrail[];
}
