import { afterAll, beforeAll, describe, expect, it } from "vitest";
import table from "@/lib/checks/cloudtrail/not-multi-region/truth-table.json";
import meta from "@/lib/checks/cloudtrail/not-multi-region/truth-table.meta.json";
import type { TruthTableCase } from "@/lib/checks/testing/truth-table";
import { startSandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";
import { run, setAwsEnvironment } from "./testing/run";

const cases = table as unknown as readonly TruthTableCase[];

/** What the command line cannot know: it sees one account, now, and keeps nothing. */
function isBeyondOneReading(testCase: TruthTableCase): boolean {
  return (
    testCase.orgEvidence !== undefined ||
    testCase.policy !== undefined ||
    testCase.regions.some(({ enabledSince, lastKnownActivity }) => enabledSince ?? lastKnownActivity) ||
    testCase.trails.some(({ multiRegionSince, readEventsSince }) => multiRegionSince ?? readEventsSince) ||
    (testCase.errors?.some(({ api }) => api === "ec2:DescribeRegions") ?? false)
  );
}

const readable = cases.filter((testCase) => !isBeyondOneReading(testCase));
const concernsRole = ({ errors }: TruthTableCase) => errors?.some(({ api }) => api === "sts:AssumeRole");
const environment = { ...process.env };

beforeAll(() => setAwsEnvironment({}));
afterAll(() => {
  process.env = environment;
});

it("leaves out only the cases that need more than one reading of one account", () => {
  const left = cases.filter(isBeyondOneReading).map(({ id }) => id);
  expect(left).toEqual(["C17", "C18", "C20", "C21", "C27", "F05", "F08", "G12", "I01", "I02"]);
});

async function check(testCase: TruthTableCase, options: readonly string[]) {
  const sandbox = await startSandbox({ world: testCase as unknown as CaseSpec });
  try {
    setAwsEnvironment({
      AWS_ENDPOINT_URL: sandbox.url,
      AWS_ACCESS_KEY_ID: `AKIA${testCase.account.id}TEST`,
      AWS_SECRET_ACCESS_KEY: "any",
    });
    const { code, out, err } = await run([
      "check",
      "cloudtrail.not_multi_region",
      "--json",
      "--now",
      meta.now,
      ...options,
    ]);
    expect(err).toBe("");
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    return { code, report: JSON.parse(out) as Record<string, unknown> };
  } finally {
    await sandbox.close();
  }
}

const exitCodes: Readonly<Record<string, number>> = { PASS: 0, FAIL: 1, NOT_EVALUATED: 2 };
const sorted = (list: unknown) => [...(list as readonly string[])].sort();

function expectCase(testCase: TruthTableCase, code: number, report: Record<string, unknown>): void {
  const { disposition: _, ...expected } = testCase.expected;
  const { apiCalls, durationMs, ...verdict } = report;
  const lists = [
    "coveredRegions",
    "partialRegions",
    "uncoveredRegions",
    "unknownRegions",
    "advisories",
  ] as const;
  const asSets = (object: Readonly<Record<string, unknown>>) => ({
    ...object,
    ...Object.fromEntries(lists.map((name) => [name, sorted(object[name])])),
  });
  expect(asSets(verdict)).toEqual({
    checkId: meta.checkId,
    accountId: testCase.account.id,
    partition: testCase.account.partition,
    ...asSets(expected),
  });
  expect(code).toBe(exitCodes[expected.verdict]);
  expect(apiCalls).toBeGreaterThan(0);
  expect(durationMs).toBeGreaterThanOrEqual(0);
}

const named = (list: readonly TruthTableCase[]) => list.map((each) => [each.id, each.title, each] as const);

describe("posturio check --json with the credentials of the account", () => {
  it.each(named(readable.filter((testCase) => !concernsRole(testCase))))(
    "%s: %s",
    async (_id, _title, testCase) => {
      const { code, report } = await check(testCase, []);
      expectCase(testCase, code, report);
    },
  );
});

describe("posturio check --json with a role", () => {
  it.each(named(readable))("%s: %s", async (_id, _title, testCase) => {
    const { id, partition } = testCase.account;
    const role = `arn:${partition}:iam::${id}:role/PosturioReadOnly`;
    const { code, report } = await check(testCase, ["--role-arn", role, "--external-id", "x"]);
    expectCase(testCase, code, report);
  });
});

it("prints the members of the contract, in its order", async () => {
  const testCase = cases.find(({ id }) => id === "B02") as TruthTableCase;
  const { report } = await check(testCase, []);
  expect(Object.keys(report)).toEqual(
    "checkId accountId partition verdict reason severity assurance coveredRegions partialRegions uncoveredRegions unknownRegions remediation advisories apiCalls durationMs".split(
      " ",
    ),
  );
  expect(report["remediation"]).toEqual({
    action: "CONVERT_TRAIL",
    account: "333333333333",
    region: "us-east-1",
    trail: "main",
  });
});
