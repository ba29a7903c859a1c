import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { withClient } from "@/lib/db/with-client";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { deleteDraft } from "./delete-draft";
import { disconnectAccount } from "./disconnect-account";
import { updateAccount } from "./edit-account";
import { firstResult } from "./first-result";
import { getConnect, getConnection } from "./get-connect";
import { getAccount, listAccounts } from "./list-accounts";
import { mostDrafts, startConnection } from "./start-connection";
import { stopConnectionTest } from "./stop-connection-test";
import { testConnection } from "./test-connection";

const database = testDatabase();
const principal = "arn:aws:iam::999999999999:role/posturio-scanner";
let acme: TenantContext;

beforeAll(async () => {
  process.env.POSTURIO_PRINCIPAL_ARN_AWS = principal;
  acme = await database.makeOrganization("Acme");
});

const begin = (awsAccountId: string, ctx = acme) => startConnection(ctx, { name: "prod", awsAccountId });

describe("a connection", () => {
  test("gets an external id of its own, and a draft taken up again keeps it", async () => {
    const first = await begin("111111111111");
    const second = await begin("222222222222");
    const ids = [await getConnect(acme, first.id), await getConnect(acme, second.id)].map(
      (view) => view.externalId,
    );
    for (const id of ids) expect(id).toMatch(/^pst_[0-9a-f]{32}$/);
    expect(ids[0]).not.toBe(ids[1]);
    expect(await begin("1111-1111-1111")).toEqual(first);
    expect((await getConnect(acme, first.id)).externalId).toBe(ids[0]);
  });

  test("shows the same role in three forms, with its external id and principal", async () => {
    const { id } = await begin("333333333333");
    const view = await getConnect(acme, id);
    for (const template of [view.cloudFormation, view.terraform, view.cli]) {
      expect(template).toContain(view.externalId);
      expect(template).toContain(principal);
    }
    expect(view.suggestedRoleArn).toBe("arn:aws:iam::333333333333:role/PosturioReadOnly");
    expect(view.quickCreateUrl).toBeNull();
    expect(view.permissions.map((line) => line.action)).toContain("cloudtrail:DescribeTrails");
  });

  test.each([
    [{ name: " ", awsAccountId: "111111111111" }, "name"],
    [{ name: "prod", awsAccountId: "12345" }, "awsAccountId"],
    [{ name: "prod", awsAccountId: "111111111111", environment: "moon" }, "environment"],
    [{ name: "prod", awsAccountId: "111111111111", partition: "aws-iso" }, "partition"],
    [{ name: "prod", awsAccountId: "111111111111", partition: "aws-cn" }, "partition"],
  ])("is refused with a message at the field: %j", async (input, field) => {
    await expect(startConnection(acme, input as Parameters<typeof startConnection>[1])).rejects.toMatchObject(
      {
        code: "invalid_input",
        fields: { [field]: expect.any(String) },
      },
    );
  });

  test("takes no external id from outside", async () => {
    const input = { name: "prod", awsAccountId: "111111111111", externalId: "chosen-by-me" };
    await expect(startConnection(acme, input as Parameters<typeof startConnection>[1])).rejects.toMatchObject(
      { code: "invalid_input" },
    );
  });

  test.each([
    ["role/PosturioReadOnly", /ARN/],
    ["arn:aws:iam::999911112222:role/PosturioReadOnly", /belongs to account 999911112222/],
    ["arn:aws-cn:iam::444444444444:role/PosturioReadOnly", /China/],
    ["arn:aws:iam::444444444444:user/PosturioReadOnly", /user/],
    ["arn:aws:sts::444444444444:assumed-role/PosturioReadOnly/x", /session/],
    ["arn:aws:iam::444444444444:role/Admin", /Posturio/],
  ])("refuses the role ARN %s with its own message", async (roleArn, message) => {
    const { id } = await begin("444444444444");
    await expect(testConnection(acme, { accountId: id, roleArn })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { roleArn: expect.stringMatching(message) },
    });
    expect((await getConnect(acme, id)).test).toBeNull();
  });

  test("fills the templates with what the customer's organization asks of the role", async () => {
    const { id } = await begin("454545454545");
    const boundary = "arn:aws:iam::454545454545:policy/Boundary";
    const wishes = {
      roleName: "PosturioAudit",
      rolePath: "security",
      permissionsBoundaryArn: boundary,
      tags: "Owner=Security Team",
      logBucket: "acme-logs",
    };
    const view = await getConnect(acme, id, wishes);
    expect(view.suggestedRoleArn).toBe("arn:aws:iam::454545454545:role/security/PosturioAudit");
    for (const template of [view.cloudFormation, view.terraform, view.cli]) {
      for (const value of ["PosturioAudit", "/security/", boundary, "Owner", "Security Team", "acme-logs"]) {
        expect(template).toContain(value);
      }
    }
    const actions = view.permissions.map(({ action }) => action);
    expect(actions.slice(-3)).toEqual(["s3:ListBucket", "s3:GetObject", "kms:Decrypt"]);
    expect((await getConnect(acme, id)).permissions.map(({ action }) => action)).toEqual(
      actions.slice(0, -3),
    );
    expect(view.wishes.problems).toEqual({});

    const refused = await getConnect(acme, id, { ...wishes, roleName: "Audit", tags: "none" });
    expect(Object.keys(refused.wishes.problems)).toEqual(["roleName", "tags"]);
    expect(refused.cli).toContain("--role-name PosturioReadOnly");
    await expect(getConnection(acme, id, { roleName: "Audit" })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { roleName: expect.stringContaining("role/Posturio*") },
    });
    expect(await getConnection(acme, id, wishes)).not.toHaveProperty("wishes");
  });

  test("repeats name and path of the role that was tried last", async () => {
    const { id } = await begin("464646464646");
    const roleArn = "arn:aws:iam::464646464646:role/security/audit/PosturioAudit";
    await testConnection(acme, { accountId: id, roleArn });
    const view = await getConnect(acme, id);
    expect(view).toMatchObject({
      roleName: "PosturioAudit",
      rolePath: "/security/audit/",
      suggestedRoleArn: roleArn,
    });
    expect(view.cli).toContain("--path /security/audit/");
  });

  test("stores nothing of a role that is only being tried, and runs one test at a time", async () => {
    const { id } = await begin("555555555555");
    const input = { accountId: id, roleArn: " arn:aws:iam::555555555555:role/PosturioReadOnly " };
    const [first, second] = await Promise.all([testConnection(acme, input), testConnection(acme, input)]);
    expect(first).toEqual(second);
    expect(await getAccount(acme, id)).toMatchObject({ status: "draft", roleArn: null });
    expect((await getConnect(acme, id)).test).toMatchObject({ status: "queued", id: first.testId });
  });

  test("of an account that is already connected is refused, unless in another organization", async () => {
    const { id } = await begin("666666666666");
    await database.sql(
      "UPDATE accounts SET status = 'connected', role_arn = 'x', name = 'Main' WHERE id = $1::uuid",
      [id],
    );
    await expect(begin("666666666666")).rejects.toMatchObject({
      code: "conflict",
      fields: { awsAccountId: expect.stringContaining("Main") },
    });
    await database.sql("UPDATE accounts SET status = 'unreachable' WHERE id = $1::uuid", [id]);
    await expect(begin("666666666666")).rejects.toMatchObject({ code: "conflict" });
    const other = await database.makeOrganization("Other");
    expect((await begin("666666666666", other)).id).not.toBe(id);
  });
});

