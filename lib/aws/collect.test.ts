import { afterEach, describe, expect, it } from "vitest";
import type { ReadFailureKind } from "@/lib/checks/facts/reading";
import { type CollectInput, collect } from "./collect";
import {
  accountReply,
  canary,
  type Reply,
  replyJson,
  replyXml,
  signedRegion,
  wireServer,
} from "./testing/wire-server";
import { CallLimiter } from "./wire/limiter";

const accountId = "111122223333";
const regions = ["us-east-1", "eu-west-1"];
const role = { arn: `arn:aws:iam::${accountId}:role/PosturioReadOnly`, externalId: "pst_test" };
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function collectFrom(reply: Reply, overrides: Partial<CollectInput> = {}) {
  const server = await wireServer(reply);
  open.push(server);
  return collect({
    account: { id: accountId, partition: "aws" },
    role,
    sessionName: "posturio-test",
    needs: ["organization", "regions", "cloudtrail.trails"],
    signal: new AbortController().signal,
    endpoint: server.url,
    limiter: new CallLimiter(),
    wire: { requestTimeoutMs: 2_000, maxAttempts: 1 },
    baseCredentials: async () => ({ accessKeyId: "AKIA000000000000", secretAccessKey: "x" }),
    ...overrides,
  });
}

const noTrails: Reply = (response) => replyJson(response, { trailList: [] });

/** Answers well in us-east-1 and as scripted in eu-west-1. */
const inEurope =
  (reply: Reply): Reply =>
  (response, request) =>
    signedRegion(request) === "eu-west-1" ? reply(response, request) : noTrails(response, request);

describe("a Region that misbehaves", () => {
  const denied = "is not authorized to perform: cloudtrail:DescribeTrails";
  const matrix: [string, ReadFailureKind, Reply][] = [
    [
      "HTML with status 500",
      "server_error",
      (r) => void r.writeHead(500, { "content-type": "text/html" }).end("<html>"),
    ],
    [
      "HTML with status 200",
      "garbage",
      (r) => void r.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    ],
    ["HTML declared as JSON", "garbage", (r) => replyJson(r, "<html><body>Sign in</body></html>")],
    ["truncated JSON", "garbage", (r) => replyJson(r, '{"trailList":[{"Name":"ma')],
    ["an answer without its list", "garbage", (r) => replyJson(r, {})],
    ["a trail without ARN", "garbage", (r) => replyJson(r, { trailList: [{ Name: "main" }] })],
    ["an internal failure", "server_error", (r) => replyJson(r, { __type: "InternalFailure" }, 500)],
    ["a reset connection", "network", (r) => void r.socket?.destroy()],
    [
      "a connection cut in mid-answer",
      "network",
      (r) => {
        r.writeHead(200, { "content-type": "application/x-amz-json-1.1", "content-length": "500" });
        r.write('{"trailList":[');
        setTimeout(() => r.socket?.destroy(), 20);
      },
    ],
    ["no answer at all", "timeout", () => undefined],
    [
      "a body that never ends",
      "timeout",
      (r) => {
        r.writeHead(200, { "content-type": "application/x-amz-json-1.1", "content-length": "500" });
        r.write('{"trailList":[');
      },
    ],
    [
      "throttling",
      "throttled",
      (r) => replyJson(r, { __type: "ThrottlingException", message: "Rate exceeded" }, 400),
    ],
    [
      "a missing permission",
      "denied",
      (r) =>
        replyJson(
          r,
          {
            __type: "AccessDeniedException",
            message: `x ${denied} because no identity-based policy allows it`,
          },
          400,
        ),
    ],
    [
      "a denial by SCP",
      "denied_by_scp",
      (r) =>
        replyJson(
          r,
          {
            __type: "AccessDeniedException",
            message: `x ${denied} with an explicit deny in a service control policy`,
          },
          400,
        ),
    ],
    [
      "a refused token",
      "token_refused",
      (r) => replyJson(r, { __type: "UnrecognizedClientException", message: "invalid" }, 400),
    ],
    [
      "an expired token",
      "expired",
      (r) => replyJson(r, { __type: "ExpiredTokenException", message: "expired" }, 400),
    ],
  ];

  it.each(matrix)("that sends %s is reported as %s, and the other Region is read", async (_, kind, reply) => {
    const collection = await collectFrom(accountReply(accountId, regions, inEurope(reply)), {
      limits: { regionMs: 10_000 },
    });
    const trails = collection.facts["cloudtrail.trails"];
    expect(trails?.["us-east-1"]).toEqual({ ok: true, value: [] });
    expect(trails?.["eu-west-1"]).toMatchObject({
      ok: false,
      failure: { kind, api: "cloudtrail:DescribeTrails", region: "eu-west-1" },
    });
    const recorded = collection.calls.filter(
      ({ api, region }) => api.endsWith("DescribeTrails") && region === "eu-west-1",
    );
    expect(recorded.map(({ outcome }) => outcome)).toContain(kind);
    collection.close();
  });
});

