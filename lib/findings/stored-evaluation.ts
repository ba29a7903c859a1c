import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import { storedDescription } from "@/lib/checks/stored-description";
import type { TenantDb } from "@/lib/db/tenant-db";
import { readDocuments } from "@/lib/history/contents";
import { type Month, monthFrom } from "@/lib/history/month";

/** What a check said of an account in a scan, as it read then. */
export interface StoredEvaluation {
  readonly scanId: string;
  readonly checkId: string;
  readonly verdict: string;
  readonly reason: string;
  readonly at: Date;
  readonly evaluation: Evaluation;
  readonly description: Description;
}

interface EvaluationRow {
  readonly scan_id: string;
  readonly month: Date;
  readonly check_id: string;
  readonly verdict: string;
  readonly reason: string;
  readonly at: Date;
  readonly result: string;
  readonly description: string;
}

/** Evaluations of some scans, each scan with the month its history stands in; of one check, or of all. */
export async function storedEvaluations(
  db: TenantDb,
  tenantId: string,
  scans: readonly { readonly id: string; readonly month: Date | null }[],
  checkId?: string,
): Promise<StoredEvaluation[]> {
  const begun = scans.flatMap(({ id, month }) => (month === null ? [] : [{ id, month: monthFrom(month) }]));
  if (begun.length === 0) return [];
  const rows = await db.$queryRaw<EvaluationRow[]>`
    SELECT scan_id::text, month, check_id, verdict, reason, at, encode(result, 'hex') AS result,
           encode(description, 'hex') AS description
    FROM evaluations
    WHERE tenant_id = ${tenantId}::uuid AND month = ANY (${[...new Set(begun.map(({ month }) => month))]}::date[])
      AND scan_id = ANY (${begun.map(({ id }) => id)}::uuid[])
      AND (${checkId ?? null}::text IS NULL OR check_id = ${checkId ?? null})
    ORDER BY check_id`;
  const documents = new Map<Month, Map<string, unknown>>();
  for (const month of new Set(rows.map((row) => monthFrom(row.month)))) {
    const hashes = rows.filter((row) => monthFrom(row.month) === month).flatMap(hashesOf);
    documents.set(month, await readDocuments(db, tenantId, month, [...new Set(hashes)]));
  }
  return rows.map((row) => {
    const stored = documents.get(monthFrom(row.month));
    return {
      scanId: row.scan_id,
      checkId: row.check_id,
      verdict: row.verdict,
      reason: row.reason,
      at: row.at,
      evaluation: stored?.get(row.result) as Evaluation,
      description: storedDescription(stored?.get(row.description)),
    };
  });
}

function hashesOf(row: EvaluationRow): string[] {
  return [row.result, row.description];
}
