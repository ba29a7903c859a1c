import { describe, expect, it } from "vitest";
import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
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
  selectors,
  singleRegionTrail,
  status,
} from "@/lib/checks/testing/cases";
import { type CaseTrail, scenario } from "@/lib/checks/testing/truth-table";

type Over = Parameters<typeof accountCase>[0];

function cleanup(over: Over) {
  const { facts, context } = scenario(accountCase(over), now);
  const evaluation = check.evaluate(facts, context);
  const said = check.describe(evaluation, facts, { ...context, accountName: "acme-prod" });
  return { verdict: evaluation.verdict, plan: said.cleanup ?? null };
}

const titles = (over: Over) => (cleanup(over).plan?.steps ?? []).map(({ title }) => title);
const kept = (over: Over) => (cleanup(over).plan?.kept ?? []).join(" ");
const validated = { logFileValidationEnabled: true };
const singles = enabledRegions.map((region) => singleRegionTrail(region));

describe("duplicates of a passing account", () => {
  it("are retired one at a time, each with its own command and its undo", () => {
    const { plan } = cleanup({ trails: [multiRegionTrail(), ...singles] });
    expect(plan?.steps.map(({ title }) => title)).toEqual(singles.map(({ name }) => `Stop ${name}`));
    expect(plan?.text.join(" ")).toContain("One trail at a time");
    const [first] = plan?.steps ?? [];
    const arn = `arn:aws:cloudtrail:us-east-1:${ownAccount}:trail/t-us-east-1`;
    const command = plainText(first?.command ?? []);
    const inRegion = (verb: string) => `aws cloudtrail ${verb} \\\n  --region us-east-1 \\\n  --name ${arn}`;
    const [stop, readBack, ...undo] = command.split("\n\n");
    expect(stop).toBe(inRegion("stop-logging"));
    expect(readBack).toContain(inRegion("get-trail-status"));
    expect(undo.join("\n\n")).toContain(inRegion("start-logging"));
    expect(plainText(first?.undo.parts ?? [])).toContain("aws cloudtrail start-logging");
  });

  it("are marked in the table of trails, and so is the one to keep", () => {
    const { facts, context } = scenario(accountCase({ trails: [multiRegionTrail(), ...singles] }), now);
    const said = check.describe(check.evaluate(facts, context), facts, { ...context, accountName: "acme" });
    const [trails] = said.sections;
    const notes = trails?.kind === "table" ? trails.rows.map(({ cells }) => cells[0]?.note) : [];
    expect(notes).toEqual(["Covers every Region on its own", ...singles.map(() => "Duplicate")]);
  });

  it("are deleted once they are stopped, before another is stopped", () => {
    const [stopped, ...rest] = singles;
    const trails = [
      multiRegionTrail(),
      ...rest,
      { ...stopped, ...validated, status: status.stopped } as CaseTrail,
    ];
    expect(titles({ trails })).toEqual(rest.map(({ name }) => `Stop ${name}`));
    const same = [
      multiRegionTrail(validated),
      ...rest,
      { ...stopped, ...validated, status: status.stopped } as CaseTrail,
    ];
    const [first] = cleanup({ trails: same }).plan?.steps ?? [];
    expect(first?.title).toBe("Delete t-us-east-1");
    expect(plainText(first?.command ?? [])).toContain("aws cloudtrail delete-trail");
    const again = plainText(first?.undo.parts ?? []);
    expect(again).toContain("aws cloudtrail create-trail");
    expect(again).toContain("--enable-log-file-validation");
    expect(again).toContain("aws cloudtrail start-logging");
  });

  it("are those of the worse trail, whichever comes first", () => {
    const worse = multiRegionTrail({ name: "worse" });
    const better = multiRegionTrail({ name: "better", homeRegion: "eu-west-1", ...validated });
    for (const trails of [
      [worse, better],
      [better, worse],
    ]) {
      expect(titles({ trails })).toEqual(["Stop worse"]);
    }
  });

  it("leave a trail alone that has what the one to keep lacks, and say what to do first", () => {
    const key = { kmsKeyId: `arn:aws:kms:us-east-1:${ownAccount}:key/1` };
    const central = { s3BucketName: `logs-${managementAccount}` };
    for (const [quality, words] of [
      [validated, "it has log file validation on, and main does not"],
      [key, "it encrypts its log files with a KMS key, and main does not"],
      [central, "it delivers to a central bucket, and main does not"],
    ] as const) {
      const trails = [multiRegionTrail(), singleRegionTrail("eu-west-1", quality)];
      expect(titles({ trails })).toEqual([]);
      expect(kept({ trails })).toContain(words);
    }
  });

  it("leave alone what carries something extra", () => {
    for (const [extra, words] of [
      [selectors.allAndData, "data or network activity events"],
      [{ hasInsightSelectors: true }, "Insights"],
      [
        { cloudWatchLogsLogGroupArn: "arn:aws:logs:eu-west-1:333333333333:log-group:trail:*" },
        "CloudWatch Logs",
      ],
    ] as const) {
      const trails = [multiRegionTrail(), singleRegionTrail("eu-west-1", extra)];
      expect(titles({ trails })).toEqual([]);
      expect(kept({ trails })).toContain(words);
    }
  });

  it("never name an organization trail, Control Tower's, or another account's", () => {
    const organization = organizationTrail({ ownerAccount: ownAccount });
    const landingZone = multiRegionTrail({ name: "aws-controltower-BaselineCloudTrail" });
    expect(titles({ trails: [multiRegionTrail(validated), organization, landingZone] })).toEqual([]);
    expect(titles({ account: member, trails: [organizationTrail(), multiRegionTrail()] })).toEqual([
      "Stop main",
    ]);
    expect(titles({ account: member, trails: [organizationTrail(), multiRegionTrail(validated)] })).toEqual(
      [],
    );
  });

  it("keep a trail whose log files may still arrive", () => {
    const trails = [multiRegionTrail(), singleRegionTrail("eu-west-1", { status: status.failing })];
    expect(titles({ trails })).toEqual([]);
    expect(kept({ trails })).toContain("Restore delivery first");
  });

  it("are only those without which every Region is proven to be logged", () => {
    const quiet = { ...status.ok, latestDeliveryTime: "2026-11-20T11:00:00Z" };
    const digest = { latestDigestDeliveryTime: "2026-11-20T11:00:00Z" };
    const silent = multiRegionTrail({ status: { ...quiet, ...digest } });
    expect(titles({ trails: [silent, ...singles] })).toEqual([]);
    const starting = multiRegionTrail({ status: status.starting });
    expect(cleanup({ trails: [starting, ...singles] })).toMatchObject({ verdict: "PASS", plan: null });
    const errors = [
      { api: "cloudtrail:GetTrailStatus", region: "eu-west-1", code: "AccessDenied", trail: "main" },
    ];
    expect(titles({ trails: [multiRegionTrail(), ...singles], errors })).not.toContain("Stop t-eu-west-1");
  });

  it("are named on no page that fails: the better trail is still to be repaired", () => {
    expect(cleanup({ trails: singles })).toMatchObject({ verdict: "FAIL", plan: null });
  });

  it("are not there when each of several trails is needed", () => {
    const trails = [
      multiRegionTrail({ name: "writes", ...selectors.writeOnly }),
      multiRegionTrail({ name: "reads", ...selectors.readOnly }),
    ];
    expect(cleanup({ trails })).toMatchObject({ verdict: "PASS", plan: null });
  });
});
