import type { TenantDb } from "@/lib/db/tenant-db";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { DuePolicy } from "./due-date";
import { duePolicyColumns, duePolicyOf, type StoredDuePolicy } from "./due-policy";

/** How long the organization gives itself, in whose days. */
export async function readDuePolicy(ctx: TenantContext): Promise<DuePolicy> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, (db) => duePolicyIn(db, ctx.tenantId));
}

/** The same in the caller's transaction. */
export async function duePolicyIn(db: TenantDb, tenantId: string): Promise<DuePolicy> {
  const [row] = await db.$queryRaw<StoredDuePolicy[]>`
    SELECT ${duePolicyColumns} FROM triage_settings t WHERE t.tenant_id = ${tenantId}::uuid`;
  return duePolicyOf(row ?? { timeZone: null, dueDays: null, businessDays: null });
}
