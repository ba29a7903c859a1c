import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check as notMultiRegion } from "@/lib/checks/cloudtrail/not-multi-region/check";
import { plainText } from "@/lib/checks/snippets/marked";
import {
  accountCase,
  enabledRegions,
  managementAccount,
  member,
  multiRegionTrail,
  now,
  organizationTrail,
  ownAccount,
  singleRegionTrail,
  status,
} from "@/lib/checks/testing/cases";
import { type CaseTrail, scenario } from "@/lib/checks/testing/truth-table";
import { world } from "@/lib/checks/testing/worlds";
import { check } from "./check";
import { coveragePlan } from "./coverage-plan";

type Over = Parameters<typeof accountCase>[0];

const on = { logFileValidationEnabled: true };
const refused = (api: string, region = "*", code = "AccessDeniedException") => [{ api, region, code }];

function judged(over: Over) {
  const { facts, context } = scenario(accountCase(over), now);
  const evaluation = check.evaluate(facts, context);
  const description = check.describe(evaluation, facts, { ...context, accountName: "acme-prod" });
  return { evaluation, description, sentence: description.sentence.map((part) => part.text).join("") };
}

const reasons: Readonly<Record<string, readonly [verdict: string, over: Over]>> = {
  VALIDATION_ON: ["PASS", { trails: [multiRegionTrail(on)] }],
  VALIDATION_OFF: ["FAIL", { trails: [multiRegionTrail()] }],
  NO_TRAIL_TO_JUDGE: ["NOT_EVALUATED", {}],
  TRAILS_UNREADABLE: ["NOT_EVALUATED", { errors: refused("cloudtrail:DescribeTrails") }],
  TRAIL_STATUS_UNREADABLE: [
    "NOT_EVALUATED",
    { trails: [multiRegionTrail()], errors: refused("cloudtrail:GetTrailStatus") },
  ],
  ROLE_NOT_ASSUMABLE: ["NOT_EVALUATED", { errors: refused("sts:AssumeRole", "*", "AccessDenied") }],
};

const actions: Readonly<Record<string, Over>> = {
  ENABLE_LOG_FILE_VALIDATION: { trails: [multiRegionTrail()] },
  FIX_ORG_TRAIL: { account: member, trails: [organizationTrail()] },
  FIX_CONNECTION: { errors: refused("sts:AssumeRole", "*", "AccessDenied") },
  FIX_SCAN_PERMISSIONS: { errors: refused("cloudtrail:DescribeTrails") },
  HAVE_A_TRAIL_FIRST: {},
  NONE: { trails: [multiRegionTrail(on)] },
  RETRY: { errors: refused("cloudtrail:DescribeTrails", "*", "ThrottlingException") },
};

const advisories: Readonly<Record<string, Over>> = {
  DIGEST_DELIVERY_ERROR: {
    trails: [
      multiRegionTrail({ ...on, status: { ...status.ok, latestDigestDeliveryError: "AccessDenied" } }),
    ],
  },
  FURTHER_TRAILS_WITHOUT_VALIDATION: { trails: [multiRegionTrail(), singleRegionTrail("eu-west-1")] },
  REGION_LIST_UNAVAILABLE: { trails: [multiRegionTrail(on)], errors: refused("ec2:DescribeRegions") },
  STOPPED_TRAIL_WITHOUT_VALIDATION: {
    trails: [multiRegionTrail(on), singleRegionTrail("eu-west-1", { status: status.stopped })],
  },
};

describe("every word of the check is reachable and has a title", () => {
  it.each(Object.entries(reasons))("reason %s", (reason, [verdict, over]) => {
    expect(judged(over).evaluation).toMatchObject({ verdict, reason });
  });

  it.each(Object.entries(actions))("action %s", (action, over) => {
    expect(judged(over).evaluation.remediation.action).toBe(action);
  });

  it.each(Object.entries(advisories))("advisory %s", (advisory, over) => {
    const { evaluation, description } = judged(over);
    expect(evaluation.advisories).toEqual([advisory]);
    expect(description.advisories[0]?.text).toMatch(/\.$/);
  });

  it("and no title is of a word that nothing reaches", () => {
    expect(Object.keys(check.labels.reasons).sort()).toEqual(Object.keys(reasons).sort());
    expect(Object.keys(check.labels.actions).sort()).toEqual(Object.keys(actions).sort());
    expect(Object.keys(check.labels.advisories).sort()).toEqual(Object.keys(advisories).sort());
  });
});

