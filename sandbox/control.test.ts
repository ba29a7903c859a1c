import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTrailsCommand, GetTrailStatusCommand, UpdateTrailCommand } from "@aws-sdk/client-cloudtrail";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./server";
import { clients, keysOf, scannerKeys } from "./testing/clients";
import { demoAccounts, demoRoleName, demoWorld } from "./worlds/demo";

const { prod, payments, dataPlatform, mlResearch, staging } = demoAccounts;

let sandbox: Sandbox;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "sandbox-"));
  sandbox = await startSandbox({ world: demoWorld() });
});

afterEach(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true });
});

async function control(method: string, path: string, body?: unknown) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, init);
  return { status: answer.status, body: await answer.json() };
}

function cloudtrail(account: string, region: string) {
  return clients(sandbox.url, keysOf(account), region).cloudtrail;
}

async function status(account: string, region: string, name: string, home = region) {
  const Name = `arn:aws:cloudtrail:${home}:${account}:trail/${name}`;
  return await cloudtrail(account, region).send(new GetTrailStatusCommand({ Name }));
}

test("health answers and an unknown control says so", async () => {
  expect(await control("GET", "health")).toEqual({ status: 200, body: { status: "ok" } });
  expect((await control("POST", "nonsense", {})).status).toBe(404);
  expect((await control("POST", "deploy", { account: prod, trail: "none" })).status).toBe(400);
});

test("it listens on loopback alone unless told otherwise", async () => {
  const elsewhere = `http://127.0.0.2:${sandbox.port}/_sandbox/health`;
  await expect(fetch(elsewhere)).rejects.toThrow();
  const told = await startSandbox({ world: demoWorld(), host: "0.0.0.0" });
  try {
    const answer = await fetch(`http://127.0.0.2:${told.port}/_sandbox/health`);
    expect(answer.status).toBe(200);
  } finally {
    await told.close();
  }
});

test("time can be advanced, set and frozen", async () => {
  await control("POST", "time", { frozen: true });
  const { body } = await control("POST", "time", { set: "2027-01-01T00:00:00Z" });
  expect(body).toEqual({ now: "2027-01-01T00:00:00.000Z", frozen: true });
  expect((await control("POST", "time", { advance: "90m" })).body.now).toBe("2027-01-01T01:30:00.000Z");
  expect((await control("GET", "state")).body.now).toBe("2027-01-01T01:30:00.000Z");
});

test("answers are dated by the sandbox's clock", async () => {
  await control("POST", "time", { frozen: true });
  await control("POST", "time", { set: "2027-01-01T00:00:00Z" });
  await control("POST", "time", { advance: "30d" });
  const refused = await fetch(sandbox.url, { method: "POST", body: "Action=GetCallerIdentity" });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.headers.get("date")).toBe("Sun, 31 Jan 2027 00:00:00 GMT");
});

