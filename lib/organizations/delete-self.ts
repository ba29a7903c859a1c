import type { z } from "zod";
import type { passwordConfirmation } from "@/lib/auth/auth-input";
import { confirmPassword } from "@/lib/auth/password-change";
import { deleteUser } from "@/lib/db/system/identity";
import { listAdminIds, listMembershipsOfUser } from "@/lib/db/system/memberships";
import { AppError } from "@/lib/errors";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { leaveOrganization } from "./leave";

/**
 * Deletes one's own user: leaves every organization (each writes it into its audit log), then the user, sessions and
 * links go. Refused, before anything changes, while the person is the last admin somewhere. Asks for the password.
 */
export async function deleteSelf(
  userId: string,
  input: z.output<typeof passwordConfirmation>,
): Promise<void> {
  await confirmPassword(userId, input.password, "password");
  const memberships = await listMembershipsOfUser(userId);
  const contexts = [];
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
  for (const ctx of contexts) await leaveOrganization(ctx);
  await deleteUser(userId);
}
