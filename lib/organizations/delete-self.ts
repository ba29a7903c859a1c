import type { z } from "zod";
import type { passwordConfirmation } from "@/lib/auth/auth-input";
import { confirmPassword } from "@/lib/auth/password-change";
import { deleteUser } from "@/lib/db/system/identity";
import { listAdminIds, listMembershipsOfUser } from "@/lib/db/system/memberships";
import { AppError } from "@/lib/errors";
import { endMemberships } from "@/lib/members/end-memberships";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { enterOrganization, identityTransaction, withIdentity } from "@/lib/tenancy/with-identity";
import { leaveIn } from "./leave";

/**
 * Deletes one's own user: leaves every organization (each writes it into its audit log), and the user, sessions and
 * links go, all or nothing. Refused while the person is the last admin somewhere. Asks for the password.
 */
export async function deleteSelf(
  userId: string,
  input: z.output<typeof passwordConfirmation>,
): Promise<void> {
  await confirmPassword(userId, input.password, "password");
  const memberships = await listMembershipsOfUser(userId);
  const contexts: TenantContext[] = [];
  const blocking: string[] = [];
  for (const { organization, role } of memberships) {
    const ctx = await tenantForUser(userId, organization.slug, "organization.view");
    contexts.push(ctx);
    if (role !== "admin") continue;
    const admins = await withIdentity(ctx, (db) => listAdminIds(db, ctx.tenantId));
    if (admins.length < 2) blocking.push(organization.name);
  }
  if (blocking.length > 0) {
    throw new AppError(
      "conflict",
      `You are the last admin of ${blocking.join(", ")}. Make someone else an admin there first. Nothing was deleted.`,
    );
  }
  // Always in the same order: two people who leave the same organizations do not wait for each other.
  contexts.sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
  await endMemberships(contexts, userId, () =>
    identityTransaction(async (db) => {
      for (const ctx of contexts) await leaveIn(await enterOrganization(db, ctx), ctx);
      await deleteUser(db, userId);
    }),
  );
}
