import type { TenantDb } from "@/lib/db/tenant-db";

/** Rows of one step. */
const batch = 1_000;

/**
 * Deletes the next items of the organization that were read more than 90 days ago or came more than 13 months ago.
 * They are no history: what they told of is in the history of the finding, and a legal hold keeps that. Answers whether
 * there may be more.
 */
export async function purgeInbox(db: TenantDb, tenantId: string): Promise<boolean> {
  const read = await db.$executeRaw`
    DELETE FROM inbox_items WHERE tenant_id = ${tenantId}::uuid AND id IN (
      SELECT id FROM inbox_items
      WHERE tenant_id = ${tenantId}::uuid AND read_at < business_now() - interval '90 days' LIMIT ${batch})`;
  const old = await db.$executeRaw`
    DELETE FROM inbox_items WHERE tenant_id = ${tenantId}::uuid AND id IN (
      SELECT id FROM inbox_items
      WHERE tenant_id = ${tenantId}::uuid AND at < business_now() - interval '13 months' LIMIT ${batch})`;
  return read === batch || old === batch;
}