describe("trails that count", () => {
  it("are those that log: a stopped trail is neither pass nor fail", () => {
    const { evaluation } = judged({ trails: [multiRegionTrail({ status: status.stopped })] });
    expect(evaluation).toMatchObject({ verdict: "NOT_EVALUATED", reason: "NO_TRAIL_TO_JUDGE" });
  });

  it("include single-Region trails beside a validated multi-Region one, graded low", () => {
    const { evaluation } = judged({ trails: [multiRegionTrail(on), singleRegionTrail("eu-west-1")] });
    expect(evaluation).toMatchObject({
      verdict: "FAIL",
      severity: "LOW",
      uncoveredRegions: ["eu-west-1"],
      remediation: {
        action: "ENABLE_LOG_FILE_VALIDATION",
        account: ownAccount,
        region: "eu-west-1",
        trail: "t-eu-west-1",
      },
    });
    expect(evaluation.coveredRegions).toEqual(enabledRegions.filter((region) => region !== "eu-west-1"));
  });

  it("grade medium when none is validated", () => {
    expect(judged({ trails: [multiRegionTrail()] }).evaluation.severity).toBe("MEDIUM");
  });

  it("include the organization's, whose owner has to change it", () => {
    const { evaluation, description } = judged({ account: member, trails: [organizationTrail()] });
    expect(evaluation.remediation).toEqual({
      action: "FIX_ORG_TRAIL",
      account: managementAccount,
      region: "us-east-1",
      trail: "org-trail",
      orgAction: "ENABLE_LOG_FILE_VALIDATION",
    });
    expect(description.change?.steps[0]).toContain(managementAccount);
  });
});

describe("what could not be read", () => {
  it("leaves a pass inferred and lists the Region", () => {
    const { evaluation, sentence } = judged({
      trails: [multiRegionTrail(on)],
      errors: refused("cloudtrail:DescribeTrails", "eu-west-1"),
    });
    expect(evaluation).toMatchObject({
      verdict: "PASS",
      assurance: "INFERRED",
      unknownRegions: ["eu-west-1"],
    });
    expect(sentence).toContain("1 Region could not be read");
  });

  it("decides nothing when no trail was seen and a Region stayed closed", () => {
    const { evaluation, description } = judged({ errors: refused("cloudtrail:DescribeTrails", "eu-west-1") });
    expect(evaluation).toMatchObject({ verdict: "NOT_EVALUATED", reason: "TRAILS_UNREADABLE" });
    expect(description.missingPermissions).toEqual(["cloudtrail:DescribeTrails"]);
  });

  it("does not hide a proven fail", () => {
    const { evaluation } = judged({
      trails: [multiRegionTrail()],
      errors: refused("cloudtrail:DescribeTrails", "eu-west-1"),
    });
    expect(evaluation).toMatchObject({ verdict: "FAIL", unknownRegions: ["eu-west-1"] });
  });

  it("does not matter to a trail that is validated whether it logs or not", () => {
    const { evaluation } = judged({
      trails: [multiRegionTrail(on)],
      errors: refused("cloudtrail:GetTrailStatus"),
    });
    expect(evaluation).toMatchObject({ verdict: "PASS", assurance: "INFERRED" });
  });

  it("says nothing about Regions without a session", () => {
    const { evaluation } = judged({ errors: refused("sts:AssumeRole", "*", "AccessDenied") });
    expect(evaluation).toMatchObject({ coveredRegions: [], uncoveredRegions: [], unknownRegions: [] });
  });
});

