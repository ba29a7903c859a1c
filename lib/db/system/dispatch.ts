import { prisma } from "@/lib/db/client";
import type { TenantDb } from "@/lib/db/tenant-db";

// The dispatch table holds what workers owe: ids and times only, read across tenants because a worker serves
// all of them. It is outbox (dispatched_at), lease (lease_owner, lease_until) and fence (attempt) of a scan or
// connection test. Every instant is the database's: the clocks of workers are not compared with each other.

export type DispatchKind = "scan" | "connection_test";

export interface NewDispatch {
  readonly tenantId: string;
  readonly kind: DispatchKind;
  readonly subjectId: string;
  readonly accountId: string;
  /** 0: a person waits for it. 1: scheduled. */
  readonly priority: 0 | 1;
  /** After this many seconds the obligation is given up as failed. */
  readonly giveUpAfterSeconds: number;
  /** Not before this many seconds from now. */
  readonly delaySeconds?: number;
}

/** What a worker holds while it works. Whoever holds another attempt, or none, writes nothing. */
export interface Lease {
  readonly tenantId: string;
  readonly kind: DispatchKind;
  readonly subjectId: string;
  readonly accountId: string;
  readonly attempt: number;
  readonly owner: string;
}

/** The lease is gone: it expired, was cancelled, or belongs to a later attempt. Nothing has been written. */
export class FencedOut extends Error {
  constructor(lease: { readonly subjectId: string; readonly attempt: number }) {
    super(`Attempt ${lease.attempt} of ${lease.subjectId} no longer holds the lease.`);
    this.name = "FencedOut";
  }
}

/** Writes the obligation in the transaction that makes its subject, so that neither exists without the other. */
export async function insertDispatch(db: TenantDb, dispatch: NewDispatch): Promise<void> {
  await db.$executeRaw`
    INSERT INTO dispatch (tenant_id, kind, subject_id, account_id, priority, due_at, deadline_at)
    VALUES (${dispatch.tenantId}::uuid, ${dispatch.kind}, ${dispatch.subjectId}::uuid, ${dispatch.accountId}::uuid,
            ${dispatch.priority}, now() + make_interval(secs => ${dispatch.delaySeconds ?? 0}),
            now() + make_interval(secs => ${dispatch.giveUpAfterSeconds}))`;
}

/** A person now waits for something that was scheduled: it goes first, and at once. */
export async function hastenDispatch(db: TenantDb, tenantId: string, subjectId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE dispatch SET priority = 0, due_at = LEAST(due_at, now())
    WHERE tenant_id = ${tenantId}::uuid AND subject_id = ${subjectId}::uuid AND state = 'queued'`;
}

/** Takes the lease of exactly this attempt. Null: a duplicate, a late hint, or no such obligation. */
export async function claimDispatch(
  job: { tenantId: string; kind: DispatchKind; subjectId: string; attempt: number },
  owner: string,
  leaseSeconds: number,
): Promise<Lease | null> {
  const rows = await prisma.$queryRaw<{ account_id: string }[]>`
    UPDATE dispatch
    SET state = 'running', lease_owner = ${owner}, lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE tenant_id = ${job.tenantId}::uuid AND subject_id = ${job.subjectId}::uuid AND kind = ${job.kind}
      AND attempt = ${job.attempt} AND state = 'queued' AND deadline_at > clock_timestamp()
    RETURNING account_id::text`;
  const row = rows[0];
  return row ? { ...job, accountId: row.account_id, owner } : null;
}

/** Whether there is, or was, such an obligation: a hint for one that never existed was not written by us. */
export async function dispatchExists(job: {
  tenantId: string;
  kind: DispatchKind;
  subjectId: string;
}): Promise<boolean> {
  const row = await prisma.dispatch.findFirst({
    where: { tenantId: job.tenantId, kind: job.kind, subjectId: job.subjectId },
    select: { id: true },
  });
  return row !== null;
}

/** Extends the lease; false when it is lost. An expired lease is never taken up again, even if nobody else has. */
export async function extendLease(lease: Lease, leaseSeconds: number): Promise<boolean> {
  const extended = await prisma.$executeRaw`
    UPDATE dispatch SET lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE tenant_id = ${lease.tenantId}::uuid AND subject_id = ${lease.subjectId}::uuid
      AND attempt = ${lease.attempt} AND lease_owner = ${lease.owner}
      AND state = 'running' AND lease_until > clock_timestamp()`;
  return extended === 1;
}

/**
 * Locks the lease for the rest of the transaction, or throws FencedOut. Every write of a worker stands behind
 * it: while the lock is held nobody can requeue, and who comes after a requeue finds another attempt. Answers the
 * database's time.
 */
export async function assertLease(db: TenantDb, lease: Lease): Promise<Date> {
  const rows = await db.$queryRaw<{ held: boolean; now: Date }[]>`
    SELECT (state = 'running' AND attempt = ${lease.attempt} AND lease_owner = ${lease.owner}
            AND lease_until > clock_timestamp()) AS held, clock_timestamp() AS now
    FROM dispatch
    WHERE tenant_id = ${lease.tenantId}::uuid AND subject_id = ${lease.subjectId}::uuid
    FOR UPDATE`;
  const row = rows[0];
  if (row?.held !== true) throw new FencedOut(lease);
  return row.now;
}

/** The obligation is met, given up or cancelled. The row stays a while, so that late hints are recognised. */
export async function finishDispatch(db: TenantDb, tenantId: string, subjectId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE dispatch SET state = 'done', lease_owner = NULL, lease_until = NULL
    WHERE tenant_id = ${tenantId}::uuid AND subject_id = ${subjectId}::uuid AND state <> 'done'`;
}

/**
 * Puts a running obligation back as the next attempt, due in `delaySeconds`. With `owner` the worker gives it
 * back itself; without, only an expired lease may be taken. Null when somebody else was faster.
 */
export async function requeueDispatch(
  db: TenantDb,
  job: { tenantId: string; subjectId: string; attempt: number; owner?: string },
  delaySeconds: number,
): Promise<{ attempt: number } | null> {
  const owner = job.owner ?? null;
  const rows = await db.$queryRaw<{ attempt: number }[]>`
    UPDATE dispatch
    SET state = 'queued', attempt = attempt + 1, lease_owner = NULL, lease_until = NULL, dispatched_at = NULL,
        due_at = now() + make_interval(secs => ${delaySeconds})
    WHERE id IN (
      SELECT id FROM dispatch
      WHERE tenant_id = ${job.tenantId}::uuid AND subject_id = ${job.subjectId}::uuid
        AND attempt = ${job.attempt} AND state = 'running'
        AND (lease_owner = ${owner} OR (${owner}::text IS NULL AND lease_until < clock_timestamp()))
      FOR UPDATE SKIP LOCKED)
    RETURNING attempt`;
  return rows[0] ?? null;
}

/** Locks an obligation that is to be given up: past its deadline, or out of attempts with its lease expired. */
export async function lockHopeless(
  db: TenantDb,
  job: { tenantId: string; subjectId: string; attempt: number },
): Promise<boolean> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM dispatch
    WHERE tenant_id = ${job.tenantId}::uuid AND subject_id = ${job.subjectId}::uuid AND attempt = ${job.attempt}
      AND state <> 'done' AND (state = 'queued' OR lease_until < clock_timestamp())
    FOR UPDATE SKIP LOCKED`;
  return rows.length === 1;
}
