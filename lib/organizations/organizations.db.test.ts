import { expect, it } from "vitest";
import { registerUser } from "@/lib/auth/sign-up";
import { findUserById } from "@/lib/db/system/identity";
import { testDatabase } from "@/lib/db/testing/database";
import { changeRole } from "@/lib/members/members";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import { deleteSelf } from "./delete-self";
import { createOrganization, listMyOrganizations, updateOrganization } from "./organizations";

const database = testDatabase();
const password = "several plain words";
let people = 0;

async function person() {
  people += 1;
  const input = { email: `owner-${people}@example.test`, name: "Owner", password };
  const userId = await registerUser(input);
  if (userId === null) throw new Error("the address is taken");
  return userId;
}

it("is created with its creator as admin and approver, and says so in its audit log", async () => {
  const userId = await person();
  const { id, slug } = await createOrganization(userId, { name: "Acme GmbH" });
  expect(slug).toBe("acme-gmbh");
  expect(await listMyOrganizations(userId)).toEqual([{ slug, name: "Acme GmbH", role: "admin" }]);
  const log = await database.sql("SELECT actor, action FROM audit_log WHERE tenant_id = $1", [id]);
  expect(log).toEqual([{ actor: `user:${userId}`, action: "organization.created" }]);
});

it("gets another slug when the name is taken, also at the same moment", async () => {
  const userId = await person();
  const created = await Promise.all([1, 2, 3].map(() => createOrganization(userId, { name: "Same Name" })));
  expect(new Set(created.map(({ slug }) => slug)).size).toBe(3);
});

it("keeps its slug when renamed, by admins alone", async () => {
  const admin = await database.makeOrganization("Before");
  await updateOrganization(admin, { name: "After" });
  const again = await tenantForUser(
    admin.principal.type === "user" ? admin.principal.userId : "",
    admin.slug,
    "organization.view",
  );
  expect(again.organizationName).toBe("After");
  const lead = await database.makeMember(admin, "lead");
  await expect(updateOrganization(lead, { name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
});

it("keeps a person who is its last admin; without that they can delete themselves, which the log remembers", async () => {
  const userId = await person();
  const { slug, id } = await createOrganization(userId, { name: "To be left" });
  await expect(deleteSelf(userId, { password: "wrong wrong wrong" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await expect(deleteSelf(userId, { password })).rejects.toMatchObject({ code: "conflict" });
  expect(await listMyOrganizations(userId)).toHaveLength(1);

  const ctx = await tenantForUser(userId, slug, "organization.view");
  const second = await database.makeMember(ctx, "member");
  const secondId = second.principal.type === "user" ? second.principal.userId : "";
  await changeRole(ctx, { userId: secondId, role: "admin", canApprove: false });
  await deleteSelf(userId, { password });
  expect(await findUserById(userId)).toBeNull();
  const log = await database.sql<{ action: string }>(
    "SELECT action FROM audit_log WHERE tenant_id = $1 ORDER BY at",
    [id],
  );
  expect(log.at(-1)?.action).toBe("member.left");
});
