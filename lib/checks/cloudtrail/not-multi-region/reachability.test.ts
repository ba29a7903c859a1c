import { describe, expect, it } from "vitest";
import {
  accountCase,
  activeRegions,
  enabledRegions,
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
import { scenario } from "@/lib/checks/testing/truth-table";
import { check } from "./check";
import type { Action, Advisory, Reason } from "./rules/reasons";
import { actions, advisories, reasons } from "./rules/reasons";
import meta from "./truth-table.meta.json";

type Over = Parameters<typeof accountCase>[0];

const one = (trail: Parameters<typeof multiRegionTrail>[0]): Over => ({ trails: [multiRegionTrail(trail)] });
const single = (over: Parameters<typeof multiRegionTrail>[0] = {}): Over => ({
  trails: [singleRegionTrail("us-east-1", over)],
});
const refused = (api: string, region = "*", code = "AccessDeniedException") => [{ api, region, code }];
const optedIn = [...usualRegions.slice(0, 4), { name: "eu-south-2", optInStatus: "opted-in" }] as const;
const everywhere = [...enabledRegions, "eu-south-2"];
const store = {
  name: "eds",
  region: "us-east-1",
  status: "ENABLED",
  multiRegionEnabled: true,
  organizationEnabled: false,
  advancedEventSelectors: [{ fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] }],
};
const shown = { accountId: managementAccount, trails: [organizationTrail()] };

const byReason: Readonly<Record<Reason, Over>> = {
  COVERED: one({}),
  COVERED_BY_ORG_TRAIL: { account: member, trails: [organizationTrail()] },
  COVERED_BY_UNION: {
    trails: [multiRegionTrail(selectors.readOnly), multiRegionTrail({ name: "b", ...selectors.writeOnly })],
  },
  COVERED_PENDING: one({ status: status.starting }),
  EVENT_SELECTORS_UNREADABLE: {
    ...one(selectors.allAndData),
    errors: refused("cloudtrail:GetEventSelectors"),
  },
  LAKE_ONLY: { eventDataStores: [store] },
  MULTI_REGION_DELIVERY_FAILING: one({ status: status.failing }),
  MULTI_REGION_DELIVERY_STALE: { regions: activeRegions, ...one({ status: status.stale }) },
  MULTI_REGION_EXCLUDES_SOURCES: one(selectors.withoutKms),
  MULTI_REGION_LOGGING_STOPPED: one({ status: status.stopped }),
  MULTI_REGION_NEVER_DELIVERED: one({ status: status.never }),
  MULTI_REGION_NO_MANAGEMENT_EVENTS: one(selectors.dataOnly),
  MULTI_REGION_READ_ONLY: one(selectors.readOnly),
  MULTI_REGION_REGION_GAP: one({ existsInRegions: enabledRegions.slice(1) }),
  MULTI_REGION_WRITE_ONLY: one(selectors.writeOnly),
  NO_TRAIL: {},
  ORG_TRAIL_HOME_REGION_NOT_ENABLED: {
    account: member,
    trails: [organizationTrail({ homeRegion: "eu-south-2" })],
  },
  ROLE_NOT_ASSUMABLE: { errors: refused("sts:AssumeRole", "*", "AccessDenied") },
  SINGLE_REGION_ONLY: single(),
  SINGLE_REGION_TRAILS_COVER_ALL: { trails: enabledRegions.map((region) => singleRegionTrail(region)) },
  THROTTLED: { errors: refused("cloudtrail:DescribeTrails", "*", "ThrottlingException") },
  TRAILS_UNREADABLE: { errors: refused("cloudtrail:DescribeTrails") },
  TRAIL_STATUS_UNREADABLE: { ...one({}), errors: refused("cloudtrail:GetTrailStatus") },
};

const byAction: Readonly<Record<Action, Over>> = {
  CONNECT_ORG_ACCOUNT: {
    account: member,
    trails: [organizationTrail(selectors.allAndData)],
    errors: refused("cloudtrail:GetEventSelectors", "*", "CloudTrailARNInvalidException"),
  },
  CONVERT_TRAIL: single(),
  CREATE_MULTI_REGION_TRAIL: {},
  ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL: byReason.ORG_TRAIL_HOME_REGION_NOT_ENABLED,
  FIX_CONNECTION: byReason.ROLE_NOT_ASSUMABLE,
  FIX_DELIVERY: byReason.MULTI_REGION_DELIVERY_FAILING,
  FIX_EVENT_SELECTORS: byReason.MULTI_REGION_WRITE_ONLY,
  FIX_ORG_TRAIL: { account: member, orgEvidence: shown },
  FIX_SCAN_PERMISSIONS: byReason.TRAILS_UNREADABLE,
  FIX_VIA_CONTROL_TOWER: one({ name: "aws-controltower-BaselineCloudTrail", status: status.stopped }),
  NONE: one({}),
  REAPPLY_MULTI_REGION: byReason.MULTI_REGION_REGION_GAP,
  RETRY: byReason.THROTTLED,
  START_LOGGING: byReason.MULTI_REGION_LOGGING_STOPPED,
};

