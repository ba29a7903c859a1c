import type { Prisma } from "./generated/client";

declare const boundToTenant: unique symbol;

/**
 * A transaction in which `app.tenant_id` is set. Only withTenant() hands one out; the brand makes passing the plain
 * client, or a transaction of it, to a repository a type error.
 */
export type TenantDb = Prisma.TransactionClient & { readonly [boundToTenant]: true };
