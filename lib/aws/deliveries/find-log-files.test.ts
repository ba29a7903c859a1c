import { gzipSync } from "node:zlib";
import { DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterEach, expect, it } from "vitest";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import { clients, scannerKeys, sessionKeys } from "@/sandbox/testing/clients";
import type { BucketSpec, RoleSpec, TrailSpec, WorldFile } from "@/sandbox/world/world-file";
import { findLogFiles, type LogFilesInput } from "./find-log-files";

const management = "210987654321";
const archive = "222233334444";
const member = "111122223333";
const organizationId = "o-acme4u8n2k";
const bucket = "acme-logs";
const regions = ["us-east-1", "eu-west-1"];
const session = "posturio-abcd1234";
const key = `arn:aws:kms:eu-west-1:${archive}:key/5f2b6f0e-7c1a-4a58-9a3e-9f7f0d0c1b11`;
const reading = ["s3:ListBucket", "s3:GetObject", "kms:Decrypt", "cloudtrail:DescribeTrails"];

const open: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

interface Scenario {
  readonly trail?: Partial<TrailSpec>;
  readonly bucket?: Partial<BucketSpec>;
  /** Of the role in the member and in the log archive. */
  readonly actions?: readonly string[];
  /** When our calls are made. */
  readonly now?: string;
}

/** An AWS organization whose trail of all Regions delivers into the log archive, in another Region than its home. */
async function acme(scenario: Scenario = {}) {
  const role: RoleSpec = { name: "PosturioReadOnly", externalIds: ["pst_test"] };
  const readers: RoleSpec = { ...role, actions: scenario.actions ?? reading };
  const named = (id: string, orgRole: string) => ({
    id,
    orgRole,
    organizationId,
    managementAccountId: management,
  });
  const listed = regions.map((name) => ({ name, optInStatus: "opt-in-not-required" }));
  const world: WorldFile = {
    now: scenario.now ?? "2026-11-22T12:00:00Z",
    accounts: [
      {
        account: named(management, "MANAGEMENT"),
        regions: listed,
        roles: [role],
        trails: [
          {
            name: "organization",
            homeRegion: "us-east-1",
            isMultiRegion: true,
            isOrganization: true,
            s3BucketName: bucket,
            ...scenario.trail,
          },
        ],
      },
      {
        account: named(archive, "MEMBER"),
        regions: listed,
        roles: [readers],
        buckets: [{ name: bucket, region: "eu-west-1", ...scenario.bucket }],
      },
      { account: named(member, "MEMBER"), regions: listed, roles: [readers] },
    ],
    organization: { id: organizationId, managementAccountId: management },
  };
  const sandbox = await startSandbox({ world });
  open.push(sandbox);
  sandbox.control.time({ frozen: true });
  const calls = await ownCalls(sandbox);
  const find = async (wanted: Partial<LogFilesInput> & { readonly as?: string } = {}) => {
    const { as: reader = archive, ...changes } = wanted;
    const recorded: RecordedCall[] = [];
    const found = await findLogFiles({
      account: { id: reader, partition: "aws" },
      role: { arn: `arn:aws:iam::${reader}:role/PosturioReadOnly`, externalId: "pst_test" },
      sessionName: "posturio-vrf",
      bucket,
      bucketRegion: "us-east-1",
      owners: [archive],
      folder: { keyPrefix: null, awsOrganizationId: organizationId, accountId: member },
      level: "content",
      callSession: session,
      calls,
      signal: new AbortController().signal,
      deadlineMs: 20_000,
      onCall: (call) => recorded.push(call),
      endpoint: sandbox.url,
      limiter: new CallLimiter(),
      wire: { maxAttempts: 1 },
      baseCredentials: async () => scannerKeys,
      ...changes,
    });
    return { found, recorded };
  };
  const later = (advance: string) => sandbox.control.time({ advance });
  return { sandbox, find, later, calls };
}

