import { prisma } from "@/lib/db/client";
import type { DispatchKind } from "./dispatch";

export interface Hint {
  readonly tenantId: string;
  readonly kind: DispatchKind;
  readonly subjectId: string;
  readonly attempt: number;
}

export interface Admission {
  /** Hints that may be out or running at once, over all organizations, for each worker alive. */
  readonly perWorker: number;
  /** The same for one organization. */
  readonly perTenant: number;
}

interface HintRow {
  tenant_id: string;
  kind: DispatchKind;
  subject_id: string;
  attempt: number;
}

const admissionLock = 7_311_001;
const reconcilerLock = 7_311_002;

/**
 * Chooses what goes on the queue next and marks it as given out. Fair between organizations: the first of each
 * stands before the second of any, so ten thousand scans of one cannot delay the one of another; among equals
 * what a person waits for goes before what is scheduled, then the oldest. One at a time per account. Empty
 * while another process admits.
 */
export async function admitDue(admission: Admission): Promise<Hint[]> {
  return prisma.$transaction(async (tx) => {
    const lock = await tx.$queryRaw<
      { ok: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${admissionLock}) AS ok`;
    if (lock[0]?.ok !== true) return [];
    const rows = await tx.$queryRaw<HintRow[]>`
      WITH held AS (
        SELECT tenant_id, account_id FROM dispatch
        WHERE state = 'running' OR (state = 'queued' AND dispatched_at IS NOT NULL)
      ), used AS (
        SELECT tenant_id, count(*) AS n FROM held GROUP BY tenant_id
      ), free AS (
        SELECT GREATEST(0, ${admission.perWorker} * GREATEST(1, (
          SELECT count(*) FROM worker_heartbeats WHERE seen_at > now() - interval '30 seconds'
        )) - (SELECT count(*) FROM held)) AS n
      ), next_of_account AS (
        SELECT DISTINCT ON (d.tenant_id, d.account_id) d.id, d.tenant_id, d.priority, d.due_at
        FROM dispatch d
        WHERE d.state = 'queued' AND d.dispatched_at IS NULL AND d.due_at <= now() AND d.deadline_at > now()
          AND NOT EXISTS (SELECT 1 FROM held h WHERE h.tenant_id = d.tenant_id AND h.account_id = d.account_id)
        ORDER BY d.tenant_id, d.account_id, d.priority, d.due_at, d.id
      ), ranked AS (
        SELECT n.id, n.priority, n.due_at, COALESCE(u.n, 0) + row_number() OVER (
          PARTITION BY n.tenant_id ORDER BY n.priority, n.due_at, n.id) AS place
        FROM next_of_account n LEFT JOIN used u USING (tenant_id)
      ), chosen AS (
        SELECT id FROM ranked WHERE place <= ${admission.perTenant}
        ORDER BY place, priority, due_at, id
        LIMIT (SELECT n FROM free)
      ), locked AS (
        SELECT id FROM dispatch WHERE id IN (SELECT id FROM chosen) AND state = 'queued' FOR UPDATE SKIP LOCKED
      )
      UPDATE dispatch d SET dispatched_at = now() FROM locked WHERE d.id = locked.id
      RETURNING d.tenant_id::text, d.kind, d.subject_id::text, d.attempt`;
    return rows.map(hint);
  });
}

/**
 * Hints given out longer ago than `seconds` that nobody took: the queue may have lost them. They keep their
 * place and are given out again; adding one that is still queued changes nothing.
 */
export async function takeLostHints(seconds: number): Promise<Hint[]> {
  const rows = await prisma.$queryRaw<HintRow[]>`
    UPDATE dispatch SET dispatched_at = now()
    WHERE id IN (
      SELECT id FROM dispatch
      WHERE state = 'queued' AND dispatched_at < now() - make_interval(secs => ${seconds}) AND deadline_at > now()
      ORDER BY dispatched_at LIMIT 500 FOR UPDATE SKIP LOCKED)
    RETURNING tenant_id::text, kind, subject_id::text, attempt`;
  return rows.map(hint);
}

/** Running obligations whose lease has expired: their worker is dead, paused or cut off. */
export async function expiredLeases(): Promise<Hint[]> {
  const rows = await prisma.$queryRaw<HintRow[]>`
    SELECT tenant_id::text, kind, subject_id::text, attempt FROM dispatch
    WHERE state = 'running' AND lease_until < clock_timestamp() ORDER BY lease_until LIMIT 500`;
  return rows.map(hint);
}

/** Queued obligations past their deadline. Running ones end by themselves or by their lease. */
export async function overdueDispatches(): Promise<Hint[]> {
  const rows = await prisma.$queryRaw<HintRow[]>`
    SELECT tenant_id::text, kind, subject_id::text, attempt FROM dispatch
    WHERE state = 'queued' AND deadline_at < now() ORDER BY deadline_at LIMIT 500`;
  return rows.map(hint);
}

/** Rows of met obligations are of use only while a late hint for them may still arrive. */
export async function forgetDoneDispatches(): Promise<number> {
  return prisma.$executeRaw`DELETE FROM dispatch WHERE state = 'done' AND created_at < now() - interval '7 days'`;
}

/**
 * Runs `work` in at most one process at a time; false when another is at it. Each step of the work is safe to
 * run twice: the lock saves effort, it is not what correctness rests on.
 */
export async function asOnlyReconciler(work: () => Promise<void>): Promise<boolean> {
  return prisma.$transaction(
    async (tx) => {
      const lock = await tx.$queryRaw<{ ok: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${reconcilerLock}) AS ok,
               set_config('idle_in_transaction_session_timeout', '60s', true)`;
      if (lock[0]?.ok !== true) return false;
      await work();
      return true;
    },
    { timeout: 55_000 },
  );
}

function hint(row: HintRow): Hint {
  return { tenantId: row.tenant_id, kind: row.kind, subjectId: row.subject_id, attempt: row.attempt };
}
