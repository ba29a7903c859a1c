import { describe, expect, it } from "vitest";
import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
import {
  accountCase,
  enabledRegions,
  member,
  multiRegionTrail,
  now,
  organizationTrail,
  selectors,
  singleRegionTrail,
  status,
} from "@/lib/checks/testing/cases";
import { type CaseTrail, scenario } from "@/lib/checks/testing/truth-table";

type Over = Parameters<typeof accountCase>[0];

function said(over: Over) {
  const { facts, context } = scenario(accountCase(over), now);
  const evaluation = check.evaluate(facts, context);
  const { sentence, short, change } = check.describe(evaluation, facts, {
    ...context,
    accountName: "acme-prod",
  });
  return {
    evaluation,
    short,
    sentence: sentence.map(({ text }) => text).join(""),
    why: evaluation.severityReason ?? "",
    notes: (change?.notes ?? []).join(" "),
  };
}

const trail = (over: Partial<CaseTrail>): Over => ({ trails: [multiRegionTrail(over)] });

describe("the short verdict", () => {
  const worlds: readonly (readonly [string, Over, string])[] = [
    ["nothing there", {}, "No trail, 4 of 4"],
    ["one Region only", { trails: [singleRegionTrail("us-east-1")] }, "3 of 4 not logged"],
    [
      "a trail in each Region",
      { trails: enabledRegions.map((region) => singleRegionTrail(region)) },
      "4 of 4 on trails of their own",
    ],
    ["delivery failing", trail({ status: status.failing }), "Delivery failing, 4 of 4"],
    ["stopped", trail({ status: status.stopped }), "Logging stopped, 4 of 4"],
    ["never delivered", trail({ status: status.never }), "Never delivered, 4 of 4"],
    ["writes only", trail(selectors.writeOnly), "Read events missing, 4 of 4"],
    ["reads only", trail(selectors.readOnly), "Write events missing, 4 of 4"],
    ["without KMS", trail(selectors.withoutKms), "KMS events missing, 4 of 4"],
    ["data events only", trail(selectors.dataOnly), "Management events off, 4 of 4"],
    [
      "a gap where delivery fails",
      trail({ statusByRegion: { "us-west-2": status.failing } }),
      "Delivery failing, 1 of 4",
    ],
    [
      "a gap where it is stopped",
      trail({ statusByRegion: { "us-west-2": status.stopped } }),
      "Not logging everywhere, 1 of 4",
    ],
    [
      "a gap where the copy is missing",
      trail({ existsInRegions: enabledRegions.slice(0, 3) }),
      "Trail's copy missing, 1 of 4",
    ],
    [
      "a home Region that is off",
      { account: member, trails: [organizationTrail({ homeRegion: "eu-south-2" })] },
      "Home Region off, 4 of 4",
    ],
  ];

  it.each(worlds)("of %s names its cause", (_, over, short) => {
    expect(said(over).short).toBe(short);
  });

  it("differs wherever the cause does", () => {
    const all = worlds.map(([, over]) => said(over).short.replace(/, \d+ of \d+$/, ""));
    // Two of these worlds have delivery failing: everywhere, and in one Region.
    expect(new Set(all).size).toBe(all.length - 1);
  });

  it("does not call a trail that has just begun logged", () => {
    expect(said(trail({ status: status.starting })).short).toBe("Configured, waiting for the first delivery");
  });
});

describe("the sentence of single-Region trails", () => {
  it("tells Regions without a trail from those whose trail does not work", () => {
    const failing = singleRegionTrail("eu-west-1", { status: status.failing });
    expect(said({ trails: [singleRegionTrail("us-east-1"), failing] }).sentence).toBe(
      "3 of 4 Regions in acme-prod are not logged: 2 have no trail, 1 has a trail that does not work.",
    );
    expect(said({ trails: [singleRegionTrail("us-east-1")] }).sentence).toBe(
      "3 of 4 Regions in acme-prod leave no trail.",
    );
    const all = enabledRegions.map((region) => singleRegionTrail(region));
    const one = [{ ...all[0], status: status.failing } as CaseTrail, ...all.slice(1)];
    expect(said({ trails: one }).sentence).toBe("1 of 4 Regions in acme-prod is not logged.");
  });
});

describe("what is lost and what is recoverable", () => {
  const failingSince = (latestDeliveryTime: string) =>
    trail({ status: { ...status.failing, latestDeliveryTime } });

  it("gives the day until which undelivered log files still arrive", () => {
    const { why, notes } = said(failingSince("2026-11-01T00:00:00Z"));
    expect(why).toBe("High, because log files of 4 Regions are not arriving (recoverable until 1 Dec 2026).");
    expect(notes).toContain("the log files since 1 Nov 2026 are recoverable until 1 Dec 2026.");
    expect(why + notes).not.toContain("lost");
  });

  it("says what is lost once 30 days have passed", () => {
    const { why, notes } = said(failingSince("2026-10-01T00:00:00Z"));
    expect(why).toContain("(those from before 23 Oct 2026 are lost)");
    expect(notes).toContain("Event history has their management events for 90 days.");
    expect(why + notes).not.toContain("recoverable until");
  });

  it("gives the day until which Event history has all events of a stopped trail", () => {
    const { why, notes } = said(trail({ status: status.stopped }));
    expect(why).toBe("High, because events of 4 Regions are not logged (recoverable until 18 Feb 2027).");
    expect(notes).toContain("those since 20 Nov 2026 are recoverable until 18 Feb 2027.");
    const long = said(trail({ status: { ...status.stopped, stopLoggingTime: "2026-01-20T00:00:00Z" } }));
    expect(long.why).toContain("(those from before 24 Aug 2026 are lost)");
    expect(long.notes).toContain(
      "those since 24 Aug 2026 can still be looked up there, and older ones are lost.",
    );
  });

  it("promises nothing where no trail ever was", () => {
    const { why, notes } = said({});
    expect(why).toContain("(those from before 24 Aug 2026 are lost)");
    expect(why + notes).not.toContain("recoverable until");
  });

  it("tells the two apart in one account", () => {
    const failing = singleRegionTrail("eu-west-1", { status: status.failing });
    const { why } = said({ trails: [singleRegionTrail("us-east-1"), failing] });
    expect(why).toBe(
      "High, because log files of 1 Region are not arriving (recoverable until 1 Dec 2026), and events of 2 Regions are not logged (those from before 24 Aug 2026 are lost).",
    );
  });

  it("says nothing of a loss when every Region is logged, or a store has the events", () => {
    const all = enabledRegions.map((region) => singleRegionTrail(region));
    expect(said({ trails: all }).notes).not.toMatch(/lost|recoverable/);
    const store = {
      name: "lake",
      region: "us-east-1",
      status: "ENABLED",
      multiRegionEnabled: true,
      organizationEnabled: false,
      advancedEventSelectors: [{ fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] }],
    };
    const { why, notes } = said({ eventDataStores: [store] });
    expect(why).toMatch(/^Low/);
    expect(notes).not.toMatch(/lost|recoverable/);
  });
});
