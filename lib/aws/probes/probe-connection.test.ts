import { afterEach, describe, expect, it } from "vitest";
import type { ConnectStep } from "@/lib/accounts/account-view";
import { accountReply, replyXml, wireServer } from "@/lib/aws/testing/wire-server";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import { startSandbox } from "@/sandbox/server";
import type { FaultSpec, RoleSpec, WorldFile } from "@/sandbox/world/world-file";
import type { ProbeInput } from "./probe";
import { probeConnection } from "./probe-connection";
import { waitingSteps } from "./steps";

const scanner = "999999999999";
const customer = "111122223333";
const externalId = "pst_0123456789abcdef0123456789abcdef";
const roleArn = `arn:aws:iam::${customer}:role/PosturioReadOnly`;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

const closedRole: RoleSpec = { account: customer, name: "PosturioReadOnly", externalIds: [externalId] };

async function startWith(roles: readonly RoleSpec[], faults: readonly FaultSpec[] = []) {
  const world: WorldFile = {
    accounts: [{ account: { id: scanner } }, { account: { id: customer } }],
    accessKeys: { AKIASCANNER: { accountId: scanner, arn: `arn:aws:iam::${scanner}:role/posturio-scanner` } },
    roles,
    faults,
  };
  const sandbox = await startSandbox({ world });
  open.push(sandbox);
  return sandbox;
}

async function probe(url: string, overrides: Partial<ProbeInput> = {}) {
  const seen: ConnectStep[] = [];
  const result = await probeConnection({
    role: { arn: roleArn, externalId },
    expectedAccountId: customer,
    partition: "aws",
    principalArn: `arn:aws:iam::${scanner}:role/posturio-scanner`,
    sessionName: "posturio-test",
    signal: new AbortController().signal,
    endpoint: url,
    retry: { refusedMs: 0, openMs: 0, firstPauseMs: 10 },
    wire: { maxAttempts: 1, requestTimeoutMs: 2_000 },
    limiter: new CallLimiter(),
    baseCredentials: async () => ({ accessKeyId: "AKIASCANNER", secretAccessKey: "x" }),
    onStep: (step) => seen.push(step),
    ...overrides,
  });
  return { ...result, seen, states: Object.fromEntries(result.steps.map(({ id, state }) => [id, state])) };
}

const states = (...list: string[]) =>
  Object.fromEntries(waitingSteps().map(({ id }, index) => [id, list[index] ?? "skipped"]));

it("accepts a role that opens with our external id alone, and reports each step as it happens", async () => {
  const sandbox = await startWith([closedRole]);
  const { ok, steps, seen, accountId, error } = await probe(sandbox.url);
  expect({ ok, accountId, error }).toEqual({ ok: true, accountId: customer, error: null });
  for (const step of steps) {
    expect(step).toMatchObject({ state: "passed", error: null });
    expect(step.requestId).toMatch(/[0-9a-f-]{8,}/);
    expect(step.at).toMatch(/Z$/);
  }
  expect(steps.map(({ result }) => result).slice(3)).toEqual([customer, "17 Regions", "0 trails"]);
  expect(seen.map(({ id, state }) => `${id} ${state}`)).toEqual(
    waitingSteps().flatMap(({ id }) => [`${id} running`, `${id} passed`]),
  );
});

it("accepts a role in folders under its whole ARN, and under no other", async () => {
  const sandbox = await startWith([]);
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${scanner}:role/posturio-scanner` },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "sts:ExternalId": externalId },
          StringLike: { "sts:RoleSessionName": "posturio-*" },
        },
      },
    ],
  };
  const created = await fetch(sandbox.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      authorization: `AWS4-HMAC-SHA256 Credential=AKIA${customer}TEST/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({
      Action: "CreateRole",
      Version: "2010-05-08",
      RoleName: "PosturioAudit",
      Path: "/security/audit/",
      AssumeRolePolicyDocument: JSON.stringify(trust),
    }),
  });
  expect(created.status, await created.text()).toBe(200);

  const role = (path: string) => ({ arn: `arn:aws:iam::${customer}:role/${path}PosturioAudit`, externalId });
  const whole = await probe(sandbox.url, { role: role("security/audit/") });
  expect(whole.states.refused_with_wrong_external_id).toBe("passed");
  expect(whole.states.account_confirmed).toBe("passed");
  const without = await probe(sandbox.url, { role: role("") });
  expect(without.error?.code).toBe("role_refused");
  expect(without.error?.whatToDo).toContain("path included");
  const outside = await probe(sandbox.url, {
    role: { arn: `arn:aws:iam::${customer}:role/security/Audit`, externalId },
  });
  expect(outside).toMatchObject({ ok: false, error: { code: "role_arn_role_name" }, calls: [] });
});

