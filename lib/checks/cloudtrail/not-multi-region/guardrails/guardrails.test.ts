import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/checks/snippets/marked";
import type { GuardedTrail } from "./guarded";
import { guardrailsFor } from "./guardrails";

const trail = {
  arn: "arn:aws:cloudtrail:eu-central-1:333333333333:trail/main",
  name: "main",
  homeRegion: "eu-central-1",
  isOrganization: false,
  bucket: "acme-logs",
};
const guarded: GuardedTrail = {
  partition: "aws",
  accountId: "333333333333",
  organizationRole: "MANAGEMENT",
  organizationId: "o-acme4u8n2k",
  primaryRegion: "us-east-1",
  trail,
};
const calm = { reason: "COVERED", action: "NONE", isRecurring: false };
const order = (over: Partial<GuardedTrail>, signals: Partial<typeof calm> = {}) =>
  guardrailsFor({ ...guarded, ...over }, { ...calm, ...signals }).map(({ id }) => id);

describe("the order", () => {
  it("puts protection of the running trail before the pipeline when nothing points there", () => {
    expect(order({})).toEqual(["organization-trail", "scp", "event-rule", "config-rule", "pipeline"]);
  });

  it("puts the pipeline first when it came back, or when code deploys the trail", () => {
    expect(order({}, { isRecurring: true })[0]).toBe("pipeline");
    expect(order({ managedBy: { tool: "terraform", text: "" } })[0]).toBe("pipeline");
  });

  it("puts the organization trail first for a member, but not when it has one", () => {
    expect(order({ organizationRole: "MEMBER", managementAccountId: "111111111111" })[0]).toBe(
      "organization-trail",
    );
    const [first] = guardrailsFor(
      { ...guarded, organizationRole: "MEMBER", trail: { ...trail, isOrganization: true } },
      calm,
    );
    expect(first?.relevance).toBeNull();
  });

  it("puts policy and alarm first when someone stopped the trail", () => {
    expect(order({}, { action: "START_LOGGING" }).slice(0, 2)).toEqual(["scp", "event-rule"]);
  });
});

it("offers an account without an organization nothing that needs one", () => {
  expect(order({ organizationRole: "STANDALONE" })).toEqual(["event-rule", "config-rule", "pipeline"]);
});

it("says of each what it stops and what it does not, and fills in the account", () => {
  for (const guardrail of guardrailsFor(guarded, calm)) {
    expect(guardrail.stops.length, guardrail.id).toBeGreaterThan(0);
    expect(guardrail.doesNotStop.length, guardrail.id).toBeGreaterThan(0);
    expect(guardrail.tabs.length, guardrail.id).toBeGreaterThan(0);
  }
});

it("protects exactly the trail and its bucket", () => {
  const scp = guardrailsFor(guarded, calm).find(({ id }) => id === "scp");
  const { Statement } = JSON.parse(plainText(scp?.tabs[0]?.parts ?? []));
  expect(Statement.map((s: { Resource: string }) => s.Resource)).toEqual([
    trail.arn,
    "arn:aws:s3:::acme-logs",
  ]);
});

it("watches in the trail's home Region, the only one that accepts changes", () => {
  const rule = guardrailsFor(guarded, calm).find(({ id }) => id === "event-rule");
  expect(rule?.where).toContain("eu-central-1");
});
