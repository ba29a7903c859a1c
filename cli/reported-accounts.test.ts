import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defaultRegions } from "@/lib/checks/regions";
import { startSandbox } from "@/sandbox/server";
import type { WorldFile } from "@/sandbox/world/world-file";
import { run, setAwsEnvironment } from "./testing/run";

// Accounts that people reported, each wrongly judged before: as they appear on the command line.

const id = "111122223333";
const now = "2026-11-22T12:00:00Z";
const environment = { ...process.env };
const open: { close(): unknown }[] = [];

beforeAll(() => setAwsEnvironment({}));
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});
afterAll(() => {
  process.env = environment;
});

const keys = { AWS_ACCESS_KEY_ID: `AKIA${id}TEST`, AWS_SECRET_ACCESS_KEY: "any" };
const working = { isLogging: true, startLoggingTime: "-300d", latestDeliveryTime: "-5m" };
const audit = { name: "audit", homeRegion: "eu-central-1", isMultiRegion: true, status: working };

async function check(world: Omit<WorldFile, "now">, options: readonly string[] = []) {
  const sandbox = await startSandbox({ world: { now, ...world } as WorldFile });
  open.push(sandbox);
  setAwsEnvironment({ AWS_ENDPOINT_URL: sandbox.url, ...keys });
  const ran = await run(["check", "cloudtrail.not_multi_region", "--now", now, "--json", ...options]);
  return { code: ran.code, report: JSON.parse(ran.out) as Record<string, unknown> };
}

describe("an account that a service control policy keeps out of us-east-1", () => {
  const regions = [
    ...defaultRegions("aws").map((name) => ({ name, optInStatus: "opt-in-not-required" })),
    { name: "eu-south-1", optInStatus: "opted-in" },
  ];
  const trails = [{ ...audit, existsInRegions: defaultRegions("aws") }];

  it("is asked for its Regions elsewhere, so that a gap in an opt-in Region shows", async () => {
    const scp = { denyRegions: ["us-east-1"] };
    const { code, report } = await check({ accounts: [{ account: { id }, regions, trails, scp }] });
    expect(code).toBe(1);
    expect(report).toMatchObject({
      reason: "MULTI_REGION_REGION_GAP",
      uncoveredRegions: ["eu-south-1"],
      unknownRegions: ["us-east-1"],
    });
    expect(report["advisories"]).not.toContain("REGION_LIST_UNAVAILABLE");
  });

  it("is asked so too when it closes every Region but those of Europe", async () => {
    const scp = { allowRegions: regions.map(({ name }) => name).filter((name) => name.startsWith("eu-")) };
    const { report } = await check({ accounts: [{ account: { id }, regions, trails, scp }] });
    expect(report).toMatchObject({ reason: "MULTI_REGION_REGION_GAP", uncoveredRegions: ["eu-south-1"] });
  });

  it("is judged by its default Regions when no Region gives the list", async () => {
    const faults = [{ kind: "deny", api: "ec2:DescribeRegions" }] as const;
    const { report } = await check({ accounts: [{ account: { id }, regions, trails }], faults });
    expect(report).toMatchObject({ verdict: "PASS", assurance: "INFERRED" });
    expect(report["advisories"]).toContain("REGION_LIST_UNAVAILABLE");
  });
});

describe("a quiet account", () => {
  const stale = { ...working, latestDeliveryTime: "-3d" };

  it("passes when its home Region is silent and another delivered", async () => {
    const trail = { ...audit, status: stale, statusByRegion: { "us-east-1": working } };
    const { code, report } = await check({ accounts: [{ account: { id }, trails: [trail] }] });
    expect(code).toBe(0);
    expect(report).toMatchObject({ reason: "COVERED", assurance: "VERIFIED", advisories: [] });
  });

  it("passes on inference when nothing was delivered for days and nothing is known to have happened", async () => {
    const account = { account: { id }, quiet: true, trails: [{ ...audit, status: stale }] };
    const { code, report } = await check({ accounts: [account] });
    expect(code).toBe(0);
    expect(report).toMatchObject({ assurance: "INFERRED", advisories: ["NO_RECENT_DELIVERY"] });
    const text = await run(["check", "cloudtrail.not_multi_region", "--now", now]);
    expect(text.out).toContain("INFERRED · no recent delivery to prove it");
  });
});

