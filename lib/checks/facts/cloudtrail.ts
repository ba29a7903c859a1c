/** CloudTrail as its API describes it. Times are ISO 8601 in UTC; field meanings follow the AWS API reference. */

export interface TrailDescription {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly includeGlobalServiceEvents: boolean;
  readonly hasCustomEventSelectors: boolean;
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
