import { randomUUID } from "node:crypto";
import { DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import { clients, scannerKeys, sessionKeys } from "@/sandbox/testing/clients";
import type { CaseSpec } from "@/sandbox/world/world-file";
import type { RegionProof } from "./proof";
import { type ReadLogFilesInput, readLogFiles } from "./read-log-files";

const database = testDatabase();
const management = "210987654321";
const archive = "222233334444";
const security = "333344445555";
const member = "111122223333";
const organizationId = "o-acme4u8n2k";
const bucket = "acme-central-logs";
const arn = `arn:aws:cloudtrail:us-east-1:${management}:trail/organization`;
const session = "posturio-abcd1234";
const regions = ["us-east-1", "eu-west-1"];

let sandbox: Sandbox;
let acme: TenantContext;
let memberId: string;

beforeEach(async () => {
  const accountOf = (id: string, rest: Partial<CaseSpec> = {}): CaseSpec => ({
    account: { id, orgRole: id === management ? "MANAGEMENT" : "MEMBER" },
    regions: regions.map((name) => ({ name, optInStatus: "opt-in-not-required" })),
    roles: [{ name: "PosturioReadOnly", externalIds: ["pst_*"], actions: ["cloudtrail:*"] }],
    ...rest,
  });
  const trail = {
    ...{ name: "organization", homeRegion: "us-east-1", isMultiRegion: true, isOrganization: true },
    s3BucketName: bucket,
  };
  const accounts = [
    accountOf(management, { trails: [trail] }),
    accountOf(archive, { buckets: [{ name: bucket, region: "us-east-1", readers: [security] }] }),
    accountOf(security),
    accountOf(member),
  ];
  const organization = { id: organizationId, managementAccountId: management };
  sandbox = await startSandbox({ world: { accounts, organization } });
  process.env.AWS_ACCESS_KEY_ID = scannerKeys.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = scannerKeys.secretAccessKey;
  acme = await database.makeOrganization("Acme");
  memberId = await connect(acme, member);
});

afterEach(async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  await sandbox.close();
});

async function connect(
  { tenantId }: TenantContext,
  awsAccountId: string,
  { awsOrganization = organizationId, environment = null as string | null, status = "connected" } = {},
): Promise<string> {
  const id = randomUUID();
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, environment, external_id, role_arn, status, connected_at)
     VALUES ($1, $2::uuid, $3, 'aws', 'a', COALESCE($4, 'production'), 'pst_' || $2, $5, $6, now())`,
    [tenantId, id, awsAccountId, environment, `arn:aws:iam::${awsAccountId}:role/PosturioReadOnly`, status],
  );
  await database.sql(
    `INSERT INTO account_facts (tenant_id, account_id, name, at, value) VALUES ($1, $2, 'organization', now(), $3)`,
    [tenantId, id, JSON.stringify({ role: "MEMBER", organizationId: awsOrganization })],
  );
  return id;
}

/** What the role of an account may do from now on. */
function allow(account: string, ...actions: readonly string[]): void {
  sandbox.control.putRole({ account, name: "PosturioReadOnly", externalIds: ["pst_*"], actions });
}

/** Our own calls, as the proof of a verification holds them; the trail has delivered them six minutes later. */
async function callsMade(trails: RegionProof["trails"] = [ofOrganization]): Promise<RegionProof[]> {
  const { Credentials } = await clients(sandbox.url, scannerKeys).sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${member}:role/PosturioReadOnly`,
      RoleSessionName: session,
      ExternalId: "pst_test",
    }),
  );
  const none = { reason: null, at: null };
  const proofs: RegionProof[] = [];
  for (const region of regions) {
    const { cloudtrail } = clients(sandbox.url, sessionKeys(Credentials), region);
    const { $metadata } = await cloudtrail.send(new DescribeTrailsCommand({}));
    const evidence = { sentAt: "2026-01-01T00:00:00.000Z", requestId: $metadata.requestId ?? "" };
    const sentAt = new Date(Math.floor(sandbox.control.world.now() / 1_000) * 1_000).toISOString();
    proofs.push({
      region,
      trails,
      a: { state: "passed", ...none, evidence: null },
      b: { state: "waiting", ...none, evidence: { ...evidence, sentAt } },
    });
  }
  sandbox.control.time({ advance: "6m" });
  return proofs;
}

const ofOrganization = { arn, bucket, keyPrefix: null, isOrganization: true };

