import { prisma } from "@/lib/db/client";

/** An item that may go on the queue, or that needs care. */
export interface WorkRef {
  readonly workId: string;
  readonly kind: string;
  readonly tenantId: string | null;
  readonly subjectId: string | null;
  readonly fence: number;
  readonly losses: number;
}

export interface Admission {
  /** Items that may be hinted or running at once, over all organizations, for each worker alive. */
  readonly perWorker: number;
  /** The same for one organization. */
  readonly perTenant: number;
  /** The kinds this version knows, each with its budget and the share of all slots that the budget may take. */
  readonly kinds: readonly { readonly kind: string; readonly budget: string; readonly share: number }[];
}

interface WorkRefRow {
  id: string;
  kind: string;
  tenant_id: string | null;
  subject_id: string | null;
  fence: number;
  losses: number;
}

const admissionLock = 7_311_001;
const reconcilerLock = 7_311_002;
const schedulerLock = 7_311_003;

/**
 * Chooses what goes on the queue next and marks it as hinted. Round-robin by organization, so that ten thousand scans
 * of one cannot delay the one of another; then by priority, then oldest first. One at a time per lane. A budget's
 * share keeps room for what people wait for. Kinds that are not listed are left alone. Empty while another process
 * admits.
 */
export async function admitDue(admission: Admission): Promise<WorkRef[]> {
  const kinds = JSON.stringify(admission.kinds);
  return prisma.$transaction(async (tx) => {
    const lock = await tx.$queryRaw<
      { ok: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${admissionLock}) AS ok`;
    if (lock[0]?.ok !== true) return [];
    const rows = await tx.$queryRaw<WorkRefRow[]>`
      WITH kinds AS (
        SELECT * FROM json_to_recordset(${kinds}::json) AS k(kind text, budget text, share float8)
      ), held AS (
        SELECT w.tenant_id, w.lane, CASE w.priority WHEN 0 THEN 'interactive' ELSE k.budget END AS budget
        FROM work_items w LEFT JOIN kinds k USING (kind)
        WHERE w.state = 'running' OR (w.state = 'queued' AND w.hinted_at IS NOT NULL)
      ), used_by_tenant AS (
        SELECT tenant_id, count(*) AS n FROM held GROUP BY tenant_id
      ), used_by_budget AS (
        SELECT budget, count(*) AS n FROM held GROUP BY budget
      ), slots AS (
        SELECT ${admission.perWorker} * GREATEST(1, (
          SELECT count(*) FROM worker_heartbeats WHERE seen_at > now() - interval '30 seconds'
        )) AS n
      ), next_of_lane AS (
        SELECT DISTINCT ON (w.tenant_id, COALESCE(w.lane, w.id)) w.id, w.tenant_id, w.priority, w.due_at,
               CASE w.priority WHEN 0 THEN 'interactive' ELSE k.budget END AS budget,
               CASE w.priority WHEN 0 THEN 1.0 ELSE k.share END AS share
        FROM work_items w JOIN kinds k USING (kind)
        WHERE w.state = 'queued' AND w.hinted_at IS NULL AND w.due_at <= business_now()
          AND w.expires_at > business_now()
          AND NOT EXISTS (SELECT 1 FROM held h WHERE h.lane = w.lane)
        ORDER BY w.tenant_id, COALESCE(w.lane, w.id), w.priority, w.due_at, w.id
      ), ranked AS (
        SELECT n.*, COALESCE(u.n, 0) + row_number() OVER (
          PARTITION BY n.tenant_id ORDER BY n.priority, n.due_at, n.id) AS place
        FROM next_of_lane n LEFT JOIN used_by_tenant u ON u.tenant_id IS NOT DISTINCT FROM n.tenant_id
      ), budgeted AS (
        SELECT r.*, COALESCE(u.n, 0) + row_number() OVER (
          PARTITION BY r.budget ORDER BY r.place, r.priority, r.due_at, r.id) AS budget_place
        FROM ranked r LEFT JOIN used_by_budget u USING (budget)
        WHERE r.place <= ${admission.perTenant}
      ), chosen AS (
        SELECT id FROM budgeted WHERE budget_place <= GREATEST(1, ceil(share * (SELECT n FROM slots)))
        ORDER BY place, priority, due_at, id
        LIMIT GREATEST(0, (SELECT n FROM slots) - (SELECT count(*) FROM held))
      ), locked AS (
        SELECT id FROM work_items WHERE id IN (SELECT id FROM chosen) AND state = 'queued' FOR UPDATE SKIP LOCKED
      )
      UPDATE work_items w SET hinted_at = now() FROM locked WHERE w.id = locked.id
      RETURNING w.id::text, w.kind, w.tenant_id::text, w.subject_id::text, w.fence, w.losses`;
    return rows.map(workRef);
  });
}

/**
 * Hints given out longer ago than `seconds` that no worker took: the queue may have lost them. They keep their
 * place and are given out again; adding one that is still queued changes nothing.
 */
export async function takeLostHints(seconds: number, kinds: readonly string[]): Promise<WorkRef[]> {
  const rows = await prisma.$queryRaw<WorkRefRow[]>`
    UPDATE work_items SET hinted_at = now()
    WHERE id IN (
      SELECT id FROM work_items
      WHERE state = 'queued' AND hinted_at < now() - make_interval(secs => ${seconds}) AND expires_at > business_now()
        AND kind = ANY (${[...kinds]})
      ORDER BY hinted_at LIMIT 500 FOR UPDATE SKIP LOCKED)
    RETURNING id::text, kind, tenant_id::text, subject_id::text, fence, losses`;
  return rows.map(workRef);
}

/** Running items whose lease has expired: their worker is dead, paused or cut off. */
export async function expiredLeases(kinds: readonly string[]): Promise<WorkRef[]> {
  const rows = await prisma.$queryRaw<WorkRefRow[]>`
    SELECT id::text, kind, tenant_id::text, subject_id::text, fence, losses FROM work_items
    WHERE state = 'running' AND lease_until < clock_timestamp() AND kind = ANY (${[...kinds]})
    ORDER BY lease_until LIMIT 500`;
  return rows.map(workRef);
}

/** Queued items of known kinds past their expiry. Running ones end by themselves or by their lease. */
export async function expiredWork(kinds: readonly string[]): Promise<WorkRef[]> {
  const rows = await prisma.$queryRaw<WorkRefRow[]>`
    SELECT id::text, kind, tenant_id::text, subject_id::text, fence, losses FROM work_items
    WHERE state = 'queued' AND expires_at < business_now() AND kind = ANY (${[...kinds]})
    ORDER BY expires_at LIMIT 500`;
  return rows.map(workRef);
}

/**
 * Ends items of kinds that this version does not know once they have been expired for a day: a newer worker, which
 * would know what follows from it, had that long. Returns the kinds.
 */
export async function endUnknownWork(kinds: readonly string[]): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ kind: string }[]>`
    UPDATE work_items
    SET state = 'done', outcome = 'expired', ended_at = business_now(), hinted_at = NULL, lease_owner = NULL,
        lease_until = NULL
    WHERE id IN (
      SELECT id FROM work_items
      WHERE state <> 'done' AND NOT kind = ANY (${[...kinds]}) AND expires_at < business_now() - interval '1 day'
        AND (state = 'queued' OR lease_until < clock_timestamp() - interval '1 day')
      LIMIT 500 FOR UPDATE SKIP LOCKED)
    RETURNING kind`;
  return rows.map((row) => row.kind);
}

/** Rows of ended items are of use only while a late hint for them may still arrive. */
export async function forgetEndedWork(): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM work_items WHERE state = 'done' AND ended_at < business_now() - interval '2 days'`;
}

/**
 * Runs `work` in at most one process at a time; false when another is at it. Each step of the work is safe to
 * run twice: the lock saves effort, it is not what correctness rests on.
 */
export function asOnlyReconciler(work: () => Promise<void>): Promise<boolean> {
  return asOnly(reconcilerLock, work);
}

/** The same for creating what schedules owe. */
export function asOnlyScheduler(work: () => Promise<void>): Promise<boolean> {
  return asOnly(schedulerLock, work);
}

async function asOnly(lockId: number, work: () => Promise<void>): Promise<boolean> {
  return prisma.$transaction(
    async (tx) => {
      const lock = await tx.$queryRaw<{ ok: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${lockId}) AS ok,
               set_config('idle_in_transaction_session_timeout', '60s', true)`;
      if (lock[0]?.ok !== true) return false;
      await work();
      return true;
    },
    { timeout: 55_000 },
  );
}

function workRef(row: WorkRefRow): WorkRef {
  return {
    workId: row.id,
    kind: row.kind,
    tenantId: row.tenant_id,
    subjectId: row.subject_id,
    fence: row.fence,
    losses: row.losses,
  };
}
