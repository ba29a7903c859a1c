import { DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./server";
import { clients, keysOf, scannerKeys, sessionKeys } from "./testing/clients";
import type { RoleSpec } from "./world/world-file";

const id = "111122223333";
const roleArn = `arn:aws:iam::${id}:role/PosturioReadOnly`;

let sandbox: Sandbox;

beforeEach(async () => {
  const roles: RoleSpec[] = [
    { name: "PosturioReadOnly", externalIds: ["pst_right"] },
    { name: "PosturioOpen" },
    { name: "PosturioLike", externalIds: ["*"] },
    { name: "PosturioStranger", externalIds: ["pst_right"], principals: ["arn:aws:iam::888888888888:root"] },
    { name: "PosturioNarrow", externalIds: ["pst_right"], actions: ["cloudtrail:DescribeTrails"] },
  ];
  const accounts = [
    { account: { id, orgRole: "STANDALONE" }, roles },
    { account: { id: "444455556666", orgRole: "STANDALONE" }, roles: [] },
  ];
  sandbox = await startSandbox({ world: { accounts } });
});

afterEach(() => sandbox.close());

function assume(role: string, externalId?: string, more: { Policy?: string; DurationSeconds?: number } = {}) {
  return clients(sandbox.url, scannerKeys).sts.send(
    new AssumeRoleCommand({
      RoleArn: role.startsWith("arn:") ? role : `arn:aws:iam::${id}:role/${role}`,
      RoleSessionName: "posturio-test",
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
      ...more,
    }),
  );
}

const refused = { name: "AccessDenied", $metadata: { httpStatusCode: 403 } };

test("the scanner key is the scanner's role, and other keys name their account", async () => {
  const scanner = await clients(sandbox.url, scannerKeys).sts.send(new GetCallerIdentityCommand({}));
  expect(scanner).toMatchObject({
    Account: "999999999999",
    Arn: "arn:aws:sts::999999999999:assumed-role/posturio-scanner/worker",
  });
  const user = await clients(sandbox.url, keysOf(id)).sts.send(new GetCallerIdentityCommand({}));
  expect(user).toMatchObject({ Account: id, Arn: `arn:aws:iam::${id}:user/admin` });
  const unknown = clients(sandbox.url, { accessKeyId: "AKIAXXXX", secretAccessKey: "x" });
  await expect(unknown.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: "InvalidClientTokenId",
  });
  await expect(unknown.ec2.send(new DescribeRegionsCommand({}))).rejects.toMatchObject({
    name: "AuthFailure",
  });
  await expect(unknown.cloudtrail.send(new DescribeTrailsCommand({}))).rejects.toMatchObject({
    name: "UnrecognizedClientException",
  });
});

test("a trust policy with an external id lets in exactly that id", async () => {
  const { Credentials, AssumedRoleUser } = await assume("PosturioReadOnly", "pst_right");
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${id}:assumed-role/PosturioReadOnly/posturio-test`);
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  const session = clients(sandbox.url, sessionKeys(Credentials));
  expect((await session.sts.send(new GetCallerIdentityCommand({}))).Account).toBe(id);
  await expect(assume("PosturioReadOnly", "pst_wrong")).rejects.toMatchObject(refused);
  await expect(assume("PosturioReadOnly")).rejects.toMatchObject(refused);
});

test("an open trust lets in everyone, StringLike * any id, and a trust in a stranger none of our callers", async () => {
  await assume("PosturioOpen");
  await assume("PosturioOpen", "pst_anything");
  await assume("PosturioLike", "pst_anything");
  await expect(assume("PosturioLike")).rejects.toMatchObject(refused);
  await expect(assume("PosturioStranger", "pst_right")).rejects.toMatchObject(refused);
});

test("a role, account or ARN that does not exist is refused like any other", async () => {
  await expect(assume("Missing", "pst_right")).rejects.toMatchObject(refused);
  await expect(assume("arn:aws:iam::000000000000:role/PosturioReadOnly", "pst_right")).rejects.toMatchObject(
    refused,
  );
  await expect(
    assume("arn:aws-cn:iam::111122223333:role/PosturioReadOnly", "pst_right"),
  ).rejects.toMatchObject(refused);
  await expect(assume("arn:short", "pst_right")).rejects.toMatchObject({ name: "ValidationError" });
});

test("session length is checked, and every service reports an expired session as such", async () => {
  await expect(assume("PosturioReadOnly", "pst_right", { DurationSeconds: 100 })).rejects.toMatchObject({
    name: "ValidationError",
  });
  await expect(assume("PosturioReadOnly", "pst_right", { DurationSeconds: 7_200 })).rejects.toMatchObject({
    name: "ValidationError",
  });
  const { Credentials } = await assume("PosturioReadOnly", "pst_right", { DurationSeconds: 900 });
  const session = clients(sandbox.url, sessionKeys(Credentials));
  await session.cloudtrail.send(new DescribeTrailsCommand({}));
  sandbox.control.time({ advance: "16m" });
  await expect(session.cloudtrail.send(new DescribeTrailsCommand({}))).rejects.toMatchObject({
    name: "ExpiredTokenException",
  });
  await expect(session.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: "ExpiredToken",
  });
  await expect(session.ec2.send(new DescribeRegionsCommand({}))).rejects.toMatchObject({
    name: "RequestExpired",
  });
});

test("role and session policies narrow what a session may call", async () => {
  const narrow = clients(sandbox.url, sessionKeys((await assume("PosturioNarrow", "pst_right")).Credentials));
  await narrow.cloudtrail.send(new DescribeTrailsCommand({}));
  await expect(narrow.ec2.send(new DescribeRegionsCommand({}))).rejects.toMatchObject({
    name: "UnauthorizedOperation",
    message: expect.stringContaining("no identity-based policy allows"),
  });
  const Policy = JSON.stringify({ Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] });
  const denied = await assume("PosturioOpen", undefined, { Policy });
  const session = clients(sandbox.url, sessionKeys(denied.Credentials));
  await session.sts.send(new GetCallerIdentityCommand({}));
  await expect(session.cloudtrail.send(new DescribeTrailsCommand({}))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringContaining("no session policy allows"),
  });
  expect([...sandbox.control.world.sessions.values()].some((s) => s.policyText === Policy)).toBe(true);
  await expect(assume("PosturioOpen", undefined, { Policy: "not json" })).rejects.toMatchObject({
    name: "MalformedPolicyDocumentException",
  });
});

test("a role given through the control API takes its external ids", async () => {
  const answer = await fetch(`${sandbox.url}/_sandbox/roles`, {
    method: "POST",
    body: JSON.stringify({
      account: "444455556666",
      roleName: "PosturioReadOnly",
      externalIds: ["pst_a", "pst_b*"],
    }),
  });
  expect(answer.status).toBe(200);
  const other = roleArn.replace(id, "444455556666");
  await assume(other, "pst_a");
  await assume(other, "pst_b123");
  await expect(assume(other, "pst_c")).rejects.toMatchObject(refused);
});

test("in a world of one account any key and any external id work", async () => {
  const one = await startSandbox({ world: { account: { id, orgRole: "STANDALONE" } } });
  try {
    const aws = clients(one.url, { accessKeyId: "anything", secretAccessKey: "x" });
    expect((await aws.sts.send(new GetCallerIdentityCommand({}))).Account).toBe(id);
    await aws.sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "posturio-1", ExternalId: "pst_x" }),
    );
  } finally {
    await one.close();
  }
});
