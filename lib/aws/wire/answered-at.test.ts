import { afterEach, expect, it } from "vitest";
import { collect } from "@/lib/aws/collect";
import { startSandbox } from "@/sandbox/server";
import type { FaultSpec } from "@/sandbox/world/world-file";
import { CallLimiter } from "./limiter";

const id = "111122223333";
const worldNow = "2031-05-06T07:08:09Z";
const open: { close(): void | Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function callsWith(...faults: FaultSpec[]) {
  const regions = ["us-east-1", "eu-west-1"].map((name) => ({ name, optInStatus: "opt-in-not-required" }));
  const sandbox = await startSandbox({
    world: { now: worldNow, accounts: [{ account: { id }, regions, trails: [] }], faults },
  });
  sandbox.control.time({ frozen: true, set: worldNow });
  const collection = await collect({
    account: { id, partition: "aws" },
    role: { arn: `arn:aws:iam::${id}:role/PosturioReadOnly`, externalId: "pst_test" },
    sessionName: "posturio-test",
    needs: ["organization", "cloudtrail.trails"],
    signal: new AbortController().signal,
    endpoint: sandbox.url,
    limiter: new CallLimiter(),
    wire: { maxAttempts: 2, requestTimeoutMs: 300 },
    baseCredentials: async () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" }),
  });
  open.push(sandbox, collection);
  const inEurope = collection.calls.find(({ region }) => region === "eu-west-1");
  return { calls: collection.calls, inEurope };
}

const api = "cloudtrail:DescribeTrails";
const region = "eu-west-1";

it("keeps the date of AWS's answer beside our own clock's beginning of the call", async () => {
  const { calls } = await callsWith();
  expect(calls.map(({ answeredAt }) => answeredAt)).toEqual(calls.map(() => "2031-05-06T07:08:09.000Z"));
  for (const { at } of calls) expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
});

it.each([
  ["a refusal", { kind: "deny" }, "denied"],
  ["a throttle", { kind: "throttle" }, "throttled"],
  ["an answer that is not the protocol", { kind: "html", status: 200 }, "garbage"],
] as const)("keeps it of %s as well", async (_, fault, outcome) => {
  const { inEurope } = await callsWith({ ...fault, api, region });
  expect(inEurope).toMatchObject({ outcome, answeredAt: "2031-05-06T07:08:09.000Z" });
});

it.each([
  ["silence", "hang", "timeout"],
  ["a cut connection", "reset", "network"],
] as const)("has none of %s", async (_, kind, outcome) => {
  const { inEurope } = await callsWith({ kind, api, region });
  expect(inEurope?.outcome).toBe(outcome);
  expect(inEurope).not.toHaveProperty("answeredAt");
});

it("repeats no refusal because the endpoint's clock is another one", async () => {
  const { calls, inEurope } = await callsWith({ kind: "deny", api, region });
  expect(inEurope).toMatchObject({ outcome: "denied", attempts: 1 });
  expect(calls.map(({ attempts }) => attempts)).toEqual(calls.map(() => 1));
});
