import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import { storedDescription } from "@/lib/checks/stored-description";
import type { TenantDb, TenantReader } from "@/lib/db/tenant-db";
import { canonicalJson, sha256OfText } from "@/lib/evidence/canonical-json";
import { type Content, insertSuggestedChanges, readSuggestedChanges } from "@/lib/history/contents";
import { type Month, monthFrom } from "@/lib/history/month";
import { packJson, unpackJson } from "@/lib/history/packed-json";

/** What a check said of an account in a scan. */
export interface Said {
  readonly evaluation: Evaluation;
  readonly description: Description;
}

/** One entry of a scan's results as stored: the suggested change is stored apart, by its hash. */
interface StoredEntry extends Said {
  readonly change?: string;
}

/** The same with the scan it belongs to. */
export interface StoredEvaluation extends Said {
  readonly scanId: string;
}

/** The results of a scan as stored, and the changes that they suggest, which are stored apart. */
export function packResults(results: readonly Said[]): {
  readonly results: Uint8Array<ArrayBuffer>;
  readonly changes: readonly Content[];
} {
  const changes: Content[] = [];
  const entries = results.map(({ evaluation, description }): StoredEntry => {
    if (description.change === null) return { evaluation, description };
    const text = canonicalJson(description.change);
    const hash = sha256OfText(text);
    changes.push({ hash, text });
    return { evaluation, description: { ...description, change: null }, change: hash };
  });
  return { results: packJson(JSON.stringify(entries)), changes };
}

/** Keeps all that the checks of a scan said, as it reads now. */
export async function insertScanResults(
  db: TenantDb,
  tenantId: string,
  month: Month,
  scanId: string,
  results: readonly Said[],
): Promise<void> {
  const packed = packResults(results);
  await insertSuggestedChanges(db, tenantId, month, packed.changes);
  await db.$executeRaw`
    INSERT INTO scan_results (tenant_id, month, scan_id, results)
    VALUES (${tenantId}::uuid, ${month}::date, ${scanId}::uuid, ${packed.results})`;
}

/**
 * What was said in some scans, each with the month of its history: of one check, or of all. Without
 * `withChange` descriptions come without the change they suggest, which lists do not show.
 */
export async function storedEvaluations(
  db: TenantReader,
  tenantId: string,
  scans: readonly { readonly id: string; readonly month: Date | null }[],
  options: { readonly checkId?: string; readonly withChange?: boolean } = {},
): Promise<StoredEvaluation[]> {
  const begun = scans.flatMap(({ id, month }) => (month === null ? [] : [{ id, month: monthFrom(month) }]));
  if (begun.length === 0) return [];
  const rows = await db.$queryRaw<{ scan_id: string; month: Date; results: Uint8Array }[]>`
    SELECT scan_id::text, month, results FROM scan_results
    WHERE tenant_id = ${tenantId}::uuid AND month = ANY (${[...new Set(begun.map(({ month }) => month))]}::date[])
      AND scan_id = ANY (${begun.map(({ id }) => id)}::uuid[])`;
  const found = rows.flatMap((row) =>
    (unpackJson(row.results) as StoredEntry[])
      .filter(({ evaluation }) => options.checkId === undefined || evaluation.checkId === options.checkId)
      .map((entry) => ({ scanId: row.scan_id, month: monthFrom(row.month), entry })),
  );
  const changes = options.withChange === true ? await changesOf(db, tenantId, found) : new Map();
  return found.map(({ scanId, entry: { evaluation, description, change } }) => ({
    scanId,
    evaluation,
    description: storedDescription(
      change === undefined ? description : { ...description, change: changes.get(change) ?? null },
    ),
  }));
}

async function changesOf(
  db: TenantReader,
  tenantId: string,
  found: readonly { readonly month: Month; readonly entry: StoredEntry }[],
): Promise<ReadonlyMap<string, unknown>> {
  const all = new Map<string, unknown>();
  for (const month of new Set(found.map((each) => each.month))) {
    const hashes = found.flatMap((each) => (each.month === month ? (each.entry.change ?? []) : []));
    const stored = await readSuggestedChanges(db, tenantId, month, hashes);
    for (const [hash, change] of stored) all.set(hash, change);
  }
  return all;
}
