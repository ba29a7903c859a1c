import { prisma } from "@/lib/db/client";
import { databaseLimits } from "@/lib/db/limits";
import { readOnce, readTransaction } from "@/lib/db/reader";
import { type Sql, sql } from "@/lib/db/sql";
import type { TenantDb, TenantReader } from "@/lib/db/tenant-db";
import { actorOf } from "./actor";
import { TenantContext } from "./tenant-context";

/**
 * A transaction bound to the context's organization, for the doors of this folder alone: committed when `work` resolves
 * and rolled back when it throws.
 */
export async function tenantTransaction<T>(
  ctx: TenantContext,
  work: (db: TenantDb) => Promise<T>,
  options: { readonly readOnly?: boolean } = {},
): Promise<T> {
  const settings = settingsOf(ctx, { readOnly: false, ...options });
  return prisma.$transaction(
    async (transaction) => {
      await transaction.$executeRaw(settings);
      return work(bound(transaction));
    },
    { maxWait: 3_000, timeout: 10_000 },
  );
}

/** The same for SQL that reads, past Prisma: a page has several. */
export function tenantReading<T>(ctx: TenantContext, work: (db: TenantReader) => Promise<T>): Promise<T> {
  return readTransaction(settingsOf(ctx, { readOnly: true }), (db) => work(db as TenantReader));
}

/** The same for a single statement. */
export function tenantStatement<T>(ctx: TenantContext, query: Sql): Promise<T> {
  return readOnce(settingsOf(ctx, { readOnly: true }), query);
}

/**
 * The first statement of every transaction. Local to it: the pooled connection goes back without. The limits once more,
 * because a pooler between us and PostgreSQL may keep the options of a connection to itself.
 */
function settingsOf(ctx: TenantContext, { readOnly }: { readonly readOnly: boolean }): Sql {
  if (!TenantContext.isAdmitted(ctx)) {
    throw new Error("withTenant needs a tenant context");
  }
  return sql`
    SELECT set_config('app.tenant_id', ${ctx.tenantId}, true),
           set_config('app.actor', ${actorOf(ctx)}, true),
           set_config('transaction_read_only', ${readOnly ? "on" : "off"}, true),
           set_config('statement_timeout', ${databaseLimits.statement_timeout}, true),
           set_config('lock_timeout', ${databaseLimits.lock_timeout}, true),
           set_config('idle_in_transaction_session_timeout',
                      ${databaseLimits.idle_in_transaction_session_timeout}, true)`;
}

/** Takes identity out of the type too: in this transaction it is closed. */
function bound(transaction: Omit<TenantDb, never>): TenantDb {
  return transaction as TenantDb;
}
