import type { Sql } from "@/lib/db/sql";
import type { TenantReader } from "@/lib/db/tenant-db";
import { insideDoor, refuseNesting } from "./one-door";
import { transactionOf } from "./one-transaction";
import type { TenantContext } from "./tenant-context";
import { tenantReading, tenantStatement } from "./tenant-transaction";

/**
 * withTenant() for what only reads, and by SQL alone: the same transaction bound to the context's organization, with
 * fewer turns to the database, for pages that are opened all day. Statements that do not wait for each other are asked
 * for together, with Promise.all, and go there in one turn.
 */
export async function readTenant<T>(ctx: TenantContext, work: (db: TenantReader) => Promise<T>): Promise<T> {
  refuseNesting("readTenant");
  const isolated = (db: TenantReader) => insideDoor(() => work(db));
  const whole = transactionOf(ctx);
  return whole ? whole.step(isolated, { readOnly: true }) : tenantReading(ctx, isolated);
}

/** The same for a single statement: one turn for everything. */
export async function selectTenant<T>(ctx: TenantContext, query: Sql): Promise<T> {
  refuseNesting("selectTenant");
  const whole = transactionOf(ctx);
  return whole
    ? whole.step((db) => db.$queryRaw<T>(query), { readOnly: true })
    : tenantStatement<T>(ctx, query);
}
