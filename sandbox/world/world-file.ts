/** What a world file may say. Times are ISO 8601 or offsets from the world's now ("-4d", "-5m"). */
export interface SelectorSpec {
  readonly readWriteType?: string;
  readonly includeManagementEvents?: boolean;
  readonly excludeManagementEventSources?: readonly string[];
  readonly dataResources?: readonly { readonly type: string; readonly values: readonly string[] }[];
}

export interface FieldSelectorSpec {
  readonly field: string;
  readonly equals?: readonly string[];
  readonly notEquals?: readonly string[];
  readonly startsWith?: readonly string[];
  readonly notStartsWith?: readonly string[];
  readonly endsWith?: readonly string[];
  readonly notEndsWith?: readonly string[];
}

export interface AdvancedSelectorSpec {
  readonly name?: string;
  readonly fieldSelectors: readonly FieldSelectorSpec[];
}

/** Status as GetTrailStatus answers it, field by field. */
export interface StatusSpec {
  readonly isLogging?: boolean;
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

export interface TrailSpec {
  readonly name: string;
  readonly arn?: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization?: boolean;
  readonly ownerAccount?: string;
  readonly includeGlobalServiceEvents?: boolean;
  /** Regions in which this account sees the trail. Without it AWS's own rules decide. */
  readonly existsInRegions?: readonly string[];
  readonly status?: StatusSpec;
  readonly statusByRegion?: Readonly<Record<string, StatusSpec>>;
  /** Regions in which it delivers nothing, whatever happens, and no error says why. `["*"]`: everywhere. */
  readonly silentRegions?: readonly string[];
  readonly eventSelectors?: readonly SelectorSpec[];
  readonly advancedEventSelectors?: readonly AdvancedSelectorSpec[];
  /** As DescribeTrails says it; without it a trail with selectors says true and another says nothing. */
  readonly hasCustomEventSelectors?: boolean;
  readonly hasInsightSelectors?: boolean;
  readonly cloudWatchLogsLogGroupArn?: string;
  readonly kmsKeyId?: string;
  readonly logFileValidationEnabled?: boolean;
  readonly s3BucketName?: string;
  readonly s3KeyPrefix?: string;
  readonly snsTopicArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A bucket of another account than the trail's. Buckets that are not named are the trail owner's, in its home Region. */
export interface BucketSpec {
  readonly name: string;
  readonly region: string;
  /** Whom its policy lets read log files: account ids or ARNs. */
  readonly readers?: readonly string[];
}

export interface EventDataStoreSpec {
  readonly name: string;
  readonly region: string;
  readonly arn?: string;
  readonly status: string;
  readonly multiRegionEnabled: boolean;
  readonly organizationEnabled?: boolean;
  readonly advancedEventSelectors?: readonly AdvancedSelectorSpec[];
}

export interface ChannelSpec {
  readonly region: string;
  readonly name?: string;
  readonly arn?: string;
  readonly source?: string;
}

export type FaultKind =
  | "latency"
  | "throttle"
  | "deny"
  | "scp"
  | "error"
  | "server_error"
  | "html"
  | "truncated"
  | "hang"
  | "reset"
  | "expired"
  | "token_refused";

export type LatencySpec =
  | number
  | { readonly min: number; readonly max: number }
  | { readonly p50: number; readonly p99: number };

/** One scripted fault. Every filter that is absent matches everything; "cloudtrail:*" matches a service. */
export interface FaultSpec {
  readonly id?: string;
  readonly kind: FaultKind;
  readonly account?: string;
  readonly api?: string;
  readonly region?: string;
  /** Trail name or ARN: only calls that name this trail. */
  readonly trail?: string;
  readonly latencyMs?: LatencySpec;
  /** 0 to 1; certain when absent. */
  readonly probability?: number;
  /** Only the first N matching calls, per account, API and Region. */
  readonly first?: number;
  readonly code?: string;
  readonly message?: string;
  readonly status?: number;
}

/** The truth table's form of a fault: an error code for an API in a Region or in all ("*"). */
export interface CaseErrorSpec {
  readonly api: string;
  readonly region: string;
  readonly code: string;
  readonly trail?: string;
  readonly message?: string;
}

export interface ScpSpec {
  readonly denyRegions?: readonly string[];
  readonly allowRegions?: readonly string[];
  readonly denyActions?: readonly string[];
}

/** Either an own trust policy document, or a short form of one. */
export interface RoleSpec {
  readonly account?: string;
  readonly name: string;
  /** IAM policy document; wins over the short form. */
  readonly trust?: object;
  readonly principals?: readonly string[];
  /** Accepted external ids (StringEquals); with `*` inside: StringLike. Absent: no condition at all. */
  readonly externalIds?: readonly string[];
  /** Actions the role allows. Absent: everything. */
  readonly actions?: readonly string[];
}

export interface AccountSpec {
  readonly id: string;
  readonly partition?: string;
  readonly name?: string;
  readonly email?: string;
  readonly orgRole?: string;
  readonly organizationId?: string;
  readonly managementAccountId?: string;
}

export interface CaseSpec {
  readonly id?: string;
  readonly title?: string;
  readonly account: AccountSpec;
  readonly regions?: readonly { readonly name: string; readonly optInStatus: string }[];
  readonly trails?: readonly TrailSpec[];
  readonly buckets?: readonly BucketSpec[];
  readonly eventDataStores?: readonly EventDataStoreSpec[];
  readonly channels?: readonly ChannelSpec[];
  /** The whole SummaryMap of IAM's GetAccountSummary, spelled as AWS does. Absent: a root user with password and MFA. */
  readonly accountSummary?: Readonly<Record<string, number>>;
  readonly errors?: readonly CaseErrorSpec[];
  readonly orgEvidence?: { readonly accountId: string; readonly trails: readonly TrailSpec[] };
  readonly roles?: readonly RoleSpec[];
  readonly scp?: ScpSpec;
  /** Regions with traffic of their own, so that delivery goes on without our calls. Home Regions have, unless quiet. */
  readonly activeRegions?: readonly string[];
  /**
   * Regions in which nothing happens but what callers do: trails deliver their calls there and nothing else. A last
   * delivery long ago is then no sign of a fault, in a home Region either.
   */
  readonly quietRegions?: readonly string[];
  /** Every Region of the account is quiet. */
  readonly quiet?: boolean;
}

export interface OrganizationSpec {
  readonly id: string;
  readonly managementAccountId: string;
  /** All accounts of the file when absent. */
  readonly memberIds?: readonly string[];
  readonly delegatedAdministrators?: readonly string[];
}

export interface SettingsSpec {
  /** From event to log object. Default 300. */
  readonly deliveryDelaySeconds?: number;
  /** From event to Event history. Default 0. */
  readonly historyDelaySeconds?: number;
  /** From conversion to shadow trails. Default 0. */
  readonly propagationDelaySeconds?: number;
  /** AWS's own request limits per account and Region. Default off. */
  readonly rateLimits?: boolean;
}

export interface WorldFile {
  readonly now?: string;
  readonly accounts: readonly CaseSpec[];
  readonly organization?: OrganizationSpec;
  readonly roles?: readonly RoleSpec[];
  readonly faults?: readonly FaultSpec[];
  readonly accessKeys?: Readonly<Record<string, { readonly accountId: string; readonly arn: string }>>;
  readonly settings?: SettingsSpec;
}

export type WorldInput = WorldFile | CaseSpec | readonly CaseSpec[];

/** Fixed time of the truth table, the base clock of a single case. */
export const caseNow = "2026-11-22T12:00:00Z";

/** One account of a truth-table case, or the world as written. */
export function selectWorld(input: WorldInput, caseId?: string): { file: WorldFile; single: boolean } {
  if (isList(input)) {
    const found = caseId === undefined && input.length === 1 ? input[0] : input.find((c) => c.id === caseId);
    if (!found) {
      const known = input.map((c) => c.id).join(", ");
      throw new Error(caseId ? `No case ${caseId}. Known: ${known}` : `Choose one with --case: ${known}`);
    }
    return { file: { now: caseNow, accounts: [found] }, single: true };
  }
  if ("accounts" in input) return { file: input, single: input.accounts.length === 1 };
  return { file: { now: caseNow, accounts: [input] }, single: true };
}

function isList(input: WorldInput): input is readonly CaseSpec[] {
  return Array.isArray(input);
}
