import { afterAll, describe, expect, it } from "vitest";
import { assumes, configurationOf, createdTrail, planOf } from "@/lib/offline/terraform-plan/testing";
import { run, setAwsEnvironment } from "./testing/run";

const environment = { ...process.env };
// Whatever reaches out fails: try makes no call.
setAwsEnvironment({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
afterAll(() => {
  process.env = environment;
});

const account = "333333333333";
const arn = `arn:aws:cloudtrail:us-east-1:${account}:trail/main`;
const regions = ["us-east-1", "eu-west-1"];

/** A saved reading of an account whose one trail is multi-Region or not. */
function saved(isMultiRegion: boolean): string {
  const trail = {
    Name: "main",
    TrailARN: arn,
    HomeRegion: "us-east-1",
    S3BucketName: "logs",
    IsMultiRegionTrail: isMultiRegion,
    IsOrganizationTrail: false,
    IncludeGlobalServiceEvents: true,
    HasCustomEventSelectors: false,
    HasInsightSelectors: false,
    LogFileValidationEnabled: true,
  };
  const status = {
    IsLogging: true,
    StartLoggingTime: "2026-01-10T08:00:00Z",
    LatestDeliveryTime: "2026-11-22T11:56:00Z",
  };
  const seenIn = isMultiRegion ? regions : ["us-east-1"];
  const answers = [
    {
      call: "sts:GetCallerIdentity",
      answer: { Account: account, Arn: `arn:aws:iam::${account}:user/someone` },
    },
    {
      call: "ec2:DescribeRegions",
      answer: { Regions: regions.map((RegionName) => ({ RegionName, OptInStatus: "opt-in-not-required" })) },
    },
    {
      call: "organizations:DescribeOrganization",
      error: "An error occurred (AWSOrganizationsNotInUseException)",
    },
    ...regions.flatMap((region) => [
      {
        call: "cloudtrail:DescribeTrails",
        region,
        answer: { trailList: seenIn.includes(region) ? [trail] : [] },
      },
      { call: "cloudtrail:ListEventDataStores", region, answer: { EventDataStores: [] } },
    ]),
    ...seenIn.map((region) => ({ call: "cloudtrail:GetTrailStatus", region, target: arn, answer: status })),
    {
      call: "cloudtrail:GetEventSelectors",
      region: "us-east-1",
      target: arn,
      answer: { TrailARN: arn, EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }] },
    },
    { call: "cloudtrail:ListTags", region: "us-east-1", target: arn, answer: { ResourceTagList: [] } },
  ];
  const lines = answers.map((answer) => JSON.stringify(answer)).join("\n,");
  return `{"format":"posturio-aws-answers-1","takenAt":"2026-11-22T12:00:00Z","answers":[\n${lines}\n],"complete":true}\n`;
}

const files = {
  "single.json": saved(false),
  "multi.json": saved(true),
  "-": saved(false),
  "cut.json": saved(true).slice(0, 900),
};

describe("posturio try", () => {
  it("judges saved answers without a call, with the exit codes of check", async () => {
    const fail = await run(["try", "single.json", "--json"], { files });
    expect(fail).toMatchObject({ code: 1, err: "" });
    expect(JSON.parse(fail.out)).toMatchObject({
      checkId: "cloudtrail.not_multi_region",
      accountId: account,
      verdict: "FAIL",
      reason: "SINGLE_REGION_ONLY",
      uncoveredRegions: ["eu-west-1"],
      remediation: { action: "CONVERT_TRAIL", account, region: "us-east-1", trail: "main" },
      apiCalls: 0,
    });
    const pass = await run(["try", "multi.json"], { files });
    expect(pass).toMatchObject({ code: 0, err: "" });
    expect(pass.out).toContain("Read from multi.json. Exit code 0.");
  });

  it("reads standard input for -", async () => {
    const { code, out } = await run(["try", "-", "--explain"], { files });
    expect(code).toBe(1);
    expect(out).toContain("Read from standard input");
    expect(out).toContain("Rules, in the order applied");
  });

  it("gives no verdict on half a file, and says where it ends", async () => {
    const cut = await run(["try", "cut.json", "--json"], { files });
    expect(cut.code).toBe(2);
    expect(cut.err).toMatch(/cut\.json:\d+: /);
    expect(JSON.parse(cut.out)).toMatchObject({
      verdict: "NOT_EVALUATED",
      problems: expect.arrayContaining([expect.objectContaining({ line: expect.any(Number) })]),
    });
  });

  it("says what one answer of describe-trails proves, with the exit code of a verdict", async () => {
    const listed = { "none.json": '{"trailList": []}', "multi.txt": `${arn}\tTrue\n` };
    const none = await run(["try", "none.json"], { files: listed });
    expect(none).toMatchObject({ code: 1, err: "" });
    expect(none.out).toContain("You are affected: no multi-Region trail is listed");
    const multi = await run(["try", "multi.txt", "--json"], { files: listed });
    expect(multi).toMatchObject({ code: 2, err: "" });
    expect(JSON.parse(multi.out)).toMatchObject({
      checkId: "cloudtrail.not_multi_region",
      verdict: "NOT_EVALUATED",
      partial: { next: { command: `aws cloudtrail get-trail-status --name ${arn} --region us-east-1` } },
    });
  });

  it("says what a foreign file is", async () => {
    const foreign = await run(["try", "foreign.json"], { files: { "foreign.json": '{"a": 1}' } });
    expect(foreign).toMatchObject({ code: 2, out: "" });
    expect(foreign.err).toContain("foreign.json");
  });

  it("refuses a check that does not exist", async () => {
    expect(await run(["try", "multi.json", "--check", "cloudtrail.nothing"], { files })).toMatchObject({
      code: 64,
      out: "",
    });
  });
});

