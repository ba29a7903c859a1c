import { prisma } from "@/lib/db/client";
import type { TenantDb } from "@/lib/db/tenant-db";

// One table holds all that workers owe: outbox (hinted_at), schedule (due_at), lease (lease_owner, lease_until) and
// fence of scans, connection tests and the installation's own work. Ids and times only, read across tenants because
// a worker serves all of them. Leases go by the database's real clock, due and expiry by the business clock.

/** A transaction: a tenant's, or one of the installation's own work, which reaches no tenant. */
export type WorkDb = Pick<TenantDb, "$executeRaw" | "$queryRaw">;

export interface NewWorkItem {
  readonly kind: string;
  /** Null for the installation's own work. */
  readonly tenantId: string | null;
  readonly subjectId: string | null;
  /** Two items of one lane never run at once: an account, or none. */
  readonly lane: string | null;
  /** 0: a person waits for it. 1: scheduled. */
  readonly priority: 0 | 1;
  /** After this many seconds an item that does not run is given up. */
  readonly expiresAfterSeconds: number;
  /** Not before this many seconds from now. */
  readonly delaySeconds?: number;
}

/** What a worker holds while it works. `fence` is raised at every claim: who holds an older one writes nothing. */
export interface Held {
  readonly workId: string;
  readonly kind: string;
  readonly tenantId: string | null;
  readonly subjectId: string | null;
  readonly fence: number;
  /** Errors of the work itself so far. */
  readonly failures: number;
  readonly owner: string;
}

/** How an item ended. */
export type WorkOutcome = "finished" | "failed" | "expired" | "cancelled";

/** The lease is gone: it expired, was cancelled, or belongs to a later claim. Nothing has been written. */
export class FencedOut extends Error {
  constructor(held: { readonly workId: string; readonly fence: number }) {
    super(`Claim ${held.fence} of work item ${held.workId} no longer holds the lease.`);
    this.name = "FencedOut";
  }
}

/**
 * Writes the item in the transaction that creates its subject, so that neither exists without the other. An open
 * item of the same kind and subject stays as it is: false.
 */
