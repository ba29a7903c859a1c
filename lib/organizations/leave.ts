import { deleteMember } from "@/lib/db/system/memberships";
import { AppError, notFound } from "@/lib/errors";
import { requireAnotherAdmin } from "@/lib/members/last-admin";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";

/** The caller stops being a member. Refused while they are the last admin. */
export async function leaveOrganization(ctx: TenantContext): Promise<void> {
  authorize(ctx, "organization.view");
  const { principal } = ctx;
  if (principal.type !== "user") throw new AppError("forbidden", "Only a person can leave an organization.");
  await withIdentity(ctx, async (db) => {
    await requireAnotherAdmin(db, ctx.tenantId, principal.userId);
    if (!(await deleteMember(db, ctx.tenantId, principal.userId))) throw notFound();
    await audit(db, ctx, "member.left", `user:${principal.userId}`);
  });
}
