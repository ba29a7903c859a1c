import { afterEach, expect, it } from "vitest";
import { accountReply, signedRegion, wireServer } from "@/lib/aws/testing/wire-server";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { findLogFiles } from "./find-log-files";

const account = "111122223333";
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Looks into a bucket of a server that always names another Region; `named` says which, by the Region asked. */
async function look(named: (asked: string) => string) {
  const server = await wireServer(
    accountReply(account, ["us-east-1"], (response, request) => {
      const headers = {
        "content-type": "application/xml",
        "x-amz-bucket-region": named(signedRegion(request)),
      };
      response.writeHead(301, headers).end("<Error><Code>PermanentRedirect</Code></Error>");
    }),
  );
  open.push(server);
  const recorded: RecordedCall[] = [];
  const found = await findLogFiles({
    account: { id: account, partition: "aws" },
    role: { arn: `arn:aws:iam::${account}:role/PosturioReadOnly`, externalId: "pst_test" },
    sessionName: "posturio-vrf",
    bucket: "acme-logs",
    bucketRegion: "us-east-1",
    owners: [account],
    folder: { keyPrefix: null, awsOrganizationId: null, accountId: account },
    level: "object",
    callSession: "posturio-abcd1234",
    calls: [{ region: "us-east-1", sentAt: "2026-11-26T12:00:00.000Z", requestId: null, resumeAfter: null }],
    signal: new AbortController().signal,
    deadlineMs: 10_000,
    onCall: (call) => recorded.push(call),
    endpoint: server.url,
    limiter: new CallLimiter(),
    wire: { maxAttempts: 1 },
    baseCredentials: async () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" }),
  });
  const asked = recorded.filter(({ api }) => api === "s3:ListBucket").map(({ region }) => region);
  return { found, asked };
}

it("follows S3 into another Region once, and does not wander", async () => {
  const { found, asked } = await look((region) => (region === "us-east-1" ? "eu-west-1" : "us-east-1"));
  expect(asked).toEqual(["us-east-1", "eu-west-1"]);
  expect(found).toMatchObject({ failure: { kind: "garbage", code: "PermanentRedirect" } });
});

it.each(["cn-north-1", "evil.example/", "us-east-1"])("does not follow into %j", async (region) => {
  const { found, asked } = await look(() => region);
  expect(asked).toEqual(["us-east-1"]);
  expect(found).toMatchObject({ failure: { kind: "server_error", code: "PermanentRedirect" } });
});
