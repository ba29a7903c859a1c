import type { BoundIdentityDb } from "@/lib/db/identity-db";
import { deleteMember } from "@/lib/db/system/memberships";
import { AppError, notFound } from "@/lib/errors";
import { endMemberships } from "@/lib/members/end-memberships";
import { requireAnotherAdmin } from "@/lib/members/last-admin";
import { revokeInvitesOf } from "@/lib/members/revoke-invites-of";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";

/** The caller stops being a member, nobody owns their findings, and the invites they made stop working. Refused while they are the last admin. */
export async function leaveOrganization(ctx: TenantContext): Promise<void> {
  authorize(ctx, "organization.view");
  const userId = personOf(ctx);
  await withIdentity(ctx, (db) => requireAnotherAdmin(db, ctx.tenantId, userId));
  await endMemberships([ctx], userId, () => withIdentity(ctx, (db) => leaveIn(db, ctx)));
}

/** The same as a step of a transaction that is in the organization, once they own nothing there: endMemberships(). */
export async function leaveIn(db: BoundIdentityDb, ctx: TenantContext): Promise<void> {
  const userId = personOf(ctx);
  await requireAnotherAdmin(db, ctx.tenantId, userId);
  if (!(await deleteMember(db, ctx.tenantId, userId))) throw notFound();
  await audit(db, ctx, "member.left", `user:${userId}`);
  await revokeInvitesOf(db, ctx, userId, new Date());
}

function personOf({ principal }: TenantContext): string {
  if (principal.type !== "user") throw new AppError("forbidden", "Only a person can leave an organization.");
  return principal.userId;
}