/** As the four probes leave it. */
const connected = (id: string) =>
  database.sql(
    "UPDATE accounts SET status = 'connected', role_arn = 'x', connected_at = now() WHERE id = $1::uuid",
    [id],
  );

describe("a connection that is not wanted", () => {
  const auditOf = (tenantId: string) =>
    database.sql("SELECT action, data FROM audit_log WHERE tenant_id = $1 AND action LIKE '%deleted'", [
      tenantId,
    ]);

  test("is deleted with its tests, and the log tells of it", async () => {
    const beta = await database.makeOrganization("Unwanted");
    const { id } = await begin("212121212121", beta);
    const roleArn = "arn:aws:iam::212121212121:role/PosturioReadOnly";
    await testConnection(beta, { accountId: id, roleArn });
    await expect(deleteDraft(beta, { id })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("A connection test is running"),
    });
    await database.sql("UPDATE connection_tests SET status = 'failed' WHERE account_id = $1", [id]);
    await deleteDraft(beta, { id });
    await expect(getAccount(beta, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await database.sql("SELECT 1 FROM connection_tests WHERE account_id = $1", [id])).toEqual([]);
    expect(await auditOf(beta.tenantId)).toEqual([
      { action: "account.draft_deleted", data: { name: "prod", awsAccountId: "212121212121" } },
    ]);
  });

  test("is one that was never connected: others are refused, by the use case and by the database", async () => {
    const { id } = await begin("232323232323");
    await expect(disconnectAccount(acme, { id, confirmName: "prod" })).rejects.toMatchObject({
      code: "conflict",
    });
    await connected(id);
    await expect(deleteDraft(acme, { id })).rejects.toMatchObject({ code: "conflict" });
    const gone = () =>
      withClient(database.appUrl, async (client) => {
        await client.query("SELECT set_config('app.tenant_id', $1, false)", [acme.tenantId]);
        return client.query("DELETE FROM accounts WHERE id = $1", [id]);
      });
    await expect(gone()).rejects.toThrow("an account that was connected is not deleted");
    // Its status alone does not unlock it.
    await database.sql("UPDATE accounts SET status = 'draft' WHERE id = $1", [id]);
    await expect(gone()).rejects.toThrow("an account that was connected is not deleted");
  });

  test("of another organization is unknown, and nobody without the right deletes one", async () => {
    const { id } = await begin("242424242424");
    const other = await database.makeOrganization("Stranger two");
    const member = await database.makeMember(acme, "member");
    await expect(deleteDraft(other, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteDraft(member, { id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteDraft(acme, { id })).resolves.toBeUndefined();
  });
});

test(`at most ${mostDrafts} connections of an organization are unfinished, also at the same moment`, async () => {
  const many = await database.makeOrganization("Many drafts");
  await database.sql(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id)
     SELECT $1::uuid, lpad(n::text, 12, '9'), 'aws', 'bulk', 'pst_' || n FROM generate_series(1, $2::int) n`,
    [many.tenantId, mostDrafts - 1],
  );
  // So many connections to the database stand open, so that none waits for its own.
  await Promise.all(Array.from({ length: 8 }, () => listAccounts(many)));
  const numbers = Array.from({ length: 8 }, (_, index) => `31313131313${index}`);
  const results = await Promise.allSettled(numbers.map((number) => begin(number, many)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(begin("343434343434", many)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(
      /^50 connections are not finished, which is the limit.*delete one of them/,
    ),
  });
  // One that is begun already is taken up again.
  const taken = await listAccounts(many, { limit: 1 });
  await expect(begin(taken.rows[0]?.awsAccountId ?? "", many)).resolves.toEqual({ id: taken.rows[0]?.id });
  await deleteDraft(many, { id: taken.rows[0]?.id ?? "" });
  await expect(begin("343434343434", many)).resolves.toBeDefined();
  // Those that are finished take no room.
  await connected((await listAccounts(many)).rows[0]?.id ?? "");
  await expect(begin("353535353535", many)).resolves.toBeDefined();
});

test.each(["prod\u202Etxt", "prod\u0007", "prod\nprod", "prod\u200B"])(
  "a name with a character that nobody sees is refused: %j",
  async (name) => {
    await expect(startConnection(acme, { name, awsAccountId: "353535353535" })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { name: expect.stringContaining("invisible character") },
    });
  },
);

describe("a connection test", () => {
  test("is stopped by whoever may connect: nothing runs on, nothing was tried, and another can begin", async () => {
    const { id } = await begin("454545454545");
    const test = { accountId: id, roleArn: "arn:aws:iam::454545454545:role/PosturioReadOnly" };
    const { testId } = await testConnection(acme, test);
    const member = await database.makeMember(acme, "member");
    await expect(stopConnectionTest(member, { accountId: id })).rejects.toMatchObject({ code: "forbidden" });
    await stopConnectionTest(acme, { accountId: id });
    const { test: stopped, account } = await getConnect(acme, id);
    expect(stopped).toMatchObject({ id: testId, status: "failed", isStopped: true });
    expect(new Set(stopped?.steps.map(({ state }) => state))).toEqual(new Set(["skipped"]));
    expect(account).toMatchObject({ status: "draft", roleArn: null });
    // The proposed role is nobody's wish: what asks for others stays folded.
    expect((await getConnect(acme, id)).wishes.values).toEqual({});
    const items = await database.sql("SELECT state, outcome FROM work_items WHERE subject_id = $1", [testId]);
    expect(items).toEqual([{ state: "done", outcome: "cancelled" }]);
    await expect(stopConnectionTest(acme, { accountId: id })).rejects.toMatchObject({ code: "conflict" });
    expect((await testConnection(acme, test)).testId).not.toBe(testId);
  });
});

describe("what a new connection leads to", () => {
  test("is its first scan while it runs, and then the finding that a list shows first", async () => {
    const { id } = await begin("565656565656");
    expect(await firstResult(acme, id)).toEqual({ kind: "account" });
    await database.sql(
      "INSERT INTO scans (tenant_id, number, account_id, trigger, status) VALUES ($1, 901, $2, 'connect', 'running')",
      [acme.tenantId, id],
    );
    expect(await firstResult(acme, id)).toEqual({ kind: "scan", number: 901, isUnderWay: true });
    await database.sql("UPDATE scans SET status = 'complete' WHERE tenant_id = $1 AND number = 901", [
      acme.tenantId,
    ]);
    await database.sql(
      `INSERT INTO findings (tenant_id, account_id, check_id, number, observation, severity, observation_since, last_scan_id)
       SELECT $1, $2, check_id, number, observation, severity, now(), gen_random_uuid()
       FROM (VALUES ('a.passes', NULL, 'passing', NULL), ('b.medium', 71, 'failing', 'MEDIUM'),
                    ('c.high', 72, 'failing', 'HIGH')) AS f(check_id, number, observation, severity)`,
      [acme.tenantId, id],
    );
    expect(await firstResult(acme, id)).toEqual({ kind: "finding", key: "PST-72" });
    await database.sql("UPDATE scans SET status = 'failed' WHERE tenant_id = $1 AND number = 901", [
      acme.tenantId,
    ]);
    expect(await firstResult(acme, id)).toEqual({ kind: "scan", number: 901, isUnderWay: false });
    const other = await database.makeOrganization("Other");
    await expect(firstResult(other, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("an account", () => {
  test("is edited by those who may, and shown as changed", async () => {
    const { id } = await begin("777777777777");
    await updateAccount(acme, { id, name: "Payments", environment: "production" });
    expect(await getAccount(acme, id)).toMatchObject({ name: "Payments", environment: "production" });
  });

  test("is not changed over a change of someone else; only such changes raise its version", async () => {
    const { id } = await begin("787878787878");
    const read = (await getAccount(acme, id)).version;
    await updateAccount(acme, { id, name: "Mine", version: read });
    const both = await Promise.allSettled([
      updateAccount(acme, { id, name: "A", version: read + 1 }),
      updateAccount(acme, { id, name: "B", version: read + 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = both[0].status === "fulfilled" ? "A" : "B";
    const refused = both.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({
      code: "version_conflict",
      message: expect.stringContaining(`“${winner}”, Other, not scheduled`),
      members: { current: { name: winner, environment: "other", everyMinutes: null, version: read + 2 } },
    });
    expect(await getAccount(acme, id)).toMatchObject({ name: winner, version: read + 2 });
    await connected(id);
    await disconnectAccount(acme, { id, confirmName: winner });
    expect((await getAccount(acme, id)).version).toBe(read + 2);
  });

  test("is disconnected only by typing its name, and can then be connected again with another external id", async () => {
    const { id } = await begin("888888888888");
    const before = await getConnect(acme, id);
    await connected(id);
    await expect(disconnectAccount(acme, { id, confirmName: "wrong" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await disconnectAccount(acme, { id, confirmName: "prod" });
    // The role is no longer assumed; which one it was is still told.
    expect(await getAccount(acme, id)).toMatchObject({ status: "disconnected", roleArn: "x" });
    const again = await begin("888888888888");
    expect(again.id).not.toBe(id);
    expect((await getConnect(acme, again.id)).externalId).not.toBe(before.externalId);
  });

  test("of one organization is unknown to another, and to roles that may not act", async () => {
    const { id } = await begin("101010101010");
    const other = await database.makeOrganization("Stranger");
    const member = await database.makeMember(acme, "member");
    const roleArn = "arn:aws:iam::101010101010:role/PosturioReadOnly";
    const notFound = { code: "not_found" };
    expect(await listAccounts(other)).toEqual({ rows: [], nextCursor: null });
    await expect(getAccount(other, id)).rejects.toMatchObject(notFound);
    await expect(getConnect(other, id)).rejects.toMatchObject(notFound);
    await expect(testConnection(other, { accountId: id, roleArn })).rejects.toMatchObject(notFound);
    await expect(updateAccount(other, { id, name: "mine" })).rejects.toMatchObject(notFound);
    await expect(disconnectAccount(other, { id, confirmName: "prod" })).rejects.toMatchObject(notFound);
    await expect(testConnection(member, { accountId: id, roleArn })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(getAccount(acme, "not-an-id")).rejects.toMatchObject(notFound);
  });
});
