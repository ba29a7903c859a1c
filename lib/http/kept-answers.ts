import type { TenantDb } from "@/lib/db/tenant-db";
import { actorOf } from "@/lib/tenancy/actor";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { KeyedRequest } from "./idempotency-key";

/** What was answered, byte for byte; a body of null is none. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string | null;
}

/**
 * Takes the key for this transaction; false while another one has it. PostgreSQL lets go of it with the transaction,
 * however that ends: nothing is left behind by a process that died.
 */
export async function takeKey(db: TenantDb, ctx: TenantContext, { keyHash }: KeyedRequest): Promise<boolean> {
  const key = `idempotency ${ctx.tenantId} ${actorOf(ctx)} ${keyHash}`;
  const rows = await db.$queryRaw<{ isTaken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) AS "isTaken"`;
  return rows[0]?.isTaken === true;
}

/** The answer kept under the key that was taken, and to which request; null when there is none from the last 24 hours. */
export async function findAnswer(
  db: TenantDb,
  ctx: TenantContext,
  { keyHash }: KeyedRequest,
): Promise<(KeptAnswer & { readonly requestHash: string }) | null> {
  const { tenantId } = ctx;
  await db.$executeRaw`
    DELETE FROM idempotency_keys
    WHERE tenant_id = ${tenantId}::uuid AND principal = ${actorOf(ctx)} AND key_hash = ${keyHash}
      AND created_at <= now() - interval '24 hours'`;
  return db.idempotencyKey.findUnique({
    where: { tenantId_principal_keyHash: { tenantId, principal: actorOf(ctx), keyHash } },
    select: { status: true, body: true, requestHash: true },
  });
}

/** Keeps the answer in the transaction of what it tells of. */
export async function keepAnswer(
  db: TenantDb,
  ctx: TenantContext,
  request: KeyedRequest,
  answer: KeptAnswer,
): Promise<void> {
  const { tenantId } = ctx;
  await db.idempotencyKey.create({
    data: { tenantId, principal: actorOf(ctx), ...request, ...answer },
    select: { status: true },
  });
}

/** Forgets what is kept under these hashes of keys. */
export async function dropAnswers(
  db: TenantDb,
  ctx: TenantContext,
  keyHashes: readonly string[],
): Promise<void> {
  await db.idempotencyKey.deleteMany({
    where: { tenantId: ctx.tenantId, principal: actorOf(ctx), keyHash: { in: [...keyHashes] } },
  });
}
