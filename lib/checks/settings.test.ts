import { describe, expect, test } from "vitest";
import { trailSettings } from "./cloudtrail/trail-settings";
import { rootSettings } from "./iam/root-mfa-disabled/settings";
import { compareSettings, type Setting } from "./settings";
import { accountCase, multiRegionTrail, now, singleRegionTrail, status } from "./testing/cases";
import { type CaseTrail, scenario } from "./testing/truth-table";

const setting = (attribute: string, value: string | null, of = "audit"): Setting => ({
  of,
  id: `arn:${of}`,
  attribute,
  value,
});

describe("the settings of two scans", () => {
  test("differ where both could be read and are not the same; the rest is counted", () => {
    const before = [setting("Multi-Region", "Yes"), setting("Logging", "On"), setting("Bucket", "logs")];
    const after = [setting("Multi-Region", "No"), setting("Logging", "On"), setting("Bucket", "logs")];
    expect(compareSettings(before, after)).toEqual({
      differences: [{ of: "audit", attribute: "Multi-Region", before: "Yes", after: "No" }],
      same: 2,
    });
  });

  test("say nothing of what one of them could not read", () => {
    expect(compareSettings([setting("Logging", null)], [setting("Logging", "Off")])).toEqual({
      differences: [],
      same: 0,
    });
    expect(compareSettings([setting("Logging", "On")], [setting("Logging", null)]).differences).toEqual([]);
  });

  test("name what is gone and what is new once, however much was set on it", () => {
    const many = (of: string) => ["Logging", "Bucket", "KMS key"].map((name) => setting(name, "x", of));
    expect(compareSettings(many("old"), many("new")).differences).toEqual([
      { of: "old", attribute: "Exists", before: "There", after: "Gone" },
      { of: "new", attribute: "Exists", before: "Not there", after: "There" },
    ]);
  });
});

test("a trail that a deploy set back differs in what the deploy changed, and in nothing else", () => {
  const settingsOf = (trail: CaseTrail) => {
    const { facts, context } = scenario(accountCase({ trails: [trail] }), now);
    return trailSettings(facts, context);
  };
  const good = multiRegionTrail();
  const back = { ...singleRegionTrail(good.homeRegion), name: good.name };
  const { differences, same } = compareSettings(settingsOf(good), settingsOf(back));
  expect(differences).toEqual([{ of: good.name, attribute: "Multi-Region", before: "Yes", after: "No" }]);
  // All but the bucket, which these facts do not name.
  expect(same).toBe(12);
  const stopped = { ...good, status: status.stopped };
  expect(compareSettings(settingsOf(good), settingsOf(stopped)).differences).toContainEqual({
    of: good.name,
    attribute: "Logging",
    before: "On",
    after: "Off",
  });
});

test("the root user's settings are those that AWS gave, and no member that is missing counts as off", () => {
  const of = (value: object) => rootSettings({ "iam.account_summary": { ok: true, value } as never });
  const { differences } = compareSettings(
    of({ accountMfaEnabled: 1, accountPasswordPresent: 1 }),
    of({ accountMfaEnabled: 0 }),
  );
  expect(differences).toEqual([{ of: "The root user", attribute: "MFA", before: "On", after: "Off" }]);
});