describe("posturio try --plan", () => {
  /** The JSON of a plan that makes one trail, or changes it. */
  const plan = (isMultiRegion: boolean, before: boolean | null = null) => {
    const trail = (value: boolean) => ({
      name: "main",
      s3_bucket_name: "logs",
      is_multi_region_trail: value,
      include_global_service_events: true,
      enable_logging: true,
      event_selector: [],
      advanced_event_selector: [],
    });
    return JSON.stringify({
      format_version: "1.2",
      resource_changes: [
        {
          address: "aws_cloudtrail.main",
          mode: "managed",
          type: "aws_cloudtrail",
          name: "main",
          change: {
            actions: [before === null ? "create" : "update"],
            before: before === null ? null : trail(before),
            after: trail(isMultiRegion),
            after_unknown: {},
          },
        },
      ],
    });
  };

  const plans: readonly (readonly [string, string, number, string])[] = [
    ["that covers every Region", plan(true), 0, "covers"],
    ["that makes a gap", plan(false), 1, "creates_gap"],
    ["that breaks coverage", plan(false, true), 1, "breaks"],
    ["without a trail", JSON.stringify({ format_version: "1.2", resource_changes: [] }), 2, "unknown"],
    ["that is none", "Terraform will perform the following actions:", 2, "unknown"],
  ];

  it.each(plans)(
    "answers a plan %s with its exit code, in words and as JSON",
    async (_, text, exitCode, outcome) => {
      const words = await run(["try", "--plan", "plan.json"], { files: { "plan.json": text } });
      expect(words).toMatchObject({ code: exitCode, err: "" });
      const json = await run(["try", "--plan", "-", "--json"], { files: { "-": text } });
      expect(json.code).toBe(exitCode);
      const report = JSON.parse(json.out) as { outcome: string; sentence: string };
      expect(report.outcome).toBe(outcome);
      expect(words.out).toContain(report.sentence);
    },
  );

  it("prints each account of a plan, in words and as JSON", async () => {
    const configuration = configurationOf(
      { aws: {}, "aws.work": assumes("arn:aws:iam::444455556666:role/Terraform") },
      { "aws_cloudtrail.a": { provider: "aws" }, "aws_cloudtrail.b": { provider: "aws.work" } },
    );
    const changes = [
      createdTrail("aws_cloudtrail.a", { is_multi_region_trail: true }),
      createdTrail("aws_cloudtrail.b", {}),
    ];
    const files = { "plan.json": JSON.stringify(planOf(changes, { configuration })) };
    const json = await run(["try", "--plan", "plan.json", "--json"], { files });
    expect(json).toMatchObject({ code: 1, err: "" });
    const report = JSON.parse(json.out);
    expect(Object.keys(report)).toEqual([
      "checkId",
      "verdict",
      "outcome",
      "sentence",
      "accounts",
      "resources",
      "notes",
    ]);
    expect(report).toMatchObject({
      checkId: "cloudtrail.not_multi_region",
      verdict: "FAIL",
      outcome: "creates_gap",
      accounts: [
        { identity: "aws", accountId: null, outcome: "covers" },
        { accountId: "444455556666", outcome: "creates_gap", sentence: report.sentence },
      ],
    });
    expect(Object.keys(report.accounts[0])).toEqual(["identity", "accountId", "outcome", "sentence"]);
    const words = await run(["try", "--plan", "plan.json"], { files });
    expect(words.out).toContain("Account unknown, aws: covers");
    expect(words.out).toContain(
      "Account 444455556666, aws.work (arn:aws:iam::444455556666:role/Terraform): creates_gap",
    );
  });

  it("reads UTF-16, which Windows PowerShell writes", async () => {
    const bytes = Buffer.from(`\uFEFF${plan(true)}`, "utf16le");
    expect(await run(["try", "--plan", "plan.json"], { files: { "plan.json": bytes } })).toMatchObject({
      code: 0,
    });
  });

  it("prints no account of a file that holds no plan", async () => {
    const { code, out } = await run(["try", "--plan", "-", "--json"], { files: { "-": "[]" } });
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ verdict: "NOT_EVALUATED", outcome: "unknown", accounts: [] });
  });

  it("takes one file", async () => {
    const { code, err } = await run(["try", "more.json", "--plan", "plan.json"], { files });
    expect(code).toBe(64);
    expect(err).toContain("one file");
  });
});
