import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { placesOf } from "./finding-place";

/** Beyond this the navigation says "999+": every page shows the number, and none is worth reading them all. */
export const mostCounted = 999;

/** How many findings fail now, for the navigation: at most one more than `mostCounted`. */
export async function countFailing(ctx: TenantContext): Promise<number> {
  authorize(ctx, "organization.view");
  const failing = [...placesOf("failing", undefined)];
  return withTenant(ctx, async (db) => {
    const rows = await db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM (
        SELECT 1 FROM findings WHERE tenant_id = ${ctx.tenantId}::uuid AND place = ANY (${failing}::smallint[])
        LIMIT ${mostCounted + 1}) counted`;
    return rows[0]?.n ?? 0;
  });
}