describe("refuses, each with its own words,", () => {
  const cases: [string, string, Record<string, string>, RoleSpec[], FaultSpec[], Partial<ProbeInput>][] = [
    [
      "a role that does not exist",
      "role_refused",
      states("failed"),
      [closedRole],
      [],
      {
        role: { arn: `arn:aws:iam::${customer}:role/PosturioOther`, externalId },
      },
    ],
    [
      "a role that trusts someone else",
      "role_refused",
      states("failed"),
      [{ ...closedRole, principals: ["arn:aws:iam::123456789012:root"] }],
      [],
      {},
    ],
    [
      "a role created for another connection's external id",
      "wrong_external_id",
      states("failed"),
      [{ ...closedRole, externalIds: ["pst_other"] }],
      [],
      { otherExternalIds: ["pst_none", "pst_other"] },
    ],
    [
      "an open trust policy",
      "trust_open",
      states("passed", "failed"),
      [{ account: customer, name: "PosturioReadOnly" }],
      [],
      {},
    ],
    [
      "a wildcard external id",
      "trust_wildcard",
      states("passed", "passed", "failed"),
      [{ ...closedRole, externalIds: ["*"] }],
      [],
      {},
    ],
    [
      "a malformed ARN",
      "role_arn_malformed",
      states("failed"),
      [closedRole],
      [],
      { role: { arn: "PosturioReadOnly", externalId } },
    ],
    [
      "a role of another account",
      "role_arn_account_mismatch",
      states("failed"),
      [closedRole],
      [],
      { expectedAccountId: "444455556666" },
    ],
    [
      "a role of another partition",
      "role_arn_other_partition",
      states("failed"),
      [closedRole],
      [],
      { partition: "aws-cn" },
    ],
    [
      "a partition without a principal",
      "partition_not_configured",
      states("failed"),
      [closedRole],
      [],
      { principalArn: undefined },
    ],
    [
      "throttling",
      "throttled",
      states("failed"),
      [closedRole],
      [{ kind: "throttle", api: "sts:AssumeRole" }],
      {},
    ],
    [
      "an STS that hangs",
      "timeout",
      states("failed"),
      [closedRole],
      [{ kind: "hang", api: "sts:AssumeRole" }],
      {},
    ],
    [
      "HTML instead of an answer",
      "garbage",
      states("failed"),
      [closedRole],
      [{ kind: "html", api: "sts:AssumeRole", status: 200 }],
      {},
    ],
    [
      "a truncated answer",
      "garbage",
      states("failed"),
      [closedRole],
      [{ kind: "truncated", api: "sts:AssumeRole" }],
      {},
    ],
    [
      "an internal error",
      "server_error",
      states("failed"),
      [closedRole],
      [{ kind: "server_error", api: "sts:AssumeRole" }],
      {},
    ],
    [
      "a reset connection",
      "network",
      states("failed"),
      [closedRole],
      [{ kind: "reset", api: "sts:AssumeRole" }],
      {},
    ],
    [
      "our own credentials being refused",
      "scanner_identity",
      states("failed"),
      [closedRole],
      [{ kind: "token_refused", api: "sts:AssumeRole" }],
      {},
    ],
    [
      "no permission for Regions",
      "regions_not_permitted",
      states("passed", "passed", "passed", "passed", "failed"),
      [{ ...closedRole, actions: ["cloudtrail:*"] }],
      [],
      {},
    ],
    [
      "no permission for trails",
      "trails_not_permitted",
      states("passed", "passed", "passed", "passed", "passed", "failed"),
      [{ ...closedRole, actions: ["ec2:DescribeRegions"] }],
      [],
      {},
    ],
    [
      "trails denied by SCP",
      "trails_denied_by_scp",
      states("passed", "passed", "passed", "passed", "passed", "failed"),
      [closedRole],
      [{ kind: "scp", api: "cloudtrail:DescribeTrails" }],
      {},
    ],
  ];

  it.each(cases)("%s", async (_, code, expected, roles, faults, overrides) => {
    const sandbox = await startWith(roles, faults);
    const { ok, error, states: actual } = await probe(sandbox.url, overrides);
    expect({ ok, code: error?.code, states: actual }).toEqual({ ok: false, code, states: expected });
    for (const words of [error?.title, error?.text, error?.whatToDo])
      expect(words?.length).toBeGreaterThan(15);
  });
});

