import { DescribeTrailsCommand, ThrottlingException } from "@aws-sdk/client-cloudtrail";
import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./server";
import { clients, keysOf } from "./testing/clients";
import type { FaultSpec } from "./world/world-file";

const id = "333333333333";
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ world: { account: { id, orgRole: "STANDALONE" } } });
});

afterEach(() => sandbox.close());

function aws(region = "us-east-1") {
  return clients(sandbox.url, keysOf(id), region);
}

async function script(...faults: FaultSpec[]): Promise<void> {
  const answer = await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: "POST",
    body: JSON.stringify(faults),
  });
  expect(answer.status).toBe(200);
}

const trails = (region?: string) => aws(region).cloudtrail.send(new DescribeTrailsCommand({}));
const regions = () => aws().ec2.send(new DescribeRegionsCommand({}));

test("throttling speaks each service's code, for the first N calls only", async () => {
  await script({ kind: "throttle", first: 2 });
  await expect(trails()).rejects.toBeInstanceOf(ThrottlingException);
  await expect(trails()).rejects.toBeInstanceOf(ThrottlingException);
  await trails();
  await expect(regions()).rejects.toMatchObject({ name: "RequestLimitExceeded" });
});

test("a denial names its cause, and an SCP says so", async () => {
  await script({ kind: "deny", api: "ec2:DescribeRegions" });
  await script({ kind: "scp", api: "cloudtrail:*", region: "eu-west-1" });
  await expect(regions()).rejects.toMatchObject({ name: "UnauthorizedOperation" });
  await expect(trails("eu-west-1")).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringContaining("with an explicit deny in a service control policy"),
  });
  await trails("us-east-1");
});

test("server errors, HTML, half an answer and a cut connection reach the client as such", async () => {
  await script({ kind: "server_error", region: "us-east-1" });
  await expect(trails()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  await script({ kind: "html", region: "us-west-2" });
  await expect(trails("us-west-2")).rejects.toThrow();
  await script({ kind: "truncated", region: "eu-west-1" });
  await expect(trails("eu-west-1")).rejects.toThrow();
  await script({ kind: "reset", region: "eu-west-2" });
  await expect(trails("eu-west-2")).rejects.toThrow(/ECONNRESET|socket hang up/);
});

test("a hanging call ends when the client gives up", async () => {
  await script({ kind: "hang" });
  const abortSignal = AbortSignal.timeout(100);
  await expect(aws().cloudtrail.send(new DescribeTrailsCommand({}), { abortSignal })).rejects.toMatchObject({
    name: "AbortError",
  });
});

test("refused and expired tokens carry the code of their service", async () => {
  await script({ kind: "token_refused", region: "eu-west-1" }, { kind: "expired", region: "us-west-2" });
  await expect(trails("eu-west-1")).rejects.toMatchObject({ name: "UnrecognizedClientException" });
  await expect(aws("eu-west-1").sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: "InvalidClientTokenId",
  });
  await expect(trails("us-west-2")).rejects.toMatchObject({ name: "ExpiredTokenException" });
});

test("latency delays the answer and calls are counted per account, Region and API", async () => {
  await script({ kind: "latency", latencyMs: 60 });
  const started = performance.now();
  await Promise.all([trails(), trails(), trails("eu-west-1")]);
  expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  const answer = await fetch(`${sandbox.url}/_sandbox/calls?api=cloudtrail:DescribeTrails`);
  const { counts, maxInFlight, calls } = await answer.json();
  expect(counts).toContainEqual(
    expect.objectContaining({ account: id, region: "us-east-1", total: 2, maxPerSecond: expect.any(Number) }),
  );
  expect(maxInFlight).toBe(3);
  expect(calls.length).toBe(3);
});

test("faults can be listed, removed one by one and all at once, and reset forgets them", async () => {
  await script({ id: "one", kind: "throttle" }, { id: "two", kind: "deny" });
  const remove = (query: string) => fetch(`${sandbox.url}/_sandbox/faults${query}`, { method: "DELETE" });
  expect(await (await remove("?id=two")).json()).toEqual({ removed: 1 });
  expect(await (await remove("")).json()).toEqual({ removed: 1 });
  await trails();
  await script({ kind: "deny" });
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  await trails();
});

test("AWS's own request limits can be switched on", async () => {
  sandbox.control.settings({ rateLimits: true });
  const answers = await Promise.allSettled(Array.from({ length: 15 }, () => trails()));
  expect(answers.filter((answer) => answer.status === "fulfilled").length).toBeGreaterThanOrEqual(10);
  expect(answers.filter((answer) => answer.status === "rejected").length).toBeGreaterThanOrEqual(3);
});

test("an unknown action and an unsigned call get AWS's own error", async () => {
  const scope = `AWS4-HMAC-SHA256 Credential=AKIA/20261122/us-east-1/cloudtrail/aws4_request`;
  const headers = { authorization: scope, "x-amz-target": "CloudTrail_20131101.NoSuchThing" };
  const unknown = await fetch(sandbox.url, { method: "POST", headers, body: "{}" });
  expect(unknown.status).toBe(400);
  expect(await unknown.json()).toMatchObject({ __type: "UnknownOperationException" });
  const unsigned = await fetch(sandbox.url, { method: "POST", body: "Action=GetCallerIdentity" });
  expect(unsigned.status).toBe(403);
  expect(await unsigned.text()).toContain("<Code>MissingAuthenticationToken</Code>");
});
