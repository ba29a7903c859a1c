/** Every action of the role, as the landing page promises it. A test holds it to what the collectors declare. */
export const promisedPermissions = [
  { action: "cloudtrail:DescribeTrails", why: "Lists the trails of each Region with their settings." },
  {
    action: "cloudtrail:GetTrailStatus",
    why: "Tells whether a trail is logging and when it last delivered.",
  },
  { action: "cloudtrail:GetEventSelectors", why: "Tells whether a trail leaves management events out." },
  { action: "cloudtrail:ListEventDataStores", why: "Finds CloudTrail Lake stores, which keep events too." },
  { action: "cloudtrail:GetEventDataStore", why: "Tells whether such a store covers all Regions." },
  { action: "cloudtrail:ListTags", why: "Shows which stack or pipeline owns a trail." },
  { action: "ec2:DescribeRegions", why: "Tells which Regions the account has enabled." },
  { action: "organizations:DescribeOrganization", why: "Tells whether a trail belongs to the organization." },
] as const;
