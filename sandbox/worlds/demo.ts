import { defaultRegions, optInRegions } from "../model/partitions";
import type { CaseSpec, RoleSpec, StatusSpec, TrailSpec, WorldFile } from "../world/world-file";

/** Accounts of the demo organization, by what is remarkable about them. */
export const demoAccounts = {
  management: "210987654321",
  logArchive: "222233334444",
  security: "555566667777",
  prod: "111122223333",
  staging: "333344445555",
  dev: "444455556666",
  payments: "888899990000",
  dataPlatform: "777788889999",
  analytics: "121212121212",
  sandbox: "232323232323",
  euRetail: "343434343434",
  mlResearch: "454545454545",
  legacyBilling: "565656565656",
  marketing: "666677778888",
  /** Just acquired: not in the organization and not connected yet. */
  robotics: "676767676767",
} as const;

export const demoRoleName = "PosturioReadOnly";

const organizationId = "o-acme4u8n2k";

/** The role cannot be assumed until an external id is given through the control API. */
const role: RoleSpec = { name: demoRoleName, externalIds: [] };

/** An older edition of the role: it lacks cloudtrail:GetEventSelectors and iam:GetAccountSummary. */
const olderActions = [
  "cloudtrail:DescribeTrails",
  "cloudtrail:GetTrailStatus",
  "cloudtrail:ListTags",
  "cloudtrail:ListEventDataStores",
  "cloudtrail:GetEventDataStore",
  "cloudtrail:LookupEvents",
  "ec2:DescribeRegions",
  "organizations:DescribeOrganization",
];

/** Root users, as GetAccountSummary shows them. Most accounts have a password and MFA: the sandbox's own answer. */
const rootWithout = {
  mfa: { AccountMFAEnabled: 0, AccountPasswordPresent: 1, AccountAccessKeysPresent: 0 },
  mfaWithKeys: { AccountMFAEnabled: 0, AccountPasswordPresent: 1, AccountAccessKeysPresent: 1 },
  credentials: { AccountMFAEnabled: 0, AccountPasswordPresent: 0, AccountAccessKeysPresent: 0 },
};
const root = (kind: keyof typeof rootWithout) => ({
  accountSummary: { ...rootWithout[kind], AccountSigningCertificatesPresent: 0 },
});

function regions(...optedIn: string[]) {
  return [
    ...defaultRegions.aws.map((name) => ({ name, optInStatus: "opt-in-not-required" })),
    ...optInRegions.aws.map((name) => ({
      name,
      optInStatus: optedIn.includes(name) ? "opted-in" : "not-opted-in",
    })),
  ];
}

function account(id: string, name: string, rest: Omit<CaseSpec, "account"> = {}): CaseSpec {
  const isManagement = id === demoAccounts.management;
  return {
    account: {
      id,
      partition: "aws",
      name,
      email: `aws+${name}@acme.example`,
      orgRole: isManagement ? "MANAGEMENT" : "MEMBER",
      organizationId,
      managementAccountId: demoAccounts.management,
    },
    regions: regions(),
    roles: [role],
    ...rest,
  };
}

const healthy: StatusSpec = { isLogging: true, startLoggingTime: "-310d", latestDeliveryTime: "-4m" };

function trail(
  name: string,
  homeRegion: string,
  rest: Partial<TrailSpec> & { isMultiRegion: boolean; s3BucketName: string },
): TrailSpec {
  return { name, homeRegion, status: healthy, ...rest };
}

const managementSelector = {
  name: "Management events selector",
  fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
};

const prodBucket = "acme-prod-cloudtrail";

const prod = account(demoAccounts.prod, "acme-prod", {
  activeRegions: ["us-east-1", "us-east-2", "us-west-2", "ap-south-1", "eu-central-1", "eu-west-1"],
  trails: [
    trail("acme-audit", "eu-central-1", {
      isMultiRegion: false,
      s3BucketName: prodBucket,
      logFileValidationEnabled: true,
    }),
    trail("audit-us-east-1", "us-east-1", { isMultiRegion: false, s3BucketName: prodBucket }),
    trail("audit-eu-west-1", "eu-west-1", { isMultiRegion: false, s3BucketName: prodBucket }),
    trail("audit-ap-southeast-1", "ap-southeast-1", { isMultiRegion: false, s3BucketName: prodBucket }),
    trail("audit-ap-northeast-1", "ap-northeast-1", { isMultiRegion: false, s3BucketName: prodBucket }),
    trail("audit-london", "eu-west-2", {
      isMultiRegion: false,
      s3BucketName: "acme-prod-cloudtrail-london",
      status: {
        isLogging: true,
        startLoggingTime: "-310d",
        latestDeliveryTime: "-9d",
        latestDeliveryError: "AccessDenied",
      },
    }),
  ],
});

const failing: StatusSpec = {
  isLogging: true,
  startLoggingTime: "-200d",
  latestDeliveryTime: "-12d",
  latestDeliveryError: "AccessDenied",
};

/**
 * The organization of a company named Acme: fourteen accounts, and one it has just bought. Times are relative
 * to the start, so the world always looks fresh. The organization trail is homed in an opt-in Region: it
 * looks perfect from the management account, and covers only the two members that opted in there.
 */
