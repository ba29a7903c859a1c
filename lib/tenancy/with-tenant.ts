import { AsyncLocalStorage } from "node:async_hooks";
import { prisma } from "@/lib/db/client";
import { databaseLimits } from "@/lib/db/limits";
import type { TenantDb } from "@/lib/db/tenant-db";
import { env } from "@/lib/env";
import { actorOf } from "./actor";
import { TenantContext } from "./tenant-context";

/**
 * Finds a door opened inside a door: a mistake of ours, which tests meet. Before version 24 Node pays for an
 * AsyncLocalStorage at every promise of the process once one is in use, a sixth of what a scan costs; there it looks
 * everywhere but in production.
 */
const isCheap = Number.parseInt(process.versions.node, 10) >= 24;
const inside = new AsyncLocalStorage<true>();

/**
 * The one door to tenant data: a transaction bound to the context's organization, committed when `work` resolves and
 * rolled back when it throws. One a request or step, not one a query. No network call inside it: it holds a
 * connection and is given up after 10 s. Does not nest: with every connection taken, a second one would wait for
 * the first until both fail.
 */
export async function withTenant<T>(
  ctx: TenantContext,
  work: (db: TenantDb) => Promise<T>,
  options: { readOnly?: boolean } = {},
): Promise<T> {
  if (!TenantContext.isAdmitted(ctx)) {
    throw new Error("withTenant needs a tenant context");
  }
  const looksForNesting = isCheap || env.NODE_ENV !== "production";
  if (looksForNesting && inside.getStore()) {
    throw new Error("withTenant does not nest: pass the TenantDb on");
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
      const db = transaction as TenantDb;
      return looksForNesting ? inside.run(true, () => work(db)) : work(db);
    },
    { maxWait: 3_000, timeout: 10_000 },
  );
}
