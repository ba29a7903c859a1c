import type { FactName } from "@/lib/checks/facts/facts";

/** An IAM action and, in one sentence for the customer, why we ask for it. */
export interface AwsPermission {
  readonly action: `${string}:${string}`;
  readonly why: string;
}

interface RequestedPermissions {
  /** Facts the collector builds on. */
  readonly requires: readonly FactName[];
  /** Every IAM action it uses. */
  readonly permissions: readonly AwsPermission[];
}

/**
 * What each collector needs. The customer's role, the session policy and the permission list come from here.
 * Apart from the collectors, so that pages can show it without loading the AWS SDK; a test keeps the two equal.
 */
export const requestedPermissions: { readonly [N in FactName]: RequestedPermissions } = {
  organization: {
    requires: [],
    permissions: [
      {
        action: "organizations:DescribeOrganization",
        why: "Shows whether a trail belongs to the AWS organization, and which account can change it.",
      },
    ],
  },
  regions: {
    requires: [],
    permissions: [
      {
        action: "ec2:DescribeRegions",
        why: "Lists which Regions are enabled in the account, so that none is left out.",
      },
    ],
  },
  "cloudtrail.trails": {
    requires: ["regions"],
    permissions: [
      {
        action: "cloudtrail:DescribeTrails",
        why: "Lists the trails of each Region with their settings; the heart of the check.",
      },
    ],
  },
  "cloudtrail.trail_status": {
    requires: ["regions", "cloudtrail.trails"],
    permissions: [
      {
        action: "cloudtrail:GetTrailStatus",
        why: "Shows, Region by Region, whether a trail is logging and when it last delivered.",
      },
    ],
  },
  "cloudtrail.event_selectors": {
    requires: ["regions", "cloudtrail.trails"],
    permissions: [
      {
        action: "cloudtrail:GetEventSelectors",
        why: "Shows whether a trail logs all management events or leaves some out.",
      },
    ],
  },
  "cloudtrail.event_data_stores": {
    requires: ["regions"],
    permissions: [
      {
        action: "cloudtrail:ListEventDataStores",
        why: "Finds CloudTrail Lake stores, which keep events even where no trail does.",
      },
      {
        action: "cloudtrail:GetEventDataStore",
        why: "Shows whether such a store is enabled, covers all Regions and keeps all management events.",
      },
    ],
  },
  "cloudtrail.trail_tags": {
    requires: ["regions", "cloudtrail.trails"],
    permissions: [
      {
        action: "cloudtrail:ListTags",
        why: "Shows which stack or pipeline owns a trail, so that the fix is made where it will last.",
      },
    ],
  },
  "iam.account_summary": {
    requires: [],
    permissions: [
      {
        action: "iam:GetAccountSummary",
        why: "Shows whether the root user has a second factor, and whether it has credentials at all.",
      },
    ],
  },
};

/**
 * What a role gets only where a customer names a log bucket: no scan needs it. Proving a fix by the log files themselves
 * does.
 */
export const logBucketPermissions: readonly AwsPermission[] = [
  {
    action: "s3:ListBucket",
    why: "Lists the log files of the bucket you name, to prove that a newer one of each Region has arrived.",
  },
  {
    action: "s3:GetObject",
    why: "Looks for Posturio's own call in those log files, and keeps nothing else of them.",
  },
  {
    action: "kms:Decrypt",
    why: "Lets S3 decrypt those log files. The key cannot be used for anything but S3.",
  },
];

export const allFacts = Object.keys(requestedPermissions) as readonly FactName[];

/** The facts and all they build on, in the order of the table. */
export function withRequirements(names: readonly FactName[]): readonly FactName[] {
  const wanted = new Set<FactName>();
  const add = (name: FactName): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    requestedPermissions[name].requires.forEach(add);
  };
  names.forEach(add);
  return allFacts.filter((name) => wanted.has(name));
}
