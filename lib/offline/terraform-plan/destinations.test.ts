import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import type { Json, JsonObject } from "./json";
import {
  configurationOf,
  createdTrail,
  deletedTrail,
  keptTrail,
  planOf,
  resourceChange,
  trailValues,
} from "./testing";

const account = "333333333333";
const multi = { is_multi_region_trail: true };
const arn = `arn:aws:kms:eu-central-1:${account}:key/11111111-2222-3333-4444-555555555555`;
const keyId = "11111111-2222-3333-4444-555555555555";
const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
const trail = keptTrail("aws_cloudtrail.audit", multi, account);
const encrypted = (kms_key_id: string) =>
  keptTrail("aws_cloudtrail.audit", { ...multi, kms_key_id }, account);
const outcome = (...changes: readonly JsonObject[]) => evaluatePlan(planOf(changes));

function policy(...statements: readonly Json[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
const readAcl = {
  Effect: "Allow",
  Principal: cloudTrail,
  Action: "s3:GetBucketAcl",
  Resource: "arn:aws:s3:::acme-logs",
};
const write = {
  Effect: "Allow",
  Principal: cloudTrail,
  Action: "s3:PutObject",
  Resource: `arn:aws:s3:::acme-logs/AWSLogs/${account}/*`,
  Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
};
const onlyTls = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const good = policy(readAcl, write);
const encrypt = { Effect: "Allow", Principal: cloudTrail, Action: "kms:GenerateDataKey*", Resource: "*" };
const root = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "kms:*",
  Resource: "*",
};

interface Part {
  readonly type: string;
  readonly actions?: readonly string[];
  readonly before?: JsonObject | null;
  readonly after?: JsonObject | null;
  readonly unknown?: JsonObject;
}

function change({ type, actions, ...values }: Part): JsonObject {
  const action = values.after == null ? "delete" : values.before == null ? "create" : "update";
  return resourceChange({ type, address: `${type}.x`, actions: actions ?? [action], ...values });
}

const bucketPolicy = (before: string | null, after: string | null, rest: Partial<Part> = {}) =>
  change({
    type: "aws_s3_bucket_policy",
    before: before === null ? null : { bucket: "acme-logs", id: "acme-logs", policy: before },
    after: after === null ? null : { bucket: "acme-logs", policy: after },
    ...rest,
  });
const key = (before: JsonObject | null, after: JsonObject | null, rest: Partial<Part> = {}) => {
  const values = { arn, key_id: keyId, id: keyId, is_enabled: true };
  return change({
    type: "aws_kms_key",
    before: before === null ? null : { ...values, ...before },
    after: after === null ? null : { ...values, ...after },
    ...rest,
  });
};

describe("the bucket", () => {
  const bucket = (after: JsonObject | null, actions?: readonly string[], rest: Partial<Part> = {}) =>
    change({
      type: "aws_s3_bucket",
      before: { bucket: "acme-logs", id: "acme-logs", arn: "arn:aws:s3:::acme-logs" },
      after,
      ...(actions ? { actions } : {}),
      ...rest,
    });

  test.each([
    ["is deleted", bucket(null)],
    ["gets another name", bucket({ bucket: "other" }, ["delete", "create"])],
    [
      "is an awscc one, and deleted",
      change({ type: "awscc_s3_bucket", before: { bucket_name: "acme-logs" }, after: null }),
    ],
  ])("%s: coverage breaks", (_, gone) => {
    const evaluation = outcome(trail, gone);
    expect(evaluation).toMatchObject({ outcome: "breaks", exitCode: 1 });
    expect(evaluation.sentence).toContain("cannot deliver");
    expect(evaluation.notes).toHaveLength(1);
  });

  test("of another account in the same plan is the trail's all the same", () => {
    const other = { ...bucket(null), address: "module.log_archive.aws_s3_bucket.logs" };
    expect(outcome(trail, other).outcome).toBe("breaks");
  });

  test("of another name, forgotten, or with its public access blocked: nothing is lost", () => {
    const others = [
      change({ type: "aws_s3_bucket", before: { bucket: "acme-logs-2", id: "acme-logs-2" }, after: null }),
      change({ type: "aws_s3_bucket_public_access_block", before: { bucket: "acme-logs" }, after: null }),
      change({ type: "aws_s3_bucket_versioning", before: { bucket: "acme-logs" }, after: null }),
    ];
    expect(outcome(trail, bucket(null, ["forget"]), ...others)).toMatchObject({
      outcome: "covers",
      exitCode: 0,
    });
  });

  test("is replaced under its name: delivery goes on when the plan sets its policy again", () => {
    const replaced = bucket({ bucket: "acme-logs" }, ["delete", "create"], {
      unknown: { id: true, arn: true },
    });
    const again = bucketPolicy(good, null, {
      actions: ["delete", "create"],
      after: {},
      unknown: { bucket: true, policy: true },
    });
    expect(outcome(trail, replaced)).toMatchObject({ outcome: "unknown", exitCode: 2 });
    const known = bucketPolicy(good, good, { actions: ["delete", "create"] });
    expect(outcome(trail, replaced, known)).toMatchObject({ outcome: "covers" });
    expect(outcome(trail, replaced, again).outcome).toBe("unknown");
  });

  test("that the trail leaves in this plan is no loss, known or not", () => {
    const moved = (after: JsonObject, unknown: JsonObject) =>
      resourceChange({
        actions: ["update"],
        before: trailValues(multi, account),
        after: { ...trailValues(multi, account), ...after },
        unknown,
      });
    const gone = [bucket(null), bucketPolicy(good, null)];
    expect(outcome(moved({ s3_bucket_name: null }, { s3_bucket_name: true }), ...gone).outcome).toBe(
      "covers",
    );
    expect(outcome(moved({ s3_bucket_name: "new" }, {}), ...gone).outcome).toBe("covers");
  });

  test("known after apply is looked up by the bucket that the trail refers to", () => {
    const plan = planOf(
      [
        createdTrail("aws_cloudtrail.t", { ...multi, s3_bucket_name: null }, { s3_bucket_name: true }),
        change({ type: "aws_s3_bucket", after: { bucket: "acme-logs" }, unknown: { id: true } }),
        bucketPolicy(null, policy(onlyTls)),
      ],
      {
        configuration: configurationOf(
          { aws: {} },
          {
            "aws_cloudtrail.t": {
              provider: "aws",
              expressions: { s3_bucket_name: { references: ["aws_s3_bucket.x.id", "aws_s3_bucket.x"] } },
            },
          },
        ),
      },
    );
    expect(evaluatePlan(plan)).toMatchObject({ outcome: "creates_gap", exitCode: 1 });
  });

  test("makes requesters pay: the plan does not tell whether delivery goes on", () => {
    const pays = change({
      type: "aws_s3_bucket_request_payment_configuration",
      after: { bucket: "acme-logs", payer: "Requester" },
    });
    expect(outcome(trail, pays).outcome).toBe("unknown");
  });
});

describe("the policy of the bucket", () => {
  test.each([
    ["is deleted", bucketPolicy(good, null)],
    ["loses its statements for CloudTrail", bucketPolicy(good, policy(onlyTls))],
    ["becomes empty", bucketPolicy(good, policy())],
    ["is set over whatever was there", bucketPolicy(null, policy(onlyTls))],
    ["is replaced by one without", bucketPolicy(good, policy(onlyTls), { actions: ["delete", "create"] })],
    ["lets CloudTrail read alone", bucketPolicy(good, policy(readAcl))],
    [
      "lets another service write",
      bucketPolicy(good, policy({ ...write, Principal: { Service: "config.amazonaws.com" } })),
    ],
    [
      "lets CloudTrail write for another account",
      bucketPolicy(
        good,
        policy(readAcl, { ...write, Resource: "arn:aws:s3:::acme-logs/AWSLogs/444444444444/*" }),
      ),
    ],
    [
      "lets CloudTrail write to another bucket",
      bucketPolicy(good, policy(readAcl, { ...write, Resource: "arn:aws:s3:::other/*" })),
    ],
    [
      "lets another trail write",
      bucketPolicy(
        good,
        policy(readAcl, {
          ...write,
          Condition: {
            StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:eu-central-1:${account}:trail/other` },
          },
        }),
      ),
    ],
    [
      "lets another account's trails write",
      bucketPolicy(
        good,
        policy(readAcl, { ...write, Condition: { StringEquals: { "aws:SourceAccount": "444444444444" } } }),
      ),
    ],
    [
      "denies everyone to write",
      bucketPolicy(
        good,
        policy(readAcl, write, { Effect: "Deny", Principal: "*", Action: "s3:Put*", Resource: "*" }),
      ),
    ],
    [
      "denies CloudTrail",
      bucketPolicy(
        good,
        policy(readAcl, write, {
          Effect: "Deny",
          Principal: cloudTrail,
          NotAction: "s3:GetObject",
          Resource: "arn:aws:s3:::acme-logs/*",
        }),
      ),
    ],
    [
      "goes to another bucket",
      bucketPolicy(good, good, { after: { bucket: "other", policy: good }, actions: ["delete", "create"] }),
    ],
    [
      "is one of awscc, and loses them",
      change({
        type: "awscc_s3_bucket_policy",
        before: { bucket: "acme-logs", policy_document: good },
        after: { bucket: "acme-logs", policy_document: policy(onlyTls) },
      }),
    ],
    [
      "is in the bucket, and loses them",
      change({
        type: "aws_s3_bucket",
        before: { bucket: "acme-logs", policy: good },
        after: { bucket: "acme-logs", policy: policy(onlyTls) },
      }),
    ],
  ])("%s: coverage breaks", (_, lost) => {
    expect(outcome(trail, lost)).toMatchObject({ outcome: "breaks", exitCode: 1 });
  });

  test.each([
    [
      "is only known after apply",
      bucketPolicy(good, null, {
        actions: ["update"],
        after: { bucket: "acme-logs" },
        unknown: { policy: true },
      }),
    ],
    [
      "denies under a condition that we cannot decide",
      bucketPolicy(
        good,
        policy(readAcl, write, { ...onlyTls, Condition: { StringNotEquals: { "aws:SourceOrgID": "o-1" } } }),
      ),
    ],
    [
      "denies all but some",
      bucketPolicy(
        good,
        policy(readAcl, write, {
          Effect: "Deny",
          NotPrincipal: { AWS: "arn:aws:iam::1:root" },
          Action: "*",
          Resource: "*",
        }),
      ),
    ],
    [
      "denies all but some roles, which no service is",
      bucketPolicy(
        good,
        policy(readAcl, write, {
          ...onlyTls,
          Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } },
        }),
      ),
    ],
    ["no longer lets CloudTrail read the ACL", bucketPolicy(good, policy(write))],
    [
      "changes, and lets CloudTrail in by an old principal",
      bucketPolicy(
        policy({ ...write, Principal: { AWS: "arn:aws:iam::903692715234:root" } }),
        policy(onlyTls),
      ),
    ],
    ["is no JSON", bucketPolicy(good, "{")],
  ])("%s: it cannot be said", (_, doubtful) => {
    expect(outcome(trail, doubtful)).toMatchObject({ outcome: "unknown", exitCode: 2 });
  });

  test.each([
    ["gains a statement", bucketPolicy(good, policy(readAcl, write, onlyTls))],
    [
      "lets CloudTrail write anywhere in it",
      bucketPolicy(good, policy(readAcl, { ...write, Action: ["s3:*"], Resource: "*" })),
    ],
    [
      "names the trail",
      bucketPolicy(
        good,
        policy(readAcl, {
          ...write,
          Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudtrail:*:${account}:trail/*` } },
        }),
      ),
    ],
    [
      "denies other services' accounts and wrong ACLs",
      bucketPolicy(
        good,
        policy(
          readAcl,
          write,
          { ...onlyTls, Condition: { StringNotEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } } },
          { ...onlyTls, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
        ),
      ),
    ],
    [
      "keeps a denial that was there",
      bucketPolicy(
        policy(readAcl, write, { ...onlyTls, Condition: {} }),
        policy(write, readAcl, { ...onlyTls, Condition: {} }),
      ),
    ],
    ["is rewritten and says the same", bucketPolicy(good, JSON.stringify(JSON.parse(good), null, 2))],
    ["is not changed", bucketPolicy(policy(onlyTls), policy(onlyTls), { actions: ["no-op"] })],
    ["is forgotten", bucketPolicy(good, null, { actions: ["forget"] })],
  ])("%s: coverage stays", (_, harmless) => {
    expect(outcome(trail, harmless)).toMatchObject({ outcome: "covers", exitCode: 0 });
  });

  test("moves to another address, on a bucket that is only known by reference", () => {
    const removed = bucketPolicy(good, null);
    const created = resourceChange({
      type: "aws_s3_bucket_policy",
      address: "module.logs.aws_s3_bucket_policy.this",
      actions: ["create"],
      after: { policy: good },
      unknown: { bucket: true, id: true },
    });
    expect(outcome(trail, removed, created)).toMatchObject({ outcome: "unknown", exitCode: 2 });
    const bucket = resourceChange({
      type: "aws_s3_bucket",
      address: "module.logs.aws_s3_bucket.this",
      actions: ["no-op"],
      before: { bucket: "acme-logs" },
      after: { bucket: "acme-logs" },
    });
    const references = ["aws_s3_bucket.this.id", "aws_s3_bucket.this"];
    const configuration = configurationOf(
      { aws: {} },
      {
        "module.logs.aws_s3_bucket_policy.this": {
          provider: "aws",
          expressions: { bucket: { references } },
        },
      },
    );
    expect(evaluatePlan(planOf([trail, removed, created, bucket], { configuration })).outcome).toBe("covers");
  });

  test("known after apply is tried by AWS when the trail is created with it", () => {
    const created = bucketPolicy(null, null, {
      actions: ["create"],
      after: { bucket: "acme-logs" },
      unknown: { policy: true },
    });
    expect(outcome(createdTrail("aws_cloudtrail.t", multi), created).outcome).toBe("covers");
  });

  test("of an organization trail names the organization's folder", () => {
    const organization = keptTrail("aws_cloudtrail.org", { ...multi, is_organization_trail: true }, account);
    const folder = policy(readAcl, { ...write, Resource: "arn:aws:s3:::acme-logs/AWSLogs/o-abc/*" });
    expect(
      outcome(organization, bucketPolicy(folder, policy(readAcl, write, { ...write, Sid: "x" }))).outcome,
    ).toBe("covers");
    expect(outcome(organization, bucketPolicy(folder, policy(onlyTls))).outcome).toBe("breaks");
  });
});

