import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { updateAccount } from "@/lib/accounts/edit-account";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { addOwnerRule, listOwnerRules, removeOwnerRule } from "./owner-rules";
import { readTriageSettings, saveRequiredProof, saveTriageSettings } from "./settings";

const database = testDatabase();
let admin: TenantContext;
let lead: TenantContext;
let member: TenantContext;
let accountId: string;

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  lead = await database.makeMember(admin, "lead");
  member = await database.makeMember(admin, "member");
  const [account] = await database.sql<{ id: string }>(
    `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status)
     VALUES ($1, '111122223333', 'aws', 'prod', $2, 'connected') RETURNING id::text`,
    [admin.tenantId, randomUUID()],
  );
  accountId = account?.id ?? "";
});

const days = { critical: 3, high: 7, medium: 20, low: 60 };

test("settings are the defaults until somebody saves others, and a stale version replaces nothing", async () => {
  expect(await readTriageSettings(member)).toEqual({
    version: 0,
    timeZone: "UTC",
    days: { CRITICAL: 7, HIGH: 14, MEDIUM: 30, LOW: 90 },
    businessDays: false,
    requiredProof: "delivered",
  });
  const save = (version: number, timeZone: string) =>
    saveTriageSettings(lead, { version, timeZone, ...days, businessDays: true });
  const first = await Promise.allSettled([save(0, "Europe/Berlin"), save(0, "America/New_York")]);
  expect(first.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(first.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "version_conflict", members: { current: { version: 1 } } },
  });
  await save(1, "Asia/Tokyo");
  await expect(save(1, "UTC")).rejects.toMatchObject({ code: "version_conflict" });
  expect(await readTriageSettings(lead)).toEqual({
    version: 2,
    timeZone: "Asia/Tokyo",
    days: { CRITICAL: 3, HIGH: 7, MEDIUM: 20, LOW: 60 },
    businessDays: true,
    requiredProof: "delivered",
  });
});

test("an admin says how sure delivery must be, in the settings' one version; the rest of them stays", async () => {
  await saveRequiredProof(admin, { version: 0, requiredProof: "object" });
  await saveTriageSettings(lead, { version: 1, timeZone: "Asia/Tokyo", ...days, businessDays: true });
  await expect(saveRequiredProof(admin, { version: 1, requiredProof: "delivered" })).rejects.toMatchObject({
    code: "version_conflict",
    members: { current: { version: 2 } },
  });
  await saveRequiredProof(admin, { version: 2, requiredProof: "content" });
  expect(await readTriageSettings(member)).toEqual({
    version: 3,
    timeZone: "Asia/Tokyo",
    days: { CRITICAL: 3, HIGH: 7, MEDIUM: 20, LOW: 60 },
    businessDays: true,
    requiredProof: "content",
  });
  const log = await database.sql(
    `SELECT data FROM audit_log WHERE tenant_id = $1 AND action = 'triage.required_proof_changed' ORDER BY at`,
    [admin.tenantId],
  );
  expect(log.map(({ data }) => data)).toEqual([
    { before: "delivered", after: "object" },
    { before: "object", after: "content" },
  ]);
  await expect(
    saveRequiredProof(admin, { version: 3, requiredProof: "certain" as "content" }),
  ).rejects.toMatchObject({ code: "invalid_input", fields: { requiredProof: expect.any(String) } });
  for (const who of [lead, member]) {
    const attempt = saveRequiredProof(who, { version: 3, requiredProof: "delivered" });
    await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  }
});

test.each([
  [{ timeZone: "Mars/Olympus" }, "timeZone"],
  [{ critical: 0 }, "critical"],
  [{ low: 366 }, "low"],
  [{ high: 1.5 }, "high"],
])("settings refuse %o", async (wrong, field) => {
  const input = { version: 0, timeZone: "UTC", ...days, businessDays: false, ...wrong };
  await expect(saveTriageSettings(lead, input)).rejects.toMatchObject({
    code: "invalid_input",
    fields: { [field]: expect.any(String) },
  });
});

test("rules are listed the most exact first, one for each account, label and environment, and are removed", async () => {
  await addOwnerRule(lead, { match: "environment", value: "Production", ownerId: userIdOf(lead) });
  await addOwnerRule(lead, { match: "label", value: " Payments ", ownerId: userIdOf(member) });
  await addOwnerRule(lead, { match: "account", value: "1111-2222-3333", ownerId: userIdOf(member) });
  await addOwnerRule(lead, { match: "label", value: "payments", ownerId: userIdOf(lead) });
  const rules = await listOwnerRules(member);
  expect(rules.map(({ match, value, owner }) => [match, value, owner.id])).toEqual([
    ["account", "prod (111122223333)", userIdOf(member)],
    ["label", "payments", userIdOf(lead)],
    ["environment", "Production", userIdOf(lead)],
  ]);
  await removeOwnerRule(lead, { ruleId: rules[0]?.id ?? "" });
  await expect(removeOwnerRule(lead, { ruleId: rules[0]?.id ?? "" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await listOwnerRules(member)).toHaveLength(2);
});

test("a rule is refused for an account that is not there, an environment that is none, and who cannot own", async () => {
  const other = await database.makeOrganization("Other");
  for (const [rule, field] of [
    [{ match: "account", value: "999999999999", ownerId: userIdOf(lead) }, "value"],
    [{ match: "environment", value: "moon", ownerId: userIdOf(lead) }, "value"],
    [{ match: "label", value: " ", ownerId: userIdOf(lead) }, "value"],
    [{ match: "label", value: "x", ownerId: userIdOf(other) }, "ownerId"],
  ] as const) {
    await expect(addOwnerRule(lead, rule)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [field]: expect.any(String) },
    });
  }
  // An account of another organization is no account here.
  await expect(
    addOwnerRule(other, { match: "account", value: "111122223333", ownerId: userIdOf(other) }),
  ).rejects.toMatchObject({ code: "invalid_input" });
  expect(await listOwnerRules(other)).toEqual([]);
});

test("only leads and admins change settings and rules", async () => {
  for (const attempt of [
    () => saveTriageSettings(member, { version: 0, timeZone: "UTC", ...days, businessDays: false }),
    () => addOwnerRule(member, { match: "label", value: "x", ownerId: userIdOf(member) }),
    () => removeOwnerRule(member, { ruleId: randomUUID() }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("labels of an account are few, short, of one spelling and without repeats", async () => {
  const { labels, version } = await updateAccount(lead, {
    id: accountId,
    labels: ["Payments", " payments", "EU  data"],
  });
  expect(labels).toEqual(["payments", "eu data"]);
  expect(version).toBe(2);
  for (const wrong of [
    [""],
    ["a,b"],
    ["x".repeat(41)],
    Array.from({ length: 21 }, (_, index) => `l${index}`),
  ]) {
    await expect(updateAccount(lead, { id: accountId, labels: wrong })).rejects.toMatchObject({
      code: "invalid_input",
    });
  }
  expect((await updateAccount(lead, { id: accountId, labels: [] })).labels).toEqual([]);
});
