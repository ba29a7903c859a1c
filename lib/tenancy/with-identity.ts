import { identityPrisma } from "@/lib/db/client";
import type { BoundIdentityDb, IdentityDb } from "@/lib/db/identity-db";
import { databaseLimits } from "@/lib/db/limits";
import { actorOf } from "./actor";
import { insideDoor, refuseNesting } from "./one-door";
import { TenantContext } from "./tenant-context";

/**
 * The door to who may enter: a transaction on members, invites, tokens and the organization itself, as the role that
 * reads and writes nothing else but may add to the organization's audit log. What is done and the line that tells of it
 * are one transaction. Commits, rolls back and ends as withTenant() does; neither opens inside the other.
 */
export async function withIdentity<T>(
  ctx: TenantContext,
  work: (db: BoundIdentityDb) => Promise<T>,
): Promise<T> {
  return identityTransaction(async (db) => work(await enterOrganization(db, ctx)));
}

/** The same before an organization is known, or across several of one person: enterOrganization() for each in turn. */
export async function identityTransaction<T>(work: (db: IdentityDb) => Promise<T>): Promise<T> {
  refuseNesting("withIdentity");
  return identityPrisma.$transaction(
    async (db) => {
      // As in withTenant(): a pooler may keep the options of a connection to itself.
      await db.$executeRaw`
        SELECT set_config('statement_timeout', ${databaseLimits.statement_timeout}, true),
               set_config('lock_timeout', ${databaseLimits.lock_timeout}, true),
               set_config('idle_in_transaction_session_timeout',
                          ${databaseLimits.idle_in_transaction_session_timeout}, true)`;
      return insideDoor(() => work(db));
    },
    { maxWait: 3_000, timeout: 10_000 },
  );
}

/** Binds the transaction to an organization, from here on: audit() writes into its log. */
export async function enterOrganization(db: IdentityDb, ctx: TenantContext): Promise<BoundIdentityDb> {
  if (!TenantContext.isAdmitted(ctx)) {
    throw new Error("withIdentity needs a tenant context");
  }
  await db.$executeRaw`
    SELECT set_config('app.tenant_id', ${ctx.tenantId}, true), set_config('app.actor', ${actorOf(ctx)}, true)`;
  return db as BoundIdentityDb;
}