describe("fails closed: only AccessDenied is a refusal;", () => {
  const faults: FaultSpec["kind"][] = ["throttle", "server_error", "html", "hang", "reset"];
  it.each(faults)("a negative probe that ends in %s proves nothing", async (kind) => {
    const sandbox = await startWith([closedRole]);
    let added = false;
    const { ok, states: actual } = await probe(sandbox.url, {
      onStep: ({ id, state }) => {
        if (id !== "refused_without_external_id" || state !== "running" || added) return;
        added = true;
        sandbox.control.world.faults.add({ kind, api: "sts:AssumeRole" });
      },
    });
    expect({ ok, actual }).toEqual({ ok: false, actual: states("passed", "failed") });
  });
});

it("refuses a session that acts in another account than the ARN says", async () => {
  const healthy = accountReply("444455556666", ["us-east-1"], () => undefined);
  const server = await wireServer((response, request) => {
    const isNegative = request.body.includes("Action=AssumeRole") && !request.body.includes(externalId);
    const refusal =
      "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";
    return isNegative ? replyXml(response, refusal, 403) : healthy(response, request);
  });
  open.push(server);
  const { ok, error, states: actual } = await probe(server.url);
  expect({ ok, code: error?.code }).toEqual({ ok: false, code: "wrong_account" });
  expect(actual).toEqual(states("passed", "passed", "passed", "failed"));
});

it("waits for IAM: a role just created, and a trust policy just closed", async () => {
  const late = await startWith(
    [closedRole],
    [{ kind: "error", api: "sts:AssumeRole", code: "AccessDenied", status: 403, first: 2 }],
  );
  const patient = { refusedMs: 500, openMs: 500, firstPauseMs: 20 };
  expect(await probe(late.url, { retry: patient })).toMatchObject({ ok: true });

  const closing = await startWith([{ account: customer, name: "PosturioReadOnly" }]);
  const role = closing.control.world.accounts.get(customer)?.roles.get("PosturioReadOnly");
  if (!role) throw new Error("the sandbox has no such role");
  const result = await probe(closing.url, {
    retry: patient,
    onStep: ({ result: note }) => {
      if (!note?.startsWith("Still accepted")) return;
      role.trust = {
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": externalId } },
        },
      };
    },
  });
  expect(result).toMatchObject({ ok: true, error: null });
});

it("sends a session policy with every AssumeRole, and one that allows nothing where it must be refused", async () => {
  const sandbox = await startWith([{ account: customer, name: "PosturioReadOnly" }]);
  await probe(sandbox.url);
  const policies = [...sandbox.control.world.sessions.values()].map(({ policy }) => JSON.stringify(policy));
  expect(policies).toHaveLength(2);
  expect(policies[0]).toContain("cloudtrail:DescribeTrails");
  expect(policies[1]).toContain('"Effect":"Deny","Action":"*"');
});

it("leaves no credential in steps or calls", async () => {
  const sandbox = await startWith([closedRole]);
  const result = await probe(sandbox.url);
  const text = JSON.stringify(result);
  for (const { accessKeyId } of sandbox.control.world.sessions.values())
    expect(text).not.toContain(accessKeyId);
  expect(text).not.toMatch(/sandbox-ASIA/);
});