/** Our own calls as a scan makes them, one in each Region. */
async function ownCalls(sandbox: Sandbox) {
  const { Credentials } = await clients(sandbox.url, scannerKeys).sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${member}:role/PosturioReadOnly`,
      RoleSessionName: session,
      ExternalId: "pst_test",
    }),
  );
  // AWS dates its answers to the second.
  const sentAt = new Date(Math.floor(sandbox.control.world.now() / 1_000) * 1_000).toISOString();
  return Promise.all(
    regions.map(async (region) => {
      const { cloudtrail } = clients(sandbox.url, sessionKeys(Credentials), region);
      const { $metadata } = await cloudtrail.send(new DescribeTrailsCommand({}));
      return { region, sentAt, requestId: $metadata.requestId ?? null, resumeAfter: null as string | null };
    }),
  );
}

/** What the role in the log archive may do from now on. */
function allow(sandbox: Sandbox, ...actions: readonly string[]): void {
  const name = "PosturioReadOnly";
  sandbox.control.putRole({ account: archive, name, externalIds: ["pst_test"], actions });
}

function findingsOf({ found }: Awaited<ReturnType<Awaited<ReturnType<typeof acme>>["find"]>>) {
  if ("failure" in found) throw new Error(found.failure.message);
  return [...found.findings]
    .sort((one, other) => (one.region < other.region ? 1 : -1))
    .map(({ finding }) => (finding.ok ? finding.value : finding.failure));
}

function failureOf({ found }: Awaited<ReturnType<Awaited<ReturnType<typeof acme>>["find"]>>) {
  return "failure" in found ? found.failure : undefined;
}

it("finds our own call of each Region in the log archive's bucket, and keeps none of its contents", async () => {
  const { find, later } = await acme();
  expect(findingsOf(await find())).toEqual(
    regions.map(() => ({ state: "not_yet", lookedInto: 0, skipped: 0, resumeAfter: null })),
  );
  later("6m");
  const answer = await find();
  expect(findingsOf(answer)).toEqual(
    regions.map((region) => ({
      state: "found",
      key: expect.stringMatching(
        `^AWSLogs/${organizationId}/${member}/CloudTrail/${region}/2026/11/22/${member}_CloudTrail_${region}_20261122T1205Z_`,
      ),
      lastModified: "2026-11-22T12:05:00.000Z",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })),
  );
  expect(answer.found).toMatchObject({ owner: archive });
  // Asked where the trail lives, S3 says once where the bucket is.
  const ofS3 = answer.recorded.filter(({ api }) => api.startsWith("s3:"));
  expect(ofS3.map(({ api, region, errorCode }) => [api, region, errorCode])).toEqual([
    ["s3:ListBucket", "us-east-1", "PermanentRedirect"],
    ["s3:ListBucket", "eu-west-1", undefined],
    ["s3:GetObject", "eu-west-1", undefined],
    ["s3:ListBucket", "eu-west-1", undefined],
    ["s3:GetObject", "eu-west-1", undefined],
  ]);
  for (const { target, requestId } of ofS3) {
    expect(target).toMatch(/^arn:aws:s3:::acme-logs(\/AWSLogs\/.*)?$/);
    expect(requestId).toBeTruthy();
  }
  const bodies = ofS3.filter(({ api }) => api === "s3:GetObject").map(({ response }) => response);
  for (const body of bodies)
    expect(Object.keys(body as object).sort()).toEqual(["bytes", "eventId", "sha256"]);
  expect(JSON.stringify(answer.recorded)).not.toContain("DescribeTrails");
});

it("knows our call by its session where no request id is known, and no call of anyone else", async () => {
  const { find, later, calls } = await acme();
  later("6m");
  const unknown = calls.map((call) => ({ ...call, requestId: null }));
  expect(findingsOf(await find({ calls: unknown }))).toMatchObject([{ state: "found" }, { state: "found" }]);
  const nothing = { state: "not_yet", lookedInto: 1, skipped: 0 };
  expect(findingsOf(await find({ calls: unknown, callSession: "posturio-ffff0000" }))).toMatchObject([
    nothing,
    nothing,
  ]);
});

it("sees at the level of objects that a newer file is there, without reading it", async () => {
  const { sandbox, find, later } = await acme({ trail: { s3KeyPrefix: "team/logs" } });
  allow(sandbox, "s3:ListBucket");
  const wanted = {
    level: "object",
    folder: { keyPrefix: "team/logs", awsOrganizationId: organizationId, accountId: member },
  } as const;
  later("6m");
  const answer = await find(wanted);
  expect(answer.recorded.some(({ api }) => api === "s3:GetObject")).toBe(false);
  expect(findingsOf(answer)).toMatchObject(
    regions.map(() => ({ state: "found", key: expect.stringMatching(/^team\/logs\/AWSLogs\//) })),
  );
});

it("looks on the days after the call as well", async () => {
  const { find, later } = await acme({ now: "2026-11-22T23:58:00Z" });
  later("10m");
  expect(findingsOf(await find())).toMatchObject(
    regions.map(() => ({ state: "found", key: expect.stringContaining("/2026/11/23/") })),
  );
});

it("reads another account's bucket only when its policy and the role's own allow it", async () => {
  const closed = await acme();
  closed.later("6m");
  expect(failureOf(await closed.find({ as: member }))).toMatchObject({
    kind: "denied",
    api: "s3:ListBucket",
  });
  const shared = await acme({ bucket: { readers: [`arn:aws:iam::${member}:role/PosturioReadOnly`] } });
  shared.later("6m");
  expect(findingsOf(await shared.find({ as: member }))).toMatchObject([
    { state: "found" },
    { state: "found" },
  ]);
});

it.each([
  ["neither listing", [], { kind: "denied", api: "s3:ListBucket" }],
  ["listing alone", ["s3:ListBucket"], { kind: "denied", api: "s3:GetObject" }],
  ["not the key", ["s3:ListBucket", "s3:GetObject"], { kind: "denied", api: "s3:GetObject" }],
] as const)("reports what a role may not do: %s", async (_, actions, failure) => {
  const { sandbox, find, later } = await acme({ trail: { kmsKeyId: key } });
  allow(sandbox, "iam:ListRoles", ...actions);
  later("6m");
  const answer = await find();
  if (failure.api === "s3:ListBucket") {
    expect(failureOf(answer)).toMatchObject(failure);
    // One Region's refusal is that of all.
    expect(answer.recorded.filter(({ api }) => api === "s3:ListBucket")).toHaveLength(2);
  } else {
    expect(findingsOf(answer)).toMatchObject(regions.map(() => failure));
  }
});

it("reads no bucket of an account that nobody named", async () => {
  const { find, later } = await acme();
  later("6m");
  expect(failureOf(await find({ owners: [member] }))).toMatchObject({ kind: "denied" });
  const { found } = await find({ owners: [member, archive] });
  expect(found).toMatchObject({ owner: archive });
});

it("says that the bucket or the role is gone", async () => {
  const { sandbox, find } = await acme();
  expect(failureOf(await find({ bucket: "no-such-bucket" }))).toMatchObject({
    kind: "not_found",
    code: "NoSuchBucket",
  });
  sandbox.control.removeRole(archive, "PosturioReadOnly");
  expect(failureOf(await find())).toMatchObject({ kind: "denied", api: "sts:AssumeRole" });
});

it.each([
  ["throttling", { kind: "throttle" }, "throttled"],
  ["a server error", { kind: "server_error" }, "server_error"],
  ["a web page", { kind: "html", status: 200 }, "garbage"],
  ["half an answer", { kind: "truncated" }, "garbage"],
  ["a cut connection", { kind: "reset" }, "network"],
] as const)("survives %s", async (_, fault, kind) => {
  const { sandbox, find, later } = await acme();
  later("6m");
  sandbox.control.addFaults([{ ...fault, api: "s3:ListObjectsV2" }]);
  expect(failureOf(await find())).toMatchObject({ kind, api: "s3:ListBucket" });
});

it("ends at its deadline when S3 hangs", async () => {
  const { sandbox, find, later } = await acme();
  later("6m");
  sandbox.control.addFaults([{ kind: "hang", api: "s3:GetObject" }]);
  expect(findingsOf(await find({ deadlineMs: 700 }))).toMatchObject(
    regions.map(() => ({ kind: "deadline" })),
  );
});

/** Puts a file into the bucket as CloudTrail would name it. */
function put(sandbox: Sandbox, name: string, body: Buffer, at: string): void {
  const folder = `AWSLogs/${organizationId}/${member}/CloudTrail/us-east-1/2026/11/22/`;
  const fileKey = `${folder}${member}_CloudTrail_us-east-1_${name}.json.gz`;
  const object = { key: fileKey, modifiedAt: Date.parse(at), kmsKeyId: undefined, read: () => body };
  sandbox.control.world.buckets.get(bucket)?.objects.set(fileKey, object);
}

it("passes over files that are too large or no log files, and says how many", async () => {
  const { sandbox, find, later, calls } = await acme();
  later("6m");
  const at = "2026-11-22T12:01:00Z";
  put(sandbox, "20261122T1201Z_AAAA", Buffer.alloc(5_000, "x"), at);
  put(sandbox, "20261122T1201Z_BBBB", gzipSync(Buffer.alloc(100_000, " ")), at);
  put(sandbox, "20261122T1201Z_CCCC", Buffer.from("no gzip"), at);
  put(sandbox, "20261122T1201Z_DDDD", gzipSync(`/${session}" and no JSON`), at);
  put(sandbox, "20261122T1201Z_EEEE", gzipSync(JSON.stringify({ Records: [null, {}, 7] })), at);
  put(sandbox, "20261122T1159Z_FFFF", gzipSync("older than our call"), "2026-11-22T12:00:00Z");
  put(sandbox, "x", gzipSync("not named like a log file"), at);
  const fileLimits = { objectBytes: 4_000, unzippedBytes: 50_000 };
  const [east] = calls;
  const wanted = { fileLimits, calls: east ? [east] : [] };
  expect(findingsOf(await find(wanted))).toMatchObject([{ state: "found" }]);
  const other = { ...wanted, callSession: "posturio-other", calls: [{ ...calls[0], requestId: "none" }] };
  expect(findingsOf(await find(other as Partial<LogFilesInput>))).toEqual([
    { state: "not_yet", lookedInto: 3, skipped: 3, resumeAfter: null },
  ]);
});