async function look(proofs: readonly RegionProof[], changes: Partial<ReadLogFilesInput> = {}) {
  const calls: RecordedCall[] = [];
  const sightings = await readLogFiles(acme, {
    account: { id: memberId, awsAccountId: member, partition: "aws" },
    level: "content",
    awsOrganizationId: organizationId,
    callSession: session,
    regions: proofs,
    sessionName: "posturio-vrf-1",
    endpoint: sandbox.url,
    signal: new AbortController().signal,
    deadlineMs: 20_000,
    onCall: (call) => calls.push(call),
    ...changes,
  });
  const through = calls
    .filter(({ api }) => api === "sts:AssumeRole")
    .map(({ target }) => target?.slice(13, 25));
  return { sightings, through };
}

const remembered = () =>
  database.sql<{ bucket: string; owner: string; reader: string }>(
    `SELECT r.bucket, r.bucket_owner AS owner, a.aws_account_id AS reader
     FROM log_bucket_readers r JOIN accounts a ON a.id = r.account_id WHERE r.tenant_id = $1`,
    [acme.tenantId],
  );

const reads = ["s3:ListBucket", "s3:GetObject"];
const passed = { state: "passed", reason: null };

test("finds the account that can read the bucket, remembers it, and asks another when it no longer can", async () => {
  const proofs = await callsMade();
  await connect(acme, security);
  await connect(acme, archive, { environment: "log-archive" });
  // Neither of them: another AWS organization, and a role that nobody may use any longer.
  await connect(acme, "999900001111", { awsOrganization: "o-other" });
  await connect(acme, "999900002222", { status: "disconnected" });

  const nobody = await look(proofs);
  expect(nobody.through).toEqual([archive, member, security]);
  expect(nobody.sightings).toMatchObject(
    regions.map((region) => ({
      region,
      state: "waiting",
      reason: "bucket_unreadable",
      evidence: { trailArn: arn, error: expect.stringContaining("3 connected accounts were asked.") },
    })),
  );
  expect(await remembered()).toEqual([]);

  allow(archive, ...reads);
  const first = await look(proofs);
  expect(first.through).toEqual([archive]);
  expect(first.sightings).toMatchObject(
    regions.map((region) => ({
      region,
      ...passed,
      evidence: {
        level: "content",
        objectKey: expect.stringContaining(`AWSLogs/${organizationId}/${member}/CloudTrail/${region}/`),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        eventId: expect.any(String),
      },
    })),
  );
  expect(await remembered()).toEqual([{ bucket, owner: archive, reader: archive }]);

  allow(archive, "s3:ListBucket");
  allow(security, ...reads);
  const second = await look(proofs);
  expect(second.through).toEqual([archive, member, security]);
  expect(second.sightings).toMatchObject([passed, passed]);
  expect(await remembered()).toEqual([{ bucket, owner: archive, reader: security }]);
  expect((await look(proofs)).through).toEqual([security]);
});

test("reads through the account's own role where it may, and knows nobody else's accounts", async () => {
  const other = await database.makeOrganization("Other");
  await connect(other, archive, { environment: "log-archive" });
  allow(archive, ...reads);
  const own = { arn, bucket: "own-logs", keyPrefix: null, isOrganization: false };
  const proofs = await callsMade([own]);
  const { through, sightings } = await look(proofs, { level: "object" });
  expect(through).toEqual([member]);
  expect(sightings).toMatchObject([{ reason: "bucket_unreadable" }, { reason: "bucket_unreadable" }]);
});

test("waits for a file that is not there yet, and says when the place of the files is unknown", async () => {
  await connect(acme, archive, { environment: "log-archive" });
  allow(archive, ...reads);
  const proofs = await callsMade();
  sandbox.control.time({ advance: "-6m" });
  const early = await look(await callsMade().then((calls) => calls.map(withFutureCall)));
  expect(early.sightings).toMatchObject([
    { state: "waiting", reason: "not_in_bucket" },
    { state: "waiting", reason: "not_in_bucket" },
  ]);
  // Listing works, so the account is known from then on.
  expect(await remembered()).toHaveLength(1);
  const unknown = await look(proofs, { awsOrganizationId: null });
  expect(unknown.sightings).toMatchObject([
    { state: "waiting", reason: "bucket_unreadable" },
    { state: "waiting", reason: "bucket_unreadable" },
  ]);
  expect(unknown.through).toEqual([]);
});

function withFutureCall(proof: RegionProof): RegionProof {
  const sentAt = new Date(sandbox.control.world.now() + 60_000).toISOString();
  return { ...proof, b: { ...proof.b, evidence: { ...proof.b.evidence, sentAt, requestId: "none" } } };
}

test("ends with the signal's reason and remembers nothing", async () => {
  const proofs = await callsMade();
  await expect(look(proofs, { signal: AbortSignal.abort(new Error("lease lost")) })).rejects.toThrow(
    "lease lost",
  );
  expect(await remembered()).toEqual([]);
});
