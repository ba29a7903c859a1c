import type { Prisma } from "./generated/client";
import type { IdentityModel } from "./identity-db";
import type { Reader } from "./reader";

declare const boundToTenant: unique symbol;

/**
 * A transaction in which `app.tenant_id` is set. Only withTenant() hands one out; the brand makes passing the plain
 * client, or a transaction of it, to a repository a type error. Identity is another role's: see identity-db.ts.
 */
export type TenantDb = Omit<Prisma.TransactionClient, IdentityModel> & { readonly [boundToTenant]: true };

/** The same for SQL that reads, and nothing else: what readTenant() hands out. A TenantDb is one too. */
export type TenantReader = Reader & { readonly [boundToTenant]: true };
