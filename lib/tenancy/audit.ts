import type { Prisma } from "@/lib/db/generated/client";
import type { TenantDb } from "@/lib/db/tenant-db";
import { actorOf } from "./actor";
import type { TenantContext } from "./tenant-context";

/**
 * Writes one line of the organization's audit log, in the transaction of what it records: both or neither.
 * `action` is `thing.verb` (`account.connect`), `object` names what it was done to (`account:<id>`), `data` holds
 * what changed, never a secret.
 */
export async function audit(
  db: TenantDb,
  ctx: TenantContext,
  action: string,
  object: string,
  data: Prisma.InputJsonObject = {},
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO audit_log (tenant_id, actor, action, object, request_id, data)
    VALUES (${ctx.tenantId}::uuid, ${actorOf(ctx)}, ${action}, ${object}, ${ctx.requestId},
            ${JSON.stringify(data)}::jsonb)`;
}
