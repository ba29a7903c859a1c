import type { TenantDb } from "@/lib/db/tenant-db";
import { insideDoor, refuseNesting } from "./one-door";
import { transactionOf } from "./one-transaction";
import type { TenantContext } from "./tenant-context";
import { tenantTransaction } from "./tenant-transaction";

/**
 * The one door to tenant data: a transaction bound to the context's organization, committed when `work` resolves and
 * rolled back when it throws. One a request or step, not one a query. No network call inside it: it holds a
 * connection and is given up after 10 s. Does not nest. Who may enter an organization is behind another door,
 * withIdentity(). While the context has one transaction for its whole request, `work` is a step of that one, taken back
 * alone when it throws: see inOneTransaction().
 */
export async function withTenant<T>(
  ctx: TenantContext,
  work: (db: TenantDb) => Promise<T>,
  options: { readOnly?: boolean } = {},
): Promise<T> {
  refuseNesting("withTenant");
  const isolated = (db: TenantDb) => insideDoor(() => work(db));
  const whole = transactionOf(ctx);
  return whole ? whole.step(isolated, options) : tenantTransaction(ctx, isolated, options);
}
