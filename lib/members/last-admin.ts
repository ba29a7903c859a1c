import type { IdentityDb } from "@/lib/db/identity-db";
import { listAdminIds, lockMembers } from "@/lib/db/system/memberships";
import { AppError } from "@/lib/errors";

/**
 * Throws `conflict` when `userId` is the only admin who can sign in: an organization without one could never be
 * managed again. Holds a lock until the transaction ends, so that two admins cannot leave past each other.
 */
export async function requireAnotherAdmin(db: IdentityDb, tenantId: string, userId: string): Promise<void> {
  await lockMembers(db, tenantId);
  const admins = await listAdminIds(db, tenantId);
  if (!admins.includes(userId) || admins.length > 1) return;
  throw new AppError(
    "conflict",
    "This is the last admin of the organization. Make someone else an admin first.",
  );
}
