import { listMembersOf } from "@/lib/db/system/memberships";
import { authorize } from "@/lib/tenancy/authorize";
import { type Permission, permissions } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

/** Names of the members whose role may do it and who can sign in, longest first: whom to ask. */
export async function whoMay(ctx: TenantContext, permission: Permission): Promise<readonly string[]> {
  authorize(ctx, "member.view");
  const roles: readonly string[] = permissions[permission].roles;
  const members = await withTenant(ctx, (db) => listMembersOf(db, ctx.tenantId));
  return members
    .filter(({ role, user }) => roles.includes(role) && user.disabledAt === null)
    .map(({ user }) => user.name);
}
