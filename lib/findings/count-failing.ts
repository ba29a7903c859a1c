import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

/** How many findings fail now, for the navigation. */
export async function countFailing(ctx: TenantContext): Promise<number> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, (db) =>
    db.finding.count({ where: { tenantId: ctx.tenantId, observation: "failing" } }),
  );
}