describe("the change", () => {
  it("is a command with the account's names for every trail of the same owner that stays", () => {
    const stays = singleRegionTrail("eu-west-1", { hasInsightSelectors: true });
    const { description } = judged({ trails: [multiRegionTrail(), stays] });
    const command = description.change?.command?.map((part) => part.text).join("");
    const blocks = command?.split("\n\n") ?? [];
    expect(blocks.slice(2).map((block) => block.match(/aws [a-z]+ [a-z-]+/g))).toEqual([
      ["aws cloudtrail get-trail"],
      ["aws cloudtrail get-trail"],
      ["aws cloudtrail update-trail", "aws cloudtrail update-trail"],
    ]);
    expect(blocks.slice(0, 2).join("\n\n")).toBe(
      [
        `aws cloudtrail update-trail \\\n  --region us-east-1 \\\n  --name arn:aws:cloudtrail:us-east-1:${ownAccount}:trail/main \\\n  --enable-log-file-validation`,
        `aws cloudtrail update-trail \\\n  --region eu-west-1 \\\n  --name arn:aws:cloudtrail:eu-west-1:${ownAccount}:trail/t-eu-west-1 \\\n  --enable-log-file-validation`,
      ].join("\n\n"),
    );
    expect(description.change?.tabs?.map(({ id }) => id)).toEqual([
      "cli",
      "terraform",
      "cloudformation",
      "console",
    ]);
    const [trails] = description.sections;
    expect(trails?.kind === "table" && trails.rows.filter(({ isSuggested }) => isSuggested)).toHaveLength(1);
  });
});

describe("over generated accounts", () => {
  const evaluate = (testCase: Parameters<typeof scenario>[0]) => {
    const { facts, context } = scenario(testCase, now);
    return { facts, context, evaluation: check.evaluate(facts, context) };
  };

  const keptIn = (testCase: Parameters<typeof scenario>[0]) => {
    const { facts, context } = scenario(testCase, now);
    return coveragePlan(facts, context).keeps;
  };

  it("the order of trails and Regions does not matter", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const { evaluation } = evaluate(testCase);
        const turned = {
          ...testCase,
          trails: [...testCase.trails].reverse(),
          regions: [...testCase.regions].reverse(),
        };
        const other = evaluate(turned).evaluation;
        for (const name of ["verdict", "reason", "severity", "assurance", "advisories"] as const) {
          expect(other[name]).toEqual(evaluation[name]);
        }
        // Of equal trails the check of coverage takes the first by home Region, and this one goes with it.
        if (keptIn(turned) === keptIn(testCase)) expect(other.remediation).toEqual(evaluation.remediation);
      }),
    );
  });

  it("turning validation on everywhere never leaves a fail", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const trails = testCase.trails.map((trail) => ({ ...trail, ...on }));
        expect(evaluate({ ...testCase, trails }).evaluation.verdict).not.toBe("FAIL");
      }),
    );
  });

  it("losing every reading of one Region never turns the verdict into a fail, or into a verified pass", () => {
    fc.assert(
      fc.property(world, fc.nat(), (testCase, pick) => {
        const region = testCase.regions[pick % testCase.regions.length]?.name ?? "";
        const before = evaluate(testCase).evaluation;
        const lost = [
          ...refused("cloudtrail:DescribeTrails", region),
          ...refused("cloudtrail:GetTrailStatus", region),
        ];
        const after = evaluate({ ...testCase, errors: [...(testCase.errors ?? []), ...lost] }).evaluation;
        if (after.verdict === "FAIL") expect(before.verdict).toBe("FAIL");
        if (after.assurance === "VERIFIED") expect(before.assurance).toBe("VERIFIED");
      }),
    );
  });

  it("Region lists are disjoint, hold enabled Regions only, and every verdict has its words", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const { facts, context, evaluation } = evaluate(testCase);
        const lists = [
          evaluation.coveredRegions,
          evaluation.uncoveredRegions,
          evaluation.unknownRegions,
        ].flat();
        expect(new Set(lists).size).toBe(lists.length);
        const off = testCase.regions.filter(({ optInStatus }) => optInStatus === "not-opted-in");
        for (const { name } of off) expect(lists).not.toContain(name);
        const description = check.describe(evaluation, facts, { ...context, accountName: "acme" });
        expect(description.sentence.map((part) => part.text).join("")).toMatch(/^[^\s].*\.$/);
        expect(description.short).not.toMatch(/undefined|null/);
      }),
    );
  });
});