test("a deploy reverts the trail and leaves an event of the pipeline", async () => {
  await control("POST", "deploy", { account: payments, trail: "payments-audit" });
  const away = await cloudtrail(payments, "eu-west-1").send(new DescribeTrailsCommand({}));
  expect(away.trailList).toEqual([]);
  const home = await cloudtrail(payments, "us-east-1").send(new DescribeTrailsCommand({}));
  expect(home.trailList?.[0]?.IsMultiRegionTrail).toBe(false);
  const events = sandbox.control.world.accounts.get(payments)?.activity.get("us-east-1")?.events;
  expect(events?.some((event) => event.userName === "terraform" && event.name === "UpdateTrail")).toBe(true);
  await control("POST", "deploy", { account: staging, trail: "staging", action: "delete" });
  expect((await cloudtrail(staging, "us-east-1").send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
});

test("demo roles cannot be assumed before an external id is given", async () => {
  const sts = clients(sandbox.url, scannerKeys).sts;
  const input = {
    RoleArn: `arn:aws:iam::${prod}:role/${demoRoleName}`,
    RoleSessionName: "posturio-demo",
    ExternalId: "pst_demo",
  };
  await expect(sts.send(new AssumeRoleCommand(input))).rejects.toMatchObject({ name: "AccessDenied" });
  await control("POST", "roles", { account: prod, roleName: demoRoleName, externalIds: ["pst_demo"] });
  await sts.send(new AssumeRoleCommand(input));
});

test("the demo world shows what it promises", async () => {
  const world = sandbox.control.world;
  expect(world.organization?.memberIds?.length).toBe(14);
  expect(world.accounts.get(prod)?.regions.size).toBe(34);
  const logged = [...(world.accounts.get(prod)?.regions.keys() ?? [])].filter(
    (region) => world.trailsVisible(world.accounts.get(prod) as never, region).length > 0,
  );
  expect(logged.length).toBe(6);
  expect((await status(prod, "eu-west-2", "audit-london")).LatestDeliveryError).toBe("AccessDenied");
  expect((await status(mlResearch, "me-central-1", "research", "us-west-2")).LatestDeliveryError).toBe(
    "AccessDenied",
  );
  expect(
    (await status(mlResearch, "il-central-1", "research", "us-west-2")).LatestDeliveryError,
  ).toBeUndefined();
  await expect(
    cloudtrail(demoAccounts.sandbox, "sa-east-1").send(new DescribeTrailsCommand({})),
  ).rejects.toMatchObject({ message: expect.stringContaining("service control policy") });
});

test("a repaired bucket policy ends the delivery error one delay later", async () => {
  const bucket = "acme-data-platform-logs";
  const scope = `Credential=AKIA${dataPlatform}TEST/20261122/us-east-1/s3/aws4_request`;
  const policy = {
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: {
          StringEquals: {
            "aws:SourceArn": `arn:aws:cloudtrail:us-east-1:${dataPlatform}:trail/platform-trail`,
          },
        },
      },
    ],
  };
  const before = await status(dataPlatform, "eu-west-1", "platform-trail", "us-east-1");
  expect(before.LatestDeliveryError).toBe("AccessDenied");
  sandbox.control.time({ advance: "1h" });
  expect((await status(dataPlatform, "us-east-1", "platform-trail")).LatestDeliveryError).toBe(
    "AccessDenied",
  );
  const put = await fetch(`${sandbox.url}/${bucket}?policy`, {
    method: "PUT",
    headers: { authorization: `AWS4-HMAC-SHA256 ${scope}` },
    body: JSON.stringify(policy),
  });
  expect(put.status).toBe(204);
  sandbox.control.time({ advance: "2m" });
  const after = await status(dataPlatform, "eu-west-1", "platform-trail", "us-east-1");
  expect(after.LatestDeliveryError).toBeUndefined();
  expect(after.LatestDeliveryTime?.getTime()).toBeGreaterThan(
    before.LatestDeliveryTime?.getTime() ?? Infinity,
  );
});

test("delivery can be broken and repaired in single Regions", async () => {
  const broken = {
    account: payments,
    trail: "payments-audit",
    regions: ["eu-west-1"],
    error: "NoSuchBucket",
  };
  await control("POST", "delivery", broken);
  expect((await status(payments, "eu-west-1", "payments-audit", "us-east-1")).LatestDeliveryError).toBe(
    "NoSuchBucket",
  );
  expect((await status(payments, "us-east-1", "payments-audit")).LatestDeliveryError).toBeUndefined();
  await control("POST", "delivery", { account: payments, trail: "payments-audit", error: null });
  expect(
    (await status(payments, "eu-west-1", "payments-audit", "us-east-1")).LatestDeliveryError,
  ).toBeUndefined();
});

test("with a journal a restarted sandbox knows every change, and a reset forgets them", async () => {
  const journal = join(directory, "journal.jsonl");
  const start = async () => {
    await sandbox.close();
    sandbox = await startSandbox({ world: demoWorld(), journal });
  };
  await start();
  const convert = new UpdateTrailCommand({ Name: "staging", IsMultiRegionTrail: true });
  await cloudtrail(staging, "us-east-1").send(convert);
  await control("POST", "roles", { account: prod, roleName: demoRoleName, externalIds: ["pst_kept"] });
  await start();
  expect((await status(staging, "eu-west-3", "staging", "us-east-1")).IsLogging).toBe(true);
  expect(JSON.stringify(sandbox.control.world.accounts.get(prod)?.roles.get(demoRoleName)?.trust)).toContain(
    "pst_kept",
  );
  expect((await control("GET", "calls")).body.total).toBe(1);
  await control("POST", "reset");
  await start();
  const { trailList } = await cloudtrail(staging, "eu-west-3").send(new DescribeTrailsCommand({}));
  expect(trailList).toEqual([]);
});
