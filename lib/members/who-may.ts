import { namesWithRole } from "@/lib/db/system/memberships";
import { authorize } from "@/lib/tenancy/authorize";
import { type Permission, permissions } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

/** Whom to ask: names enough to reach someone, however large the organization is. */
const most = 5;

/** Names of members whose role may do it and who can sign in, longest first, at most five. */
export async function whoMay(ctx: TenantContext, permission: Permission): Promise<readonly string[]> {
  authorize(ctx, "member.view");
  return namesWithRole(ctx.tenantId, permissions[permission].roles, most);
}