it("repeats throttled and failing calls, never refused ones", async () => {
  const sent = new Map<string, number>();
  const answers: Record<string, [string, number]> = {
    "us-east-1": ["ThrottlingException", 400],
    "eu-west-1": ["AccessDeniedException", 400],
    "eu-central-1": ["InternalFailure", 500],
  };
  const collection = await collectFrom(
    accountReply(accountId, Object.keys(answers), (response, request) => {
      const region = signedRegion(request);
      sent.set(region, (sent.get(region) ?? 0) + 1);
      const [type, status] = answers[region] ?? ["", 400];
      replyJson(response, { __type: type, message: type }, status);
    }),
    { wire: { maxAttempts: 2, requestTimeoutMs: 1_000 } },
  );
  expect(Object.fromEntries(sent)).toEqual({ "us-east-1": 2, "eu-west-1": 1, "eu-central-1": 2 });
  const call = collection.calls.find(({ region, api }) => region === "us-east-1" && api.includes("Trails"));
  expect(call).toMatchObject({ outcome: "throttled", attempts: 2 });
  collection.close();
});

it("assumes the role again once when the session expires in mid-scan", async () => {
  let calls = 0;
  const reply: Reply = (response) => {
    calls += 1;
    return calls === 1
      ? replyJson(response, { __type: "ExpiredTokenException", message: "expired" }, 400)
      : replyJson(response, { trailList: [] });
  };
  const collection = await collectFrom(accountReply(accountId, ["us-east-1"], reply));
  expect(collection.facts["cloudtrail.trails"]?.["us-east-1"]).toEqual({ ok: true, value: [] });
  expect(collection.calls.filter(({ api }) => api === "sts:AssumeRole")).toHaveLength(2);
  collection.close();
});

it("renews the session once for all Regions that refuse the token, then leaves them unread", async () => {
  const names = ["us-east-1", "eu-west-1", "eu-central-1"];
  const refuse: Reply = (response) =>
    replyJson(response, { __type: "UnrecognizedClientException", message: "no" }, 400);
  const collection = await collectFrom(accountReply(accountId, names, refuse));
  expect(collection.calls.filter(({ api }) => api === "sts:AssumeRole")).toHaveLength(2);
  const lists = Object.values(collection.facts["cloudtrail.trails"] ?? {});
  expect(lists.map((list) => (list.ok ? "ok" : list.failure.kind))).toEqual(Array(3).fill("token_refused"));
  collection.close();
});

it("gives up a hanging Region after its budget and the whole scan after its deadline", async () => {
  const hang = accountReply(
    accountId,
    regions,
    inEurope(() => undefined),
  );
  const wire = { requestTimeoutMs: 60_000, maxAttempts: 1 };
  const budget = await collectFrom(hang, { wire, limits: { regionMs: 150 } });
  expect(budget.facts["cloudtrail.trails"]?.["eu-west-1"]).toMatchObject({ failure: { kind: "timeout" } });
  budget.close();

  const begun = performance.now();
  const deadline = await collectFrom(hang, { wire, limits: { scanMs: 200 } });
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect(deadline.facts["cloudtrail.trails"]?.["eu-west-1"]).toMatchObject({ failure: { kind: "deadline" } });
  await deadline.more(["cloudtrail.event_data_stores"]);
  const stores = Object.values(deadline.facts["cloudtrail.event_data_stores"] ?? {});
  expect(stores.map((store) => !store.ok && store.failure.kind)).toEqual(["deadline", "deadline"]);
  deadline.close();
});

