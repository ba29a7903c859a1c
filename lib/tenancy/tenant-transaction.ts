import { prisma } from "@/lib/db/client";
import { databaseLimits } from "@/lib/db/limits";
import type { TenantDb } from "@/lib/db/tenant-db";
import { actorOf } from "./actor";
import { TenantContext } from "./tenant-context";

/**
 * A transaction bound to the context's organization, for the doors of this folder alone: committed when `work` resolves
 * and rolled back when it throws.
 */
export async function tenantTransaction<T>(
  ctx: TenantContext,
  work: (db: TenantDb) => Promise<T>,
  options: { readOnly?: boolean } = {},
): Promise<T> {
  if (!TenantContext.isAdmitted(ctx)) {
    throw new Error("withTenant needs a tenant context");
  }
  return prisma.$transaction(
    async (transaction) => {
      // Local to the transaction: the pooled connection goes back without it. The limits once more, because a pooler
      // between us and PostgreSQL may keep the options of a connection to itself.
      await transaction.$executeRaw`
        SELECT set_config('app.tenant_id', ${ctx.tenantId}, true),
               set_config('app.actor', ${actorOf(ctx)}, true),
               set_config('transaction_read_only', ${options.readOnly ? "on" : "off"}, true),
               set_config('statement_timeout', ${databaseLimits.statement_timeout}, true),
               set_config('lock_timeout', ${databaseLimits.lock_timeout}, true),
               set_config('idle_in_transaction_session_timeout',
                          ${databaseLimits.idle_in_transaction_session_timeout}, true)`;
      return work(bound(transaction));
    },
    { maxWait: 3_000, timeout: 10_000 },
  );
}

/** Takes identity out of the type too: in this transaction it is closed. */
function bound(transaction: Omit<TenantDb, never>): TenantDb {
  return transaction as TenantDb;
}
