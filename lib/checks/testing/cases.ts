import type { CaseTrail, TruthTableCase } from "./truth-table";

export const now = "2026-11-22T12:00:00Z";
export const ownAccount = "333333333333";
export const managementAccount = "111111111111";

/** Four default Regions and one opt-in Region that is off. */
export const usualRegions: TruthTableCase["regions"] = [
  { name: "us-east-1", optInStatus: "opt-in-not-required" },
  { name: "us-west-2", optInStatus: "opt-in-not-required" },
  { name: "eu-west-1", optInStatus: "opt-in-not-required" },
  { name: "ap-southeast-1", optInStatus: "opt-in-not-required" },
  { name: "eu-south-2", optInStatus: "not-opted-in" },
];

/** The same, each with one of our own calls a day ago. */
export const activeRegions: TruthTableCase["regions"] = usualRegions.map((region) =>
  region.optInStatus === "not-opted-in" ? region : { ...region, lastKnownActivity: "2026-11-21T11:00:00Z" },
);

export const enabledRegions = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"];

export const status = {
  ok: {
    isLogging: true,
    startLoggingTime: "2026-01-10T08:00:00Z",
    latestDeliveryTime: "2026-11-22T11:56:00Z",
  },
  stopped: {
    isLogging: false,
    startLoggingTime: "2026-01-10T08:00:00Z",
    stopLoggingTime: "2026-11-20T03:14:00Z",
    latestDeliveryTime: "2026-11-20T03:16:00Z",
  },
  failing: {
    isLogging: true,
    startLoggingTime: "2026-01-10T08:00:00Z",
    latestDeliveryTime: "2026-11-01T00:00:00Z",
    latestDeliveryError: "AccessDenied",
  },
  never: { isLogging: true, startLoggingTime: "2026-11-19T09:00:00Z" },
  stale: {
    isLogging: true,
    startLoggingTime: "2026-01-10T08:00:00Z",
    latestDeliveryTime: "2026-11-17T10:00:00Z",
  },
  /** Delivered once a day ago, after the activity of `activeRegions`. */
  daily: {
    isLogging: true,
    startLoggingTime: "2026-01-10T08:00:00Z",
    latestDeliveryTime: "2026-11-21T11:06:00Z",
  },
  starting: { isLogging: true, startLoggingTime: "2026-11-22T11:40:00Z" },
} as const;

export const selectors = {
  all: {},
  writeOnly: { eventSelectors: [{ readWriteType: "WriteOnly" }], hasCustomEventSelectors: true },
  readOnly: { eventSelectors: [{ readWriteType: "ReadOnly" }], hasCustomEventSelectors: true },
  withoutKms: {
    eventSelectors: [{ excludeManagementEventSources: ["kms.amazonaws.com"] }],
    hasCustomEventSelectors: true,
  },
  dataOnly: {
    eventSelectors: [
      {
        includeManagementEvents: false,
        dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
      },
    ],
    hasCustomEventSelectors: true,
  },
  allAndData: {
    eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }],
    hasCustomEventSelectors: true,
  },
  unrecognized: {
    advancedEventSelectors: [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Management"] },
          { field: "eventName", notEquals: ["Decrypt"] },
        ],
      },
    ],
    hasCustomEventSelectors: true,
  },
} as const;

/** A multi-Region trail `main` of this account, homed in us-east-1, healthy and complete unless given otherwise. */
export function multiRegionTrail(over: Partial<CaseTrail> = {}): CaseTrail {
  return {
    name: "main",
    homeRegion: "us-east-1",
    ownerAccount: ownAccount,
    isMultiRegion: true,
    isOrganization: false,
    existsInRegions: enabledRegions,
    status: status.ok,
    hasCustomEventSelectors: false,
    ...over,
  };
}

/** A healthy, complete single-Region trail named after its Region. */
export function singleRegionTrail(region: string, over: Partial<CaseTrail> = {}): CaseTrail {
  return multiRegionTrail({
    name: `t-${region}`,
    homeRegion: region,
    isMultiRegion: false,
    existsInRegions: [region],
    ...over,
  });
}

/** The organization's trail, owned by the management account. */
export function organizationTrail(over: Partial<CaseTrail> = {}): CaseTrail {
  return multiRegionTrail({
    name: "org-trail",
    ownerAccount: managementAccount,
    isOrganization: true,
    ...over,
  });
}

/** A standalone account without trails, unless given otherwise. */
export function accountCase(
  over: Partial<Omit<TruthTableCase, "id" | "title" | "expected">>,
): TruthTableCase {
  return {
    id: "generated",
    title: "generated",
    account: { id: ownAccount, partition: "aws", orgRole: "STANDALONE" },
    regions: usualRegions,
    trails: [],
    expected: {
      verdict: "",
      reason: "",
      severity: null,
      assurance: null,
      disposition: null,
      coveredRegions: [],
      partialRegions: [],
      uncoveredRegions: [],
      unknownRegions: [],
      remediation: {},
      advisories: [],
    },
    ...over,
  };
}

export const member: TruthTableCase["account"] = {
  id: ownAccount,
  partition: "aws",
  orgRole: "MEMBER",
  managementAccountId: managementAccount,
};
