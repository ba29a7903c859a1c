import { afterEach, expect, it } from "vitest";
import { sequentialDepth } from "@/bench/sequential-depth";
import { defaultRegions, knownRegions } from "@/lib/checks/regions";
import { startSandbox } from "@/sandbox/server";
import { caseNow, type FaultSpec, type TrailSpec } from "@/sandbox/world/world-file";
import { type Collection, collect } from "./collect";
import { accountReply, replyXml, wireServer } from "./testing/wire-server";
import { CallLimiter } from "./wire/limiter";

const id = "111122223333";
const defaults = defaultRegions("aws");
const optIn = knownRegions
  .filter(({ partition, isOptIn }) => partition === "aws" && isOptIn)
  .map(({ name }) => name);
const open: { close(): void | Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const main: TrailSpec = {
  name: "main",
  homeRegion: "us-east-1",
  isMultiRegion: true,
  // Only trails with selectors of their own make their reading matter.
  eventSelectors: [{ readWriteType: "All", includeManagementEvents: true }],
  status: { isLogging: true, startLoggingTime: "-90d", latestDeliveryTime: "-5m" },
};
const arnOf = ({ name, homeRegion }: TrailSpec) => `arn:aws:cloudtrail:${homeRegion}:${id}:trail/${name}`;

async function read(endpoint: string): Promise<Collection> {
  const collection = await collect({
    account: { id, partition: "aws" },
    role: { arn: `arn:aws:iam::${id}:role/PosturioReadOnly`, externalId: "pst_test" },
    sessionName: "posturio-test",
    needs: ["organization", "iam.account_summary", "cloudtrail.trail_status", "cloudtrail.event_selectors"],
    signal: new AbortController().signal,
    endpoint,
    limiter: new CallLimiter(),
    wire: { maxAttempts: 1 },
    baseCredentials: async () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" }),
  });
  open.push(collection);
  return collection;
}

async function readWorld(
  trails: readonly TrailSpec[],
  { regions = defaults, faults = [] }: { regions?: readonly string[]; faults?: readonly FaultSpec[] } = {},
) {
  const sandbox = await startSandbox({
    world: {
      now: caseNow,
      accounts: [
        {
          account: { id },
          regions: regions.map((name) => ({
            name,
            optInStatus: optIn.includes(name) ? "opted-in" : "opt-in-not-required",
          })),
          trails,
        },
      ],
      faults: [{ kind: "latency", latencyMs: 80 }, ...faults],
    },
  });
  open.push(sandbox);
  const { facts, calls } = await read(sandbox.url);
  return { facts, calls, depth: sequentialDepth(calls) };
}

const perRegion = (count: number) => 2 * count;
/** AssumeRole, GetCallerIdentity, DescribeRegions, DescribeOrganization, GetAccountSummary, GetEventSelectors. */
const once = 6;

it("reads an account whose trail shows in the primary Region three calls deep, with no call more", async () => {
  const { calls, depth, facts } = await readWorld([main]);
  expect(depth).toBe(3);
  expect(calls).toHaveLength(once + perRegion(17));
  expect(Object.keys(facts["cloudtrail.trail_status"]?.[arnOf(main)] ?? {})).toHaveLength(17);
});

it("does so in opt-in Regions too, and for a trail that is at home elsewhere", async () => {
  const trail = { ...main, homeRegion: "eu-west-1" };
  const { calls, depth, facts } = await readWorld([trail], { regions: [...defaults, ...optIn] });
  expect(depth).toBe(3);
  expect(calls).toHaveLength(once + perRegion(defaults.length + optIn.length));
  expect(facts["cloudtrail.event_selectors"]?.[arnOf(trail)]).toMatchObject({ ok: true });
});

it("reads a trail that another Region alone shows four calls deep", async () => {
  const trail = { ...main, homeRegion: "eu-west-1", isMultiRegion: false };
  const { calls, depth, facts } = await readWorld([trail]);
  expect(depth).toBe(4);
  expect(calls).toHaveLength(once + 17 + 1);
  expect(Object.keys(facts["cloudtrail.trail_status"]?.[arnOf(trail)] ?? {})).toEqual(["eu-west-1"]);
});

it("takes it for no failure that a Region does not know the trail yet, and concludes nothing from it", async () => {
  const known = defaults.filter((region) => region !== "sa-east-1");
  const { calls, facts } = await readWorld([{ ...main, existsInRegions: known }]);
  expect(facts["cloudtrail.trails"]?.["sa-east-1"]).toEqual({ ok: true, value: [] });
  expect(Object.keys(facts["cloudtrail.trail_status"]?.[arnOf(main)] ?? {}).sort()).toEqual(
    [...known].sort(),
  );
  expect(calls.filter(({ region, outcome }) => region === "sa-east-1" && outcome !== "ok")).toEqual([]);
});

it("keeps what a trail said in a Region whose list could not be read out of the facts", async () => {
  const deny = { kind: "deny", api: "cloudtrail:DescribeTrails", region: "sa-east-1" } as const;
  const { facts } = await readWorld([main], { faults: [deny] });
  const statuses = facts["cloudtrail.trail_status"]?.[arnOf(main)] ?? {};
  expect(statuses).not.toHaveProperty("sa-east-1");
  expect(Object.keys(statuses)).toHaveLength(16);
});

it("asks nothing of a session that AssumeRole itself puts into another account", async () => {
  const asked: string[] = [];
  const healthy = accountReply(id, ["us-east-1"], () => undefined);
  const arn = "arn:aws:sts::999988887777:assumed-role/PosturioReadOnly/posturio-test";
  const server = await wireServer((response, request) => {
    asked.push(/Action=(\w+)/.exec(request.body)?.[1] ?? String(request.headers["x-amz-target"]));
    if (!request.body.includes("Action=AssumeRole")) return healthy(response, request);
    const user = `<AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>`;
    const keys =
      "<Credentials><AccessKeyId>ASIAX</AccessKeyId><SecretAccessKey>y</SecretAccessKey><SessionToken>z</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>";
    replyXml(
      response,
      `<AssumeRoleResponse><AssumeRoleResult>${user}${keys}</AssumeRoleResult></AssumeRoleResponse>`,
    );
  });
  open.push(server);
  const collection = await read(server.url);
  expect(collection.connectionFailure).toMatchObject({ code: "AccountMismatch", api: "sts:AssumeRole" });
  expect(collection.facts).toEqual({});
  expect(asked).toEqual(["AssumeRole"]);
});