export async function insertWork(db: WorkDb, item: NewWorkItem): Promise<boolean> {
  const inserted = await db.$executeRaw`
    INSERT INTO work_items (kind, tenant_id, subject_id, lane, priority, due_at, expires_at)
    VALUES (${item.kind}, ${item.tenantId}::uuid, ${item.subjectId}::uuid, ${item.lane}::uuid, ${item.priority},
            business_now() + make_interval(secs => ${item.delaySeconds ?? 0}),
            business_now() + make_interval(secs => ${(item.delaySeconds ?? 0) + item.expiresAfterSeconds}))
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/**
 * Adds the installation's own item of this kind once a day: unless one is open, has finished within the day or failed
 * within the hour. With `minuteOfDay` the day begins at that minute after midnight in UTC.
 */
export async function ensureDailyWork(item: {
  readonly kind: string;
  readonly expiresAfterSeconds: number;
  readonly minuteOfDay?: number;
}): Promise<void> {
  const minute = item.minuteOfDay ?? null;
  await prisma.$executeRaw`
    INSERT INTO work_items (kind, expires_at)
    SELECT ${item.kind}, business_now() + make_interval(secs => ${item.expiresAfterSeconds})
    WHERE NOT EXISTS (
      SELECT 1 FROM work_items WHERE kind = ${item.kind} AND state = 'done' AND ended_at >= CASE
        WHEN outcome <> 'finished' THEN business_now() - interval '1 hour'
        WHEN ${minute}::int IS NULL THEN business_now() - interval '1 day'
        ELSE date_trunc('day', business_now() - make_interval(mins => ${minute}::int), 'UTC')
          + make_interval(mins => ${minute}::int) END)
    ON CONFLICT DO NOTHING`;
}

/** A person now waits for something that was scheduled: it goes first, and at once. */
export async function promoteWork(
  db: WorkDb,
  tenantId: string,
  kind: string,
  subjectId: string,
): Promise<void> {
  await db.$executeRaw`
    UPDATE work_items SET priority = 0, due_at = LEAST(due_at, business_now())
    WHERE tenant_id = ${tenantId}::uuid AND subject_id = ${subjectId}::uuid AND kind = ${kind} AND state = 'queued'`;
}

/** Takes the lease and raises the fence. Null: a duplicate or late hint, or an item that is parked, done or unknown. */
export async function claimWork(workId: string, owner: string, leaseSeconds: number): Promise<Held | null> {
  const rows = await prisma.$queryRaw<
    { kind: string; tenant_id: string | null; subject_id: string | null; fence: number; failures: number }[]
  >`
    UPDATE work_items
    SET state = 'running', fence = fence + 1, hinted_at = NULL, lease_owner = ${owner},
        lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${workId}::uuid AND state = 'queued' AND hinted_at IS NOT NULL
      AND due_at <= business_now() AND expires_at > business_now()
    RETURNING kind, tenant_id::text, subject_id::text, fence, failures`;
  const row = rows[0];
  return row
    ? {
        workId,
        kind: row.kind,
        tenantId: row.tenant_id,
        subjectId: row.subject_id,
        fence: row.fence,
        failures: row.failures,
        owner,
      }
    : null;
}

/** Whether there is, or lately was, such an item: a hint for one that never existed was not written by us. */
export async function workExists(workId: string): Promise<boolean> {
  return (await prisma.workItem.findUnique({ where: { id: workId }, select: { id: true } })) !== null;
}

/** Extends the lease; false when it is lost. An expired lease is never taken up again, even if no other worker has. */
export async function extendLease(held: Held, leaseSeconds: number): Promise<boolean> {
  const extended = await prisma.$executeRaw`
    UPDATE work_items SET lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${held.workId}::uuid AND fence = ${held.fence} AND lease_owner = ${held.owner}
      AND state = 'running' AND lease_until > clock_timestamp()`;
  return extended === 1;
}

/**
 * Locks the item for the rest of the transaction, or throws FencedOut. Every write of a worker follows it:
 * while the lock is held no worker can take the item away. Returns the business time.
 */
export async function assertHeld(db: WorkDb, held: Held): Promise<Date> {
  const rows = await db.$queryRaw<{ held: boolean; now: Date }[]>`
    SELECT (state = 'running' AND fence = ${held.fence} AND lease_owner = ${held.owner}
            AND lease_until > clock_timestamp()) AS held, business_now() - now() + clock_timestamp() AS now
    FROM work_items WHERE id = ${held.workId}::uuid FOR UPDATE`;
  const row = rows[0];
  if (row?.held !== true) throw new FencedOut(held);
  return row.now;
}

/** The item is done; throws FencedOut when the lease is gone. The row stays for a while, so that late hints are recognized. */
export async function finishWork(db: WorkDb, held: Held, outcome: WorkOutcome = "finished"): Promise<void> {
  const finished = await db.$executeRaw`
    UPDATE work_items SET state = 'done', outcome = ${outcome}, ended_at = business_now(), hinted_at = NULL,
                          lease_owner = NULL, lease_until = NULL
    WHERE id = ${held.workId}::uuid AND fence = ${held.fence} AND lease_owner = ${held.owner}
      AND state = 'running' AND lease_until > clock_timestamp()`;
  if (finished !== 1) throw new FencedOut(held);
}

/** Ends the open item of a subject, also one that a worker holds: that worker notices at its next write. */
export async function cancelWork(
  db: WorkDb,
  tenantId: string,
  kind: string,
  subjectId: string,
): Promise<void> {
  await db.$executeRaw`
    UPDATE work_items SET state = 'done', outcome = 'cancelled', ended_at = business_now(), hinted_at = NULL,
                          lease_owner = NULL, lease_until = NULL
    WHERE tenant_id = ${tenantId}::uuid AND subject_id = ${subjectId}::uuid AND kind = ${kind} AND state <> 'done'`;
}

/** Ends every open item of a lane: the account is no longer connected. */
export async function cancelWorkOfLane(db: WorkDb, tenantId: string, lane: string): Promise<void> {
  await db.$executeRaw`
    UPDATE work_items SET state = 'done', outcome = 'cancelled', ended_at = business_now(), hinted_at = NULL,
                          lease_owner = NULL, lease_until = NULL
    WHERE tenant_id = ${tenantId}::uuid AND lane = ${lane}::uuid AND state <> 'done'`;
}

/** Lane and slot are free until the instant; then the item goes on. No failure. */
export async function parkWork(db: WorkDb, held: Held, until: Date): Promise<void> {
  await release(db, held, { dueAt: until, failures: 0 });
}

/** The item goes back to the queue after an error of its own, which is counted. */
export async function retryWork(db: WorkDb, held: Held, delaySeconds: number): Promise<void> {
  await release(db, held, { delaySeconds, failures: 1 });
}

/** The item goes back to the queue for a reason outside it: the worker stops, the database or the queue is away. */
export async function returnWork(db: WorkDb, held: Held, delaySeconds: number): Promise<void> {
  await release(db, held, { delaySeconds, failures: 0 });
}

async function release(
  db: WorkDb,
  held: Held,
  to: { dueAt?: Date; delaySeconds?: number; failures: number },
): Promise<void> {
  await assertHeld(db, held);
  await db.$executeRaw`
    UPDATE work_items
    SET state = 'queued', failures = failures + ${to.failures}, losses = 0, lease_owner = NULL, lease_until = NULL,
        due_at = COALESCE(${to.dueAt ?? null}::timestamptz, business_now() + make_interval(secs => ${to.delaySeconds ?? 0}))
    WHERE id = ${held.workId}::uuid`;
}

/**
 * Takes an item back whose lease has expired: its worker is dead, paused or cut off. That is no failure of the work,
 * but counted, because work that kills its worker would do so forever. Null when another worker was faster.
 */
export async function reclaimWork(
  db: WorkDb,
  expired: { readonly workId: string; readonly fence: number },
  delaySeconds: number,
): Promise<{ losses: number } | null> {
  const rows = await db.$queryRaw<{ losses: number }[]>`
    UPDATE work_items
    SET state = 'queued', losses = losses + 1, lease_owner = NULL, lease_until = NULL,
        due_at = business_now() + make_interval(secs => ${delaySeconds})
    WHERE id IN (
      SELECT id FROM work_items
      WHERE id = ${expired.workId}::uuid AND fence = ${expired.fence} AND state = 'running'
        AND lease_until < clock_timestamp()
      FOR UPDATE SKIP LOCKED)
    RETURNING losses`;
  return rows[0] ?? null;
}

/** Ends an item that no worker holds: expired, or its workers keep dying. False when another worker was faster. */
export async function abandonWork(
  db: WorkDb,
  item: { readonly workId: string; readonly fence: number },
  outcome: "failed" | "expired",
): Promise<boolean> {
  const ended = await db.$executeRaw`
    UPDATE work_items
    SET state = 'done', outcome = ${outcome}, ended_at = business_now(), hinted_at = NULL, lease_owner = NULL,
        lease_until = NULL
    WHERE id IN (
      SELECT id FROM work_items
      WHERE id = ${item.workId}::uuid AND fence = ${item.fence} AND state <> 'done'
        AND (state = 'queued' OR lease_until < clock_timestamp())
      FOR UPDATE SKIP LOCKED)`;
  return ended === 1;
}

/** A transaction for the installation's own work: no tenant is set, so it reaches global tables alone. */
export async function withInstallation<T>(work: (db: WorkDb) => Promise<T>): Promise<T> {
  return prisma.$transaction((transaction) => work(transaction), { maxWait: 3_000, timeout: 10_000 });
}