export function demoWorld(): WorldFile {
  const accounts: CaseSpec[] = [
    account(demoAccounts.management, "acme-management", {
      regions: regions("eu-central-2"),
      trails: [
        trail("acme-organization", "eu-central-2", {
          isMultiRegion: true,
          isOrganization: true,
          s3BucketName: "acme-organization-trail",
          logFileValidationEnabled: true,
          advancedEventSelectors: [managementSelector],
          hasCustomEventSelectors: false,
          status: { ...healthy, latestDigestDeliveryTime: "-20m" },
        }),
      ],
    }),
    account(demoAccounts.logArchive, "acme-log-archive", {
      regions: regions("eu-central-2"),
      ...root("credentials"),
    }),
    account(demoAccounts.security, "acme-security", {
      regions: regions("eu-central-2"),
      ...root("credentials"),
    }),
    prod,
    account(demoAccounts.staging, "acme-staging", {
      trails: [
        trail("staging", "us-east-1", {
          isMultiRegion: false,
          s3BucketName: "acme-staging-trail",
          tags: { ManagedBy: "terraform", "terraform:workspace": "acme/logging-staging", Team: "platform" },
        }),
      ],
    }),
    account(demoAccounts.dev, "acme-dev", {
      trails: [
        trail("dev-all-regions", "us-west-2", {
          isMultiRegion: true,
          s3BucketName: "acme-dev-trail",
          status: {
            isLogging: false,
            startLoggingTime: "-400d",
            stopLoggingTime: "-6d",
            latestDeliveryTime: "-6d",
          },
        }),
      ],
    }),
    account(demoAccounts.payments, "acme-payments", {
      regions: regions("me-central-1", "ap-southeast-3", "af-south-1"),
      activeRegions: ["us-east-1", "eu-west-1"],
      trails: [
        trail("payments-audit", "us-east-1", {
          isMultiRegion: true,
          s3BucketName: "acme-payments-trail",
          logFileValidationEnabled: true,
          kmsKeyId: `arn:aws:kms:us-east-1:${demoAccounts.payments}:key/5f2b6f0e-7c1a-4a58-9a3e-9f7f0d0c1b11`,
          status: { ...healthy, latestDigestDeliveryTime: "-35m" },
        }),
      ],
    }),
    account(demoAccounts.dataPlatform, "acme-data-platform", {
      trails: [
        trail("platform-trail", "us-east-1", {
          isMultiRegion: true,
          s3BucketName: "acme-data-platform-logs",
          status: failing,
        }),
      ],
    }),
    account(demoAccounts.analytics, "acme-analytics", {
      trails: [
        trail("analytics", "us-east-1", {
          isMultiRegion: true,
          s3BucketName: "acme-analytics-trail",
          eventSelectors: [
            {
              readWriteType: "All",
              includeManagementEvents: true,
              excludeManagementEventSources: ["kms.amazonaws.com"],
            },
          ],
        }),
      ],
      roles: [{ ...role, actions: olderActions }],
    }),
    account(demoAccounts.sandbox, "acme-sandbox", {
      ...root("mfa"),
      trails: [
        trail("sandbox-trail", "us-east-1", { isMultiRegion: true, s3BucketName: "acme-sandbox-trail" }),
      ],
      scp: { allowRegions: ["us-east-1", "us-west-2", "eu-central-1", "eu-west-1"] },
    }),
    account(demoAccounts.euRetail, "acme-eu-retail", {
      activeRegions: ["eu-west-1", "eu-west-3"],
      trails: [
        trail("retail-writes", "eu-west-1", {
          isMultiRegion: true,
          s3BucketName: "acme-eu-retail-trail",
          eventSelectors: [{ readWriteType: "WriteOnly", includeManagementEvents: true }],
        }),
      ],
    }),
    account(demoAccounts.mlResearch, "acme-ml-research", {
      regions: regions("me-central-1", "il-central-1", "ap-south-2"),
      trails: [
        trail("research", "us-west-2", {
          isMultiRegion: true,
          s3BucketName: "acme-ml-research-trail",
          statusByRegion: {
            "me-central-1": {
              isLogging: true,
              startLoggingTime: "-60d",
              latestDeliveryError: "AccessDenied",
            },
          },
        }),
      ],
    }),
    account(demoAccounts.legacyBilling, "acme-legacy-billing", {
      ...root("mfaWithKeys"),
      trails: [
        trail("billing-trail", "us-east-1", {
          isMultiRegion: false,
          s3BucketName: "acme-legacy-billing-trail",
          tags: {
            "aws:cloudformation:stack-name": "billing-logging",
            "aws:cloudformation:stack-id": `arn:aws:cloudformation:us-east-1:${demoAccounts.legacyBilling}:stack/billing-logging/3f0c2b60-8d1e-11ee-b9d1-0242ac120002`,
            "aws:cloudformation:logical-id": "BillingTrail",
          },
        }),
      ],
    }),
    account(demoAccounts.marketing, "acme-marketing"),
    {
      account: { id: demoAccounts.robotics, partition: "aws", name: "acme-robotics", orgRole: "STANDALONE" },
      regions: regions(),
      roles: [],
      trails: [
        trail("robotics-events", "us-west-1", { isMultiRegion: false, s3BucketName: "acme-robotics-trail" }),
      ],
    },
  ];
  const members = accounts.map((spec) => spec.account.id).filter((id) => id !== demoAccounts.robotics);
  return {
    accounts,
    organization: {
      id: organizationId,
      managementAccountId: demoAccounts.management,
      memberIds: members,
      delegatedAdministrators: [demoAccounts.security],
    },
    settings: { deliveryDelaySeconds: 20, historyDelaySeconds: 15 },
  };
}
