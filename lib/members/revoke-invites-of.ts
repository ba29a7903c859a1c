import type { BoundIdentityDb } from "@/lib/db/identity-db";
import { revokeInvitesBy } from "@/lib/db/system/invites";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

/**
 * Ends the open invites of a person who may no longer invite here: a link they kept would let them back in. In the
 * transaction that removes, demotes or disables them.
 */
export async function revokeInvitesOf(
  db: BoundIdentityDb,
  ctx: TenantContext,
  userId: string,
  now: Date,
): Promise<void> {
  for (const id of await revokeInvitesBy(db, ctx.tenantId, userId, now)) {
    await audit(db, ctx, "member.invite_revoked", `invite:${id}`, { invitedBy: userId });
  }
}