describe("beside the check of coverage", () => {
  const advice = (over: Over) => {
    const { description } = judged(over);
    const { change, advisories } = description;
    return {
      title: change?.title ?? "",
      command: plainText(change?.command ?? []),
      text: [...(change?.reasons ?? []), ...(change?.steps ?? []), ...advisories.map((a) => a.text)].join(
        " ",
      ),
    };
  };
  const singles = enabledRegions.map((region) => singleRegionTrail(region));

  it("changes the trail that is converted, and leaves those alone that are retired after it", () => {
    const { command, text } = advice({ trails: singles });
    expect(judged({ trails: singles }).evaluation.remediation.trail).toBe("t-us-east-1");
    expect(command).toContain("trail/t-us-east-1");
    expect(command).not.toContain("trail/t-eu-west-1");
    expect(text).toContain("cloudtrail.not_multi_region retires them: leave them as they are");
    expect(text).not.toContain("Turn it on for all");
  });

  it("says to retire the duplicates of a validated trail first, and marks none of them", () => {
    const over = { trails: [multiRegionTrail(on), ...singles.slice(0, 2)] };
    const { title, text, command } = advice(over);
    expect(title).toBe("Retire 2 duplicate trails");
    expect(command).toBe("");
    expect(text).toContain("Retire the trails first: the finding of cloudtrail.not_multi_region");
    expect(JSON.stringify(judged(over).description.sections)).not.toContain('"isSuggested":true');
  });

  it("sends to the other finding first while that one fails", () => {
    const [first, ...rest] = singles;
    const trails = [{ ...first, ...on } as CaseTrail, ...rest];
    const { title, text } = advice({ trails });
    expect(title).toBe("Retire 3 duplicate trails once every Region is covered");
    expect(text).toContain("First make the change that the finding of cloudtrail.not_multi_region");
  });

  it("turns nothing on for a duplicate that goes once its delivery is restored", () => {
    const trails = [multiRegionTrail(on), singleRegionTrail("eu-west-1", { status: status.failing })];
    expect(advice({ trails }).title).toBe("Retire the duplicate trail");
  });

  it("changes a duplicate that stays because it does more than copy", () => {
    const data = {
      eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }],
    };
    const trails = [
      multiRegionTrail(on),
      singleRegionTrail("eu-west-1", { ...data, hasCustomEventSelectors: true }),
    ];
    expect(advice({ trails })).toMatchObject({ title: "Turn on log file validation" });
    expect(advice({ trails }).text).not.toContain("retire");
  });

  it("turns validation on for the trail to keep before a better duplicate may go", () => {
    const trails = [multiRegionTrail(), singleRegionTrail("eu-west-1", on)];
    expect(advice({ trails })).toMatchObject({ title: "Turn on log file validation" });
    expect(advice({ trails }).command).toContain("trail/main");
  });

  it("never says to change a trail that the other check says to stop or delete", () => {
    fc.assert(
      fc.property(world, (testCase) => {
        const { facts, context } = scenario(testCase, now);
        const named = { ...context, accountName: "acme" };
        const coverage = notMultiRegion.describe(notMultiRegion.evaluate(facts, context), facts, named);
        const mine = check.describe(check.evaluate(facts, context), facts, named);
        fc.pre(mine.change?.title.startsWith("Turn on") === true);
        const changed = plainText(mine.change?.command ?? []);
        for (const { key } of coverage.cleanup?.steps ?? []) expect(changed).not.toContain(`--name ${key} `);
      }),
      { numRuns: 60 },
    );
  });
});