it("stops at once when the scan is cancelled", async () => {
  const cancel = new AbortController();
  setTimeout(() => cancel.abort(), 100);
  const begun = performance.now();
  const collection = await collectFrom(
    accountReply(accountId, regions, () => undefined),
    {
      signal: cancel.signal,
      wire: { requestTimeoutMs: 60_000 },
    },
  );
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect(collection.facts["cloudtrail.trails"]?.["us-east-1"]).toMatchObject({
    failure: { kind: "deadline" },
  });
});

it("reads nothing when the session acts in another account", async () => {
  let cloudTrailCalls = 0;
  const reply = accountReply("999988887777", regions, (response, request) => {
    cloudTrailCalls += 1;
    noTrails(response, request);
  });
  const collection = await collectFrom(reply);
  expect(collection.connectionFailure).toMatchObject({ code: "AccountMismatch" });
  expect(collection.facts).toEqual({});
  expect(cloudTrailCalls).toBe(0);
});

it("asks the default Regions when the Region list cannot be read", async () => {
  const healthy = accountReply(accountId, [], noTrails);
  const collection = await collectFrom((response, request) =>
    request.body.includes("Action=DescribeRegions")
      ? replyXml(
          response,
          "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>",
          403,
        )
      : healthy(response, request),
  );
  expect(collection.facts.regions).toMatchObject({ ok: false, failure: { kind: "denied" } });
  const lists = collection.facts["cloudtrail.trails"] ?? {};
  expect(Object.keys(lists)).toHaveLength(17);
  collection.close();
});

it("takes a web page for no list of Regions, even a well-formed one", async () => {
  const page = "<html><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo></html>";
  const healthy = accountReply(accountId, [], noTrails);
  const collection = await collectFrom((response, request) =>
    request.body.includes("Action=DescribeRegions")
      ? void response.writeHead(200, { "content-type": "text/html" }).end(page)
      : healthy(response, request),
  );
  expect(collection.facts.regions).toMatchObject({ ok: false, failure: { kind: "garbage" } });
  collection.close();
});

it("reads JSON that is labeled as HTML", async () => {
  const reply = accountReply(accountId, ["us-east-1"], (response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end('{"trailList":[]}');
  });
  const collection = await collectFrom(reply);
  expect(collection.facts["cloudtrail.trails"]).toEqual({ "us-east-1": { ok: true, value: [] } });
  collection.close();
});

it("keeps Regions of other partitions and malformed names away from the clients", async () => {
  const names = ["us-east-1", "cn-north-1", "us-gov-west-1", "evil.example.com/", "US-EAST-1", "../x"];
  const collection = await collectFrom(accountReply(accountId, names, noTrails));
  expect(Object.keys(collection.facts["cloudtrail.trails"] ?? {})).toEqual(["us-east-1"]);
  collection.close();
});

it("holds no credential in calls, facts or errors", async () => {
  const leak: Reply = (response) =>
    replyJson(
      response,
      { __type: "AccessDeniedException", message: `token ${canary.token} ASIACANARYCANARYCANA` },
      400,
    );
  const collection = await collectFrom(accountReply(accountId, regions, inEurope(leak)));
  const everything = JSON.stringify([collection, collection.calls, collection.facts]);
  expect(everything).toContain("[redacted]");
  for (const secret of [canary.secret, canary.token, "ASIACANARY"]) expect(everything).not.toContain(secret);
  collection.close();
});

it("takes a trail deleted between listing and asking out of its Region's list", async () => {
  const arn = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/gone`;
  let lists = 0;
  const reply: Reply = (response, request) => {
    if (String(request.headers["x-amz-target"]).endsWith("GetTrailStatus")) {
      return replyJson(response, { __type: "TrailNotFoundException", message: "Unknown trail" }, 400);
    }
    lists += 1;
    const trailList = lists === 1 ? [{ TrailARN: arn, Name: "gone", HomeRegion: "us-east-1" }] : [];
    return replyJson(response, { trailList });
  };
  const collection = await collectFrom(accountReply(accountId, ["us-east-1"], reply), {
    needs: ["cloudtrail.trail_status"],
  });
  expect(collection.facts["cloudtrail.trails"]).toEqual({ "us-east-1": { ok: true, value: [] } });
  expect(collection.facts["cloudtrail.trail_status"]).toEqual({ [arn]: {} });
  collection.close();
});
