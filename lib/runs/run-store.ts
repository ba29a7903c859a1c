import type { TenantDb, TenantReader } from "@/lib/db/tenant-db";
import { type Content, insertAnswers, readAnswers } from "@/lib/history/contents";
import type { Month } from "@/lib/history/month";
import { packJson, unpackJson } from "@/lib/history/packed-json";
import { answerHashOf, answerOf, type CallEntry, callsFrom, callsText } from "./call-entry";
import type { RunRef } from "./run-kinds";

/** Writes the calls so far into the run's progress row, and the answers that are new. The caller holds the lease. */
export async function flushProgress(
  db: TenantDb,
  run: RunRef,
  calls: readonly CallEntry[],
  newContents: readonly Content[],
): Promise<void> {
  await insertAnswers(db, run.tenantId, run.month, newContents);
  const packed = packJson(callsText(calls));
  await db.$executeRaw`
    INSERT INTO run_progress (tenant_id, subject_id, fence, kind, account_id, month, started_at, flushed_at, calls)
    VALUES (${run.tenantId}::uuid, ${run.subjectId}::uuid, ${run.fence}, ${run.kind}, ${run.accountId}::uuid,
            ${run.month}::date, ${run.startedAt}, business_now(), ${packed})
    ON CONFLICT (tenant_id, subject_id) DO UPDATE
    SET fence = excluded.fence, started_at = excluded.started_at, flushed_at = excluded.flushed_at,
        calls = excluded.calls`;
}

/** Writes the run's row at its end, in the transaction of its effect; its progress row is of no further use. */
export async function storeRun(
  db: TenantDb,
  run: RunRef,
  calls: readonly CallEntry[],
  newContents: readonly Content[],
): Promise<void> {
  await insertAnswers(db, run.tenantId, run.month, newContents);
  const packed = packJson(callsText(calls));
  await db.$executeRaw`
    WITH progress AS (
      DELETE FROM run_progress WHERE tenant_id = ${run.tenantId}::uuid AND subject_id = ${run.subjectId}::uuid
    )
    INSERT INTO runs (tenant_id, month, subject_id, fence, kind, account_id, started_at, ended_at, ending, calls)
    VALUES (${run.tenantId}::uuid, ${run.month}::date, ${run.subjectId}::uuid, ${run.fence}, ${run.kind},
            ${run.accountId}::uuid, ${run.startedAt}, business_now(), 'ended', ${packed})`;
}

/**
 * Keeps the calls of an attempt that does not come to its end: its worker died or stopped, someone cancelled it, or
 * another attempt begins. Does nothing when nothing was flushed.
 */
export async function keepProgress(db: TenantDb, tenantId: string, subjectId: string): Promise<void> {
  await db.$executeRaw`
    WITH progress AS (
      DELETE FROM run_progress WHERE tenant_id = ${tenantId}::uuid AND subject_id = ${subjectId}::uuid RETURNING *
    )
    INSERT INTO runs (tenant_id, month, subject_id, fence, kind, account_id, started_at, ended_at, ending, calls)
    SELECT tenant_id, month, subject_id, fence, kind, account_id, started_at, flushed_at, 'taken_over', calls
    FROM progress`;
}

/**
 * The calls of one attempt in the order in which they were begun, whether it goes on or has ended; none once its month
 * was dropped.
 */
export async function callsOf(
  db: TenantReader,
  run: { tenantId: string; month: Month | null; subjectId: string; fence: number },
): Promise<CallEntry[]> {
  if (run.month === null) return [];
  const rows = await db.$queryRaw<{ calls: Uint8Array }[]>`
    SELECT calls FROM run_progress
    WHERE tenant_id = ${run.tenantId}::uuid AND subject_id = ${run.subjectId}::uuid AND fence = ${run.fence}
    UNION ALL
    SELECT calls FROM runs
    WHERE tenant_id = ${run.tenantId}::uuid AND month = ${run.month}::date AND subject_id = ${run.subjectId}::uuid
      AND fence = ${run.fence}`;
  return rows[0] ? callsFrom(unpackJson(rows[0].calls)) : [];
}

/**
 * The answers of some calls of a run, put together and proven by their hashes; null for a call without one. Throws
 * AnswerAltered when what is stored is not what was read.
 */
export async function answersOf(
  db: TenantReader,
  tenantId: string,
  month: Month,
  entries: readonly CallEntry[],
): Promise<unknown[]> {
  const hashes = entries.flatMap((entry) => answerHashOf(entry) ?? []);
  const stored = await readAnswers(db, tenantId, month, hashes);
  return entries.map((entry) => {
    const hash = answerHashOf(entry);
    return hash === null ? null : answerOf(entry, stored.get(hash));
  });
}
