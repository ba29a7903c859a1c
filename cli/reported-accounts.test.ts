import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defaultRegions } from "@/lib/checks/regions";
import { startSandbox } from "@/sandbox/server";
import type { WorldFile } from "@/sandbox/world/world-file";
import { run, setAwsEnvironment } from "./testing/run";

// Accounts that people told of, each wrongly judged before: as one would meet them on the command line.

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