describe("a denial", () => {
  const caller = `arn:aws:sts::${id}:assumed-role/Audit/posturio-1`;
  const allows = (policy: string) => `because no ${policy} allows the cloudtrail:DescribeTrails action`;
  const denies = (policy: string) => `with an explicit deny in ${policy}`;

  /** What the command line prints when DescribeTrails is refused everywhere with this sentence of AWS. */
  async function printedFor(why: string, who = caller): Promise<string> {
    const message = `User: ${who} is not authorized to perform: cloudtrail:DescribeTrails ${why}`;
    const fault = {
      kind: "error",
      api: "cloudtrail:DescribeTrails",
      code: "AccessDeniedException",
      message,
      status: 400,
    };
    await check({ accounts: [{ account: { id }, trails: [audit] }], faults: [fault as never] });
    const { out, code } = await run(["check", "cloudtrail.not_multi_region", "--now", now]);
    expect(code).toBe(2);
    return out;
  }

  it.each([
    [allows("service control policy"), /No service control policy allows/i],
    [denies("a service control policy"), /Denied by a service control policy/],
    [allows("permissions boundary"), /Denied by a permissions boundary/],
    [denies("a permissions boundary"), /Denied by a permissions boundary/],
    [allows("session policy"), /Denied by a session policy/],
    [allows("VPC endpoint policy"), /Denied by a VPC endpoint policy/],
    [denies("a resource control policy"), /Denied by a resource control policy/],
    [denies("an identity-based policy"), /Denied by the caller's own policy/],
    ["", /Which of them cannot be told/],
  ])("with the words %j names the policy, and offers no grant", async (why, policy) => {
    const out = await printedFor(why);
    expect(out).toMatch(policy);
    expect(out).not.toMatch(/put-role-policy|put-user-policy|Fix: Grant the missing permission/);
    if (why !== "") expect(out).not.toContain("Missing permissions");
  });

  it("for want of a grant offers one, to the very role, user or permission set that was refused", async () => {
    const why = allows("identity-based policy");
    expect(await printedFor(why)).toContain("--role-name Audit");
    const user = await printedFor(why, `arn:aws:iam::${id}:user/ops/alice`);
    expect(user).toContain("put-user-policy");
    expect(user).toContain("--user-name alice");
    const sso = await printedFor(
      why,
      `arn:aws:sts::${id}:assumed-role/AWSReservedSSO_Auditors_0123456789abcdef/me`,
    );
    expect(sso).toContain("permission set Auditors");
    expect(sso).not.toContain("put-role-policy");
  });

  it("names the role that was given, not ours", async () => {
    const roles = [
      {
        name: "Audit",
        externalIds: ["pst_right_0123456789"],
        actions: ["ec2:DescribeRegions", "cloudtrail:DescribeTrails", "organizations:DescribeOrganization"],
      },
    ];
    const sandbox = await startSandbox({
      world: { now, accounts: [{ account: { id }, trails: [audit], roles }] },
    });
    open.push(sandbox);
    setAwsEnvironment({ AWS_ENDPOINT_URL: sandbox.url, ...keys, AWS_ACCESS_KEY_ID: "AKIA999999999999SCAN" });
    const role = ["--role-arn", `arn:aws:iam::${id}:role/Audit`, "--external-id", "pst_right_0123456789"];
    const { out } = await run(["check", "cloudtrail.not_multi_region", "--now", now, ...role]);
    expect(out).toContain("--role-name Audit");
    expect(out).not.toContain("PosturioReadOnly");
  });

  it("of the Region list by a service control policy lacks no permission, and its Region is not to be left unread", async () => {
    const faults = [{ kind: "scp", api: "ec2:DescribeRegions" } as const];
    await check({ accounts: [{ account: { id }, trails: [audit] }], faults });
    const { out } = await run(["check", "cloudtrail.not_multi_region", "--now", now]);
    expect(out).not.toMatch(/Missing permissions|leave us-east-1 unread/);
  });
});

describe("a command line without a role", () => {
  it("speaks of no role that could not be assumed", async () => {
    const faults = [{ kind: "token_refused", api: "sts:GetCallerIdentity" } as const];
    await check({ accounts: [{ account: { id }, trails: [audit] }], faults });
    const { out } = await run(["check", "cloudtrail.not_multi_region", "--now", now]);
    expect(out).toContain("The account could not be read");
    expect(out).not.toMatch(/role could not be assumed|Role not assumable/i);
  });
});

describe("a refused ARN", () => {
  const custom = { hasCustomEventSelectors: true, eventSelectors: [{ readWriteType: "All" }] };
  const refused = (message: string) => ({
    kind: "error",
    api: "cloudtrail:GetEventSelectors",
    code: "CloudTrailARNInvalidException",
    message,
    status: 400,
  });

  it.each([
    "Region in ARN is wrong, you can only access resources in region us-east-1.",
    "The ARN is not valid.",
  ])("of a trail of this account belongs to no other: %s", async (message) => {
    const trails = [{ ...audit, ...custom }];
    const { report } = await check({
      accounts: [{ account: { id }, trails }],
      faults: [refused(message) as never],
    });
    expect(report).toMatchObject({ reason: "EVENT_SELECTORS_UNREADABLE", remediation: { action: "RETRY" } });
    const { out } = await run(["check", "cloudtrail.not_multi_region", "--now", now]);
    expect(out).toContain("AWS refused the ARN of the trail");
    expect(out).not.toMatch(/another account|do not own|management/i);
  });
});

describe("an account of a partition that is not supported", () => {
  const arn = `arn:aws-iso:iam::${id}:user/admin`;

  /** Answers who is calling, and counts whatever else is asked. */
  async function isoEndpoint() {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const isIdentity = body.includes("GetCallerIdentity");
        if (!isIdentity) asked.push(body || String(request.headers["x-amz-target"]));
        response.setHeader("content-type", "text/xml");
        response.statusCode = isIdentity ? 200 : 400;
        response.end(
          `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${id}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>x</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  it.each(["us-iso-east-1", "us-east-1", ""])("is not evaluated, with AWS_REGION=%s", async (region) => {
    const { url, asked } = await isoEndpoint();
    setAwsEnvironment({ AWS_ENDPOINT_URL: url, ...keys, ...(region ? { AWS_REGION: region } : {}) });
    const { code, out } = await run(["check", "cloudtrail.not_multi_region", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      verdict: "NOT_EVALUATED",
      partition: "aws-iso",
      remediation: { action: "FIX_CONNECTION" },
      coveredRegions: [],
    });
    expect(asked).toEqual([]);
    const text = await run(["check", "cloudtrail.not_multi_region"]);
    expect(text.out).toContain("The partition aws-iso is not supported");
  });

  it("is not asked at all by a role of it", async () => {
    const { url, asked } = await isoEndpoint();
    setAwsEnvironment({ AWS_ENDPOINT_URL: url, ...keys });
    const role = `arn:aws-iso-b:iam::${id}:role/Audit`;
    const argv = ["check", "cloudtrail.not_multi_region", "--role-arn", role, "--external-id", "pst_1"];
    const { code, out } = await run([...argv, "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ partition: "aws-iso-b", accountId: id, apiCalls: 0 });
    expect(asked).toEqual([]);
  });

  it("is said so of saved answers", async () => {
    const answers = [{ call: "sts:GetCallerIdentity", answer: { Account: id, Arn: arn } }];
    const files = {
      "answers.json": JSON.stringify({
        format: "posturio-aws-answers-1",
        takenAt: now,
        answers,
        complete: true,
      }),
    };
    const { code, err } = await run(["try", "answers.json"], { files });
    expect(code).toBe(2);
    expect(err).toContain("The partition aws-iso is not supported");
  });
});

describe("a trail whose digest files do not arrive", () => {
  const gov = (status: object) => {
    const arn = `arn:aws-us-gov:cloudtrail:us-gov-west-1:${id}:trail/audit`;
    const described = {
      Name: "audit",
      IsMultiRegionTrail: true,
      HomeRegion: "us-gov-west-1",
      TrailARN: arn,
      LogFileValidationEnabled: true,
      HasCustomEventSelectors: false,
    };
    const names = ["us-gov-east-1", "us-gov-west-1"];
    const usual = {
      IsLogging: true,
      StartLoggingTime: "2025-01-01T00:00:00Z",
      LatestDeliveryTime: "2026-11-22T11:55:00Z",
      LatestDigestDeliveryTime: "2026-11-22T11:00:00Z",
    };
    const answers = [
      {
        call: "sts:GetCallerIdentity",
        answer: { Account: id, Arn: `arn:aws-us-gov:sts::${id}:assumed-role/Reader/me` },
      },
      {
        call: "ec2:DescribeRegions",
        answer: { Regions: names.map((RegionName) => ({ RegionName, OptInStatus: "opt-in-not-required" })) },
      },
      ...names.flatMap((region, index) => [
        { call: "cloudtrail:DescribeTrails", region, answer: { trailList: [described] } },
        {
          call: "cloudtrail:GetTrailStatus",
          region,
          target: arn,
          // Not in the home Region: each speaks for itself alone.
          answer: index === 0 ? { ...usual, ...status } : usual,
        },
      ]),
      {
        call: "cloudtrail:GetEventSelectors",
        region: "us-gov-west-1",
        target: arn,
        answer: { TrailARN: arn },
      },
    ];
    return JSON.stringify({ format: "posturio-aws-answers-1", takenAt: now, answers, complete: true });
  };
  const judge = (status: object) =>
    run(["try", "answers.json", "--check", "cloudtrail.log_validation_disabled"], {
      files: { "answers.json": gov(status) },
    });

  it.each([
    { LatestDigestDeliveryError: "AccessDenied", LatestDigestDeliveryTime: "2026-10-13T08:00:00Z" },
    { LatestDigestDeliveryError: "AccessDenied" },
    { LatestDigestDeliveryTime: "2026-10-13T08:00:00Z" },
  ])("is not said to prove its log files: %j", async (status) => {
    const { code, out } = await judge(status);
    expect(code).toBe(0);
    expect(out).toContain("digest files of audit do not arrive");
    expect(out).toContain("INFERRED");
    expect(out).not.toMatch(/VERIFIED|proves its log files/);
  });

  it("is, where they do", async () => {
    const { out } = await judge({});
    expect(out).toMatch(/proves its log files/);
    expect(out).toContain("VERIFIED");
  });
});