const byAdvisory: Readonly<Record<Advisory, Over>> = {
  AWS_CONTROLS_WANT_ONE_TRAIL: byReason.COVERED_BY_UNION,
  CLOUDWATCH_LOGS_DELIVERY_ERROR: one({ status: { ...status.ok, latestCloudWatchLogsDeliveryError: "E" } }),
  COMPENSATED_BY_LAKE: { ...single(), eventDataStores: [store] },
  CONNECT_MANAGEMENT_ACCOUNT: { account: member },
  CONVERSION_EXTENDS_CLOUDWATCH_LOGS: single({
    cloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:1:log-group:x",
  }),
  CONVERSION_EXTENDS_DATA_EVENTS: single(selectors.allAndData),
  DIGEST_DELIVERY_ERROR: one({ status: { ...status.ok, latestDigestDeliveryError: "E" } }),
  DUPLICATE_MANAGEMENT_COPY: { trails: [multiRegionTrail(), singleRegionTrail("us-west-2")] },
  GLOBAL_SERVICE_EVENTS_NOT_CAPTURED: { trails: [singleRegionTrail("eu-west-1")] },
  HOME_REGION_IS_OPT_IN: {
    regions: optedIn,
    ...one({ homeRegion: "eu-south-2", existsInRegions: everywhere }),
  },
  LAKE_NOT_CHECKED: { ...single(), errors: refused("cloudtrail:ListEventDataStores") },
  NO_MANAGEMENT_EVENTS: single(selectors.dataOnly),
  NO_RECENT_DELIVERY: one({ status: status.stale }),
  ORG_CONTEXT_UNKNOWN: { ...one({}), errors: refused("organizations:DescribeOrganization") },
  REGION_DENIED_BY_SCP: { ...one({}), errors: refused("cloudtrail:DescribeTrails", "us-west-2") },
  REGION_LIST_UNAVAILABLE: {
    ...one({}),
    errors: refused("ec2:DescribeRegions", "*", "UnauthorizedOperation"),
  },
  SCANNER_TOKEN_OR_REGION_STATE: {
    regions: optedIn,
    ...one({ existsInRegions: everywhere }),
    errors: refused("cloudtrail:DescribeTrails", "eu-south-2", "UnrecognizedClientException"),
  },
  SERVICE_LINKED_CHANNEL_PRESENT: { channels: [{ region: "us-east-1" }] },
  SNS_NOTIFICATION_ERROR: one({ status: { ...status.ok, latestNotificationError: "E" } }),
  STOPPED_TRAIL_PRESENT: {
    trails: [multiRegionTrail(), multiRegionTrail({ name: "old", status: status.stopped })],
  },
  TRAIL_NOT_LOGGING: single({ status: status.stopped }),
  TRAIL_QUOTA_REACHED: {
    trails: ["a", "b", "c", "d", "e"].map((name) => singleRegionTrail("us-east-1", { name })),
  },
  UNRECOGNISED_SELECTOR_FIELD: one(selectors.unrecognized),
};

function judge(over: Over) {
  const { facts, context } = scenario(accountCase(over), now);
  const evaluation = check.evaluate(facts, context);
  return {
    evaluation,
    description: check.describe(evaluation, facts, { ...context, accountName: "acme-prod" }),
  };
}

describe("the vocabulary", () => {
  it("is that of the meta file", () => {
    expect([...reasons].sort()).toEqual([...meta.reasons].sort());
    expect([...actions].sort()).toEqual([...meta.remediationActions].sort());
    expect([...advisories].sort()).toEqual([...meta.advisories].sort());
  });
});

describe("every reason is reachable and has a sentence that names the account", () => {
  it.each(Object.entries(byReason))("%s", (reason, over) => {
    const { evaluation, description } = judge(over);
    expect(evaluation.reason).toBe(reason);
    const sentence = description.sentence.map((part) => part.text).join("");
    expect(sentence).toContain("acme-prod");
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN| {2}/);
    expect(description.sentence.filter((part) => part.tone !== undefined).length).toBeGreaterThan(0);
    expect(description.short).not.toBe("");
  });

  it("gives different reasons different sentences", () => {
    const sentences = Object.entries(byReason)
      .filter(([reason]) => !["COVERED", "COVERED_BY_ORG_TRAIL", "COVERED_BY_UNION"].includes(reason))
      .map(([, over]) =>
        judge(over)
          .description.sentence.map((part) => part.text)
          .join(""),
      );
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe("every action is reachable and says what to do", () => {
  it.each(Object.entries(byAction))("%s", (action, over) => {
    const { evaluation, description } = judge(over);
    expect(evaluation.remediation.action).toBe(action);
    if (action === "NONE") expect(description.change).toBeNull();
    else {
      expect(description.change?.title).toBeTruthy();
      expect(description.change?.steps.length).toBeGreaterThan(0);
      expect(description.change?.steps.join(" ")).not.toMatch(/undefined|null/);
    }
  });
});

describe("every advisory is reachable and has words", () => {
  it.each(Object.entries(byAdvisory))("%s", (advisory, over) => {
    const { evaluation, description } = judge(over);
    expect(evaluation.advisories).toContain(advisory);
    const words = description.advisories.find(({ code }) => code === advisory)?.text ?? "";
    expect(words).toMatch(/\.$/);
    expect(words).not.toMatch(/undefined|null/);
  });
});
