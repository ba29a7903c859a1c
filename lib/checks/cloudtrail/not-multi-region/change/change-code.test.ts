import { describe, expect, it } from "vitest";
import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
import { actions } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";
import { plainText } from "@/lib/checks/snippets/marked";
import {
  accountCase,
  managementAccount,
  member,
  multiRegionTrail,
  now,
  organizationTrail,
  selectors,
  singleRegionTrail,
  status,
  usualRegions,
} from "@/lib/checks/testing/cases";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";

type Over = Partial<TruthTableCase>;

function change(over: Over) {
  const { facts, context } = scenario(accountCase(over), now);
  const description = check.describe(check.evaluate(facts, context), facts, {
    ...context,
    accountName: "acme",
  });
  if (description.change === null) throw new Error("nothing to change");
  return description.change;
}

const refused = (api: string, code = "AccessDeniedException", message = "") => ({
  trails: [multiRegionTrail()],
  errors: [{ api, region: "*", code, message }],
});

const worlds: Readonly<Record<string, Over>> = {
  CONVERT_TRAIL: { trails: [singleRegionTrail("eu-west-1")] },
  CREATE_MULTI_REGION_TRAIL: {},
  START_LOGGING: { trails: [multiRegionTrail({ status: status.stopped })] },
  FIX_EVENT_SELECTORS: { trails: [multiRegionTrail(selectors.writeOnly)] },
  FIX_DELIVERY: { trails: [multiRegionTrail({ status: status.failing })] },
  REAPPLY_MULTI_REGION: {
    regions: usualRegions.map(({ name }) => ({ name, optInStatus: "opted-in" as const })),
    trails: [multiRegionTrail()],
  },
  FIX_ORG_TRAIL: { account: member, trails: [organizationTrail({ status: status.stopped })] },
  FIX_VIA_CONTROL_TOWER: {
    account: member,
    trails: [organizationTrail({ name: "aws-controltower-BaselineCloudTrail", status: status.stopped })],
  },
  ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL: {
    account: member,
    orgEvidence: { accountId: managementAccount, trails: [organizationTrail({ homeRegion: "eu-south-2" })] },
  },
  FIX_SCAN_PERMISSIONS: refused(
    "cloudtrail:GetTrailStatus",
    "AccessDeniedException",
    "because no identity-based policy allows the cloudtrail:GetTrailStatus action",
  ),
  FIX_CONNECTION: refused("sts:AssumeRole", "AccessDenied"),
  RETRY: refused("cloudtrail:DescribeTrails", "ThrottlingException"),
  CONNECT_ORG_ACCOUNT: {
    account: member,
    trails: [organizationTrail({ hasCustomEventSelectors: true })],
    errors: [{ api: "cloudtrail:GetEventSelectors", region: "*", code: "CloudTrailARNInvalidException" }],
  },
};

/** Changes that someone makes in AWS, and not on our own pages. */
const inAws = Object.keys(worlds).filter(
  (action) => !["FIX_CONNECTION", "RETRY", "CONNECT_ORG_ACCOUNT"].includes(action),
);

it("has a world for every action", () => {
  expect(Object.keys(worlds).sort()).toEqual(actions.filter((action) => action !== "NONE").sort());
});

describe.each(Object.entries(worlds))("%s", (action, over) => {
  it("is the action of its world, and says what to do", () => {
    expect(change(over).action).toBe(action);
    expect(change(over).steps.length).toBeGreaterThan(0);
  });
});

describe.each(inAws)("%s", (action) => {
  const described = change(worlds[action] ?? {});

  it("has tabs, and opens one that exists", () => {
    expect(described.tabs?.map((tab) => tab.id)).toContain(described.defaultTab);
    for (const tab of described.tabs ?? [])
      expect(tab.parts.length + (tab.steps?.length ?? 0)).toBeGreaterThan(0);
  });

  it("copies the command of the command line tab", () => {
    const tab = described.tabs?.find(({ id }) => id === "cli");
    expect(plainText(described.command ?? [])).toBe(plainText(tab?.parts ?? []));
  });

  it("says which permissions it needs, and in which account", () => {
    expect(described.permissions?.actions.length).toBeGreaterThan(0);
    expect(described.permissions?.account).toMatch(/^\d{12}$/);
  });
});

it("says that the console cannot convert a single-Region trail", () => {
  const console = change(worlds.CONVERT_TRAIL ?? {}).tabs?.find(({ id }) => id === "console");
  expect(console?.steps?.[0]).toContain("cannot convert");
});

it("deletes no other trail while the finding fails", () => {
  const both = change({ trails: [singleRegionTrail("us-east-1"), singleRegionTrail("eu-west-1")] });
  expect(JSON.stringify(both)).not.toContain("delete-trail");
  expect(both.afterwards).toBeUndefined();
});

it("exempts the scanning role when an organization's policy refuses the reads", () => {
  const described = change(
    refused(
      "cloudtrail:DescribeTrails",
      "AccessDeniedException",
      "with an explicit deny in a service control policy",
    ),
  );
  expect(described.action).toBe("FIX_SCAN_PERMISSIONS");
  expect(described.tabs?.map(({ id }) => id)).toEqual(["scp"]);
});

it("admits an organization trail to the organization's folder of the bucket", () => {
  const described = change({
    account: { ...member, organizationId: "o-acme4u8n2k" },
    trails: [organizationTrail({ status: status.failing })],
  });
  const policy = JSON.parse(plainText(described.tabs?.find(({ id }) => id === "bucket-policy")?.parts ?? []));
  const written = policy.Statement.filter((s: { Action: string }) => s.Action === "s3:PutObject");
  expect(written.map((s: { Resource: string }) => s.Resource.replace(/^.*AWSLogs/, ""))).toEqual([
    `/${managementAccount}/*`,
    "/o-acme4u8n2k/*",
  ]);
  expect(written[0].Condition.StringEquals["aws:SourceArn"]).toContain(`us-east-1:${managementAccount}`);
});

it("shows the key policy when the trail encrypts", () => {
  const key = "arn:aws:kms:us-east-1:333333333333:key/1234";
  const described = change({ trails: [multiRegionTrail({ status: status.failing, kmsKeyId: key })] });
  const tab = described.tabs?.find(({ id }) => id === "key-policy");
  expect(tab?.notes?.[0]).toContain(key);
  expect(plainText(tab?.parts ?? [])).toContain("kms:EncryptionContext:aws:cloudtrail:arn");
});

it("keeps to the partition of the account", () => {
  const described = change({
    account: { id: "333333333333", partition: "aws-cn", orgRole: "STANDALONE" },
    regions: [{ name: "cn-north-1", optInStatus: "opt-in-not-required" }],
  });
  const text = described.tabs?.map((tab) => plainText(tab.parts)).join("\n") ?? "";
  expect(text).toContain("arn:aws-cn:s3:::");
  expect(text).not.toContain("arn:aws:");
});
