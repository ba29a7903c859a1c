import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { hashSecret, newSecret } from "@/lib/auth/secret";
import { testDatabase } from "@/lib/db/testing/database";
import { actorOf } from "./actor";
import { audit } from "./audit";
import { may } from "./authorize";
import { requireTenantFromToken, tenantForUser } from "./require-tenant";
import { admit, TenantContext } from "./tenant-context";
import { tenantFromJob } from "./tenant-from-job";
import { withTenant } from "./with-tenant";

const database = testDatabase();
const userIdOf = ({ principal }: TenantContext) => (principal.type === "user" ? principal.userId : "");

async function makeToken(
  ctx: TenantContext,
  scopes: string[],
  rest: { expiresAt?: Date; revokedAt?: Date } = {},
) {
  const secret = `pst_live_${newSecret()}`;
  const expiresAt = rest.expiresAt ?? new Date(Date.now() + 60_000);
  const row = {
    tenantId: ctx.tenantId,
    name: "CI",
    prefix: secret.slice(0, 13),
    tokenHash: hashSecret(secret),
  };
  await database.identity.apiToken.create({
    data: { ...row, scopes, createdBy: randomUUID(), ...rest, expiresAt },
  });
  return `Bearer ${secret}`;
}

test("an organization one is not in answers like one that does not exist", async () => {
  const acme = await database.makeOrganization("Acme");
  const beta = await database.makeOrganization("Beta");
  const foreign = await tenantForUser(userIdOf(acme), beta.slug, "organization.view").catch(
    (error: unknown) => error,
  );
  const unknown = await tenantForUser(userIdOf(acme), "nobody", "organization.view").catch(
    (error: unknown) => error,
  );
  expect(foreign).toEqual(unknown);
  expect(foreign).toMatchObject({ code: "not_found" });
});

test("a removed member and a disabled user are out with the next request", async () => {
  const acme = await database.makeOrganization("Acme");
  const member = await database.makeMember(acme, "member");
  const tenantId_userId = { tenantId: acme.tenantId, userId: userIdOf(member) };
  await database.identity.membership.delete({ where: { tenantId_userId } });
  await expect(tenantForUser(userIdOf(member), acme.slug, "organization.view")).rejects.toMatchObject({
    code: "not_found",
  });
  await database.identity.user.update({ where: { id: userIdOf(acme) }, data: { disabledAt: new Date() } });
  await expect(tenantForUser(userIdOf(acme), acme.slug, "organization.view")).rejects.toMatchObject({
    code: "not_found",
  });
});

test("an organization that is being erased is closed to its members and its tokens", async () => {
  const acme = await database.makeOrganization("Acme");
  const header = await makeToken(acme, ["read"]);
  await database.sql("UPDATE organizations SET erasing_at = now() WHERE id = $1", [acme.tenantId]);
  await expect(tenantForUser(userIdOf(acme), acme.slug, "organization.view")).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(requireTenantFromToken(header, "organization.view")).rejects.toMatchObject({
    code: "unauthenticated",
  });
});

test("a role without the permission is refused", async () => {
  const acme = await database.makeOrganization("Acme");
  const auditor = await database.makeMember(acme, "auditor");
  await expect(tenantForUser(userIdOf(auditor), acme.slug, "member.manage")).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(may(auditor, "organization.view")).toBe(true);
  expect(may(auditor, "scan.request")).toBe(false);
});

test("a token acts within its scopes, for its own organization alone", async () => {
  const acme = await database.makeOrganization("Acme");
  const header = await makeToken(acme, ["read"]);
  const ctx = await requireTenantFromToken(header, "organization.view");
  expect(ctx.tenantId).toBe(acme.tenantId);
  expect(ctx.role).toBeNull();
  await expect(requireTenantFromToken(header, "scan.request")).rejects.toMatchObject({ code: "forbidden" });
  await expect(requireTenantFromToken(header, "token.manage")).rejects.toMatchObject({ code: "forbidden" });
});

test("no, malformed, unknown, expired and revoked tokens get the same answer", async () => {
  const acme = await database.makeOrganization("Acme");
  const past = new Date(Date.now() - 1_000);
  const headers = [
    null,
    "",
    "Basic abc",
    "Bearer ",
    "Bearer pst_live_short",
    `Bearer pst_live_${newSecret()}`,
    await makeToken(acme, ["read"], { expiresAt: past }),
    await makeToken(acme, ["read"], { revokedAt: past }),
  ];
  for (const header of headers) {
    await expect(requireTenantFromToken(header, "organization.view")).rejects.toMatchObject({
      code: "unauthenticated",
    });
  }
});

test("a job names an organization that exists, or gets nothing", async () => {
  const acme = await database.makeOrganization("Acme");
  const ctx = await tenantFromJob({ tenantId: acme.tenantId });
  expect(ctx.slug).toBe(acme.slug);
  expect(actorOf(ctx)).toBe("system");
  for (const tenantId of [randomUUID(), "", "1 OR 1=1"]) {
    await expect(tenantFromJob({ tenantId })).rejects.toMatchObject({ code: "not_found" });
  }
});

test("the audit line commits and rolls back with what it records", async () => {
  const acme = await database.makeOrganization("Acme");
  await withTenant(acme, (db) => audit(db, acme, "account.connect", "account:1", { name: "prod" }));
  const failing = withTenant(acme, async (db) => {
    await audit(db, acme, "account.disconnect", "account:1");
    throw new Error("planned");
  });
  await expect(failing).rejects.toThrow("planned");
  const lines = await withTenant(acme, (db) => db.auditEntry.findMany());
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    actor: `user:${userIdOf(acme)}`,
    action: "account.connect",
    requestId: acme.requestId,
  });
});

test("a context cannot be constructed elsewhere", () => {
  const Forged = TenantContext as unknown as new (...parts: unknown[]) => TenantContext;
  expect(() => new Forged(Symbol("tenant context"), {})).toThrow("is constructed by requireTenant");
  expect(() => TenantContext.make(Symbol("tenant context"), {} as never)).toThrow(
    "is constructed by requireTenant",
  );
});

test("only the two doors make tickets", () => {
  expect(admit).toBeTypeOf("function");
  const files = execFileSync(
    "git",
    ["grep", "-lE", "\\badmit\\b.*tenant-context|TenantContext\\.make", "--", "*.ts", "*.tsx"],
    { encoding: "utf8" },
  );
  const importers = files
    .trim()
    .split("\n")
    .filter((file) => !file.includes(".test."))
    .sort();
  expect(importers).toEqual([
    "lib/tenancy/require-tenant.ts",
    "lib/tenancy/tenant-context.ts",
    "lib/tenancy/tenant-from-job.ts",
  ]);
});

test("SQL is never put together from text", () => {
  const found = spawnSync("git", ["grep", "-lE", "RawUnsafe|Prisma\\.raw", "--", "lib", "app", "workers"], {
    encoding: "utf8",
  });
  const files = found.stdout
    .trim()
    .split("\n")
    .filter((file) => file !== "" && !file.includes(".test."));
  expect(files).toEqual([]);
});