it("goes on where the last look ended when there are many files", async () => {
  const { sandbox, find, later, calls } = await acme();
  const nothing = gzipSync(JSON.stringify({ Records: [] }));
  for (let n = 0; n < 130; n++) {
    const name = `20261122T1201Z_A${String(n).padStart(3, "0")}`;
    put(sandbox, name, nothing, "2026-11-22T12:01:00Z");
  }
  later("20m");
  let [east] = calls;
  const looks: number[] = [];
  for (let look = 0; look < 5 && east !== undefined; look++) {
    const [seen] = findingsOf(await find({ calls: [east] }));
    if (seen === undefined || !("state" in seen)) throw new Error("The bucket was not read.");
    if (seen.state === "found") break;
    looks.push(seen.lookedInto);
    east = { ...east, resumeAfter: seen.resumeAfter };
  }
  expect(looks).toEqual([40, 40, 40]);
});

it("has the session do nothing but read log files of that bucket", async () => {
  const { sandbox, find, later } = await acme();
  later("6m");
  await find();
  const sessions = [...sandbox.control.world.sessions.values()];
  const policy = JSON.parse(sessions.at(-1)?.policyText ?? "{}");
  expect(policy.Statement.map(({ Action, Resource }: Record<string, unknown>) => [Action, Resource])).toEqual(
    [
      ["s3:ListBucket", "arn:aws:s3:::acme-logs"],
      ["s3:GetObject", "arn:aws:s3:::acme-logs/*AWSLogs/*"],
      ["kms:Decrypt", "arn:aws:kms:*:*:key/*"],
    ],
  );
});