describe("the key", () => {
  const ways = [arn, keyId] as const;

  test.each(ways)("named %s is deleted or disabled: coverage breaks", (name) => {
    expect(outcome(encrypted(name), key({}, null))).toMatchObject({ outcome: "breaks", exitCode: 1 });
    expect(outcome(encrypted(name), key({}, { is_enabled: false })).outcome).toBe("breaks");
    expect(
      outcome(encrypted(name), key({}, {}, { actions: ["delete", "create"], unknown: { arn: true } }))
        .outcome,
    ).toBe("breaks");
  });

  test("named by an alias is found through it", () => {
    const alias = resourceChange({
      type: "aws_kms_alias",
      address: "aws_kms_alias.trail",
      actions: ["no-op"],
      before: { name: "alias/trail", target_key_id: keyId, target_key_arn: arn },
      after: { name: "alias/trail", target_key_id: keyId, target_key_arn: arn },
    });
    for (const name of ["alias/trail", `arn:aws:kms:eu-central-1:${account}:alias/trail`]) {
      expect(outcome(encrypted(name), alias, key({}, null)).outcome, name).toBe("breaks");
    }
    expect(outcome(encrypted("alias/trail"), alias, key({ policy: policy(root) }, null)).outcome).toBe(
      "breaks",
    );
    // Behind an alias that the plan does not hold may be any key that CloudTrail may use.
    expect(outcome(encrypted("alias/other"), alias, key({}, null)).outcome).toBe("unknown");
    expect(outcome(encrypted("alias/other"), key({ policy: policy(root) }, null)).outcome).toBe("covers");
    expect(outcome(encrypted("alias/other"), key({}, { description: "x" })).outcome).toBe("covers");
  });

  test("of another trail, Region or account is none of its own", () => {
    const elsewhere = `arn:aws:kms:us-east-1:${account}:key/${keyId}`;
    expect(outcome(encrypted(elsewhere), key({}, null)).outcome).toBe("covers");
    expect(outcome(trail, key({}, null)).outcome).toBe("covers");
  });

  test("that the trail leaves in this plan is no loss", () => {
    const moved = (after: JsonObject, unknown: JsonObject = {}) =>
      resourceChange({
        actions: ["update"],
        before: trailValues({ ...multi, kms_key_id: arn }, account),
        after: trailValues({ ...multi, ...after }, account),
        unknown,
      });
    expect(outcome(moved({ kms_key_id: null }, { kms_key_id: true }), key({}, null)).outcome).toBe("covers");
    expect(outcome(moved({ kms_key_id: "" }), key({}, null)).outcome).toBe("covers");
    expect(outcome(encrypted(arn), key({}, null, { actions: ["forget"] })).outcome).toBe("covers");
  });

  test("is disabled by a value known after apply: it cannot be said", () => {
    const open = key({}, { is_enabled: null }, { unknown: { is_enabled: true } });
    expect(outcome(encrypted(arn), open).outcome).toBe("unknown");
  });

  test("gets a policy: without CloudTrail it breaks, unknown it cannot be said, with CloudTrail nothing happens", () => {
    const [with_, without] = [policy(root, encrypt), policy(root)];
    const own = (after: JsonObject, unknown: JsonObject = {}) => key({ policy: with_ }, after, { unknown });
    expect(outcome(encrypted(arn), own({ policy: without })).outcome).toBe("breaks");
    expect(outcome(encrypted(arn), own({ policy: null }, { policy: true })).outcome).toBe("unknown");
    expect(
      outcome(encrypted(arn), own({ policy: policy(encrypt, root, { ...encrypt, Sid: "b" }) })).outcome,
    ).toBe("covers");
    const other = {
      ...encrypt,
      Condition: {
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:444444444444:trail/*",
        },
      },
    };
    expect(outcome(encrypted(arn), own({ policy: policy(root, other) })).outcome).toBe("breaks");
    expect(outcome(encrypted(arn), own({ policy: with_, description: "x" })).outcome).toBe("covers");
  });

  test("has a policy of its own resource, which is changed or deleted", () => {
    const resource = (after: JsonObject | null) =>
      change({ type: "aws_kms_key_policy", before: { key_id: keyId, policy: policy(root, encrypt) }, after });
    expect(outcome(encrypted(arn), resource(null)).outcome).toBe("breaks");
    expect(outcome(encrypted(arn), resource({ key_id: keyId, policy: policy(root) })).outcome).toBe("breaks");
    expect(outcome(encrypted(arn), resource({ key_id: keyId, policy: policy(encrypt) })).outcome).toBe(
      "covers",
    );
    expect(
      outcome(
        encrypted(keyId),
        change({
          type: "awscc_kms_key",
          before: { arn, key_id: keyId, enabled: true },
          after: { arn, key_id: keyId, enabled: false },
        }),
      ).outcome,
    ).toBe("breaks");
  });
});

describe("a plan of the destination alone", () => {
  test.each([
    ["the policy of the log bucket is deleted", bucketPolicy(good, null)],
    ["the policy of the log bucket shuts CloudTrail out", bucketPolicy(good, policy(onlyTls))],
    [
      "the log bucket is deleted",
      change({ type: "aws_s3_bucket", before: { bucket: "acme-logs", id: "acme-logs" }, after: null }),
    ],
    ["the key that CloudTrail may use is deleted", key({ policy: policy(root, encrypt) }, null)],
    [
      "the key that CloudTrail may use is disabled",
      key({ policy: policy(root, encrypt) }, { policy: policy(root, encrypt), is_enabled: false }),
    ],
  ])("%s: unknown, with a note", (_, part) => {
    const evaluation = outcome(part);
    expect(evaluation).toMatchObject({ outcome: "unknown", exitCode: 2, accounts: [] });
    expect(evaluation.sentence).toContain("contains no trail");
    expect(evaluation.notes).toEqual([expect.stringContaining("could not")]);
  });

  test("claims nothing about a bucket in which CloudTrail has no part", () => {
    expect(outcome(bucketPolicy(policy(onlyTls), null)).notes).toEqual([]);
  });

  test("notes a foreign destination beside a trail that delivers elsewhere, and judges the trail", () => {
    const other = keptTrail("aws_cloudtrail.t", { ...multi, s3_bucket_name: "another" }, account);
    const evaluation = outcome(other, bucketPolicy(good, null));
    expect(evaluation).toMatchObject({ outcome: "covers", notes: [expect.stringContaining("could not")] });
  });
});

test("an organization that ends the trusted access of CloudTrail leaves its trail in doubt", () => {
  const organization = keptTrail("aws_cloudtrail.org", { ...multi, is_organization_trail: true }, account);
  const ends = change({
    type: "aws_organizations_organization",
    before: { aws_service_access_principals: ["cloudtrail.amazonaws.com"] },
    after: { aws_service_access_principals: [] },
  });
  expect(outcome(organization, ends).outcome).toBe("unknown");
  expect(outcome(trail, ends).outcome).toBe("covers");
});

test("a trail that is deleted with its bucket is deleted, and the bucket is named in no reason", () => {
  const gone = change({ type: "aws_s3_bucket", before: { bucket: "acme-logs" }, after: null });
  const evaluation = outcome(deletedTrail("aws_cloudtrail.audit", multi, account), gone);
  expect(evaluation.sentence).toContain("aws_cloudtrail.audit is deleted");
  expect(evaluation.sentence).not.toContain("aws_s3_bucket");
});
