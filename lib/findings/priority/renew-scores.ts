import type { Evaluation } from "@/lib/checks/evaluation";
import { businessNow, sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import { type ScoredFinding, scoreOfFinding } from "./finding-score";
import type { Receipt } from "./receipt";
import { silenceOf } from "./silence";

/** Whose scores: all of some accounts, or one finding. */
export type Scored = { readonly accountIds: readonly string[] } | { readonly findingId: string };

/** A finding changes while its score is computed only when somebody works on it: not several times in a row. */
const mostTurns = 5;

/**
 * Computes scores anew from what the database holds now and writes those that differ, in the caller's transaction.
 * Neither version nor history of a finding is touched. To be called by whatever changes an input, and once a day,
 * because time is one. `said`: what an evaluation in this transaction just said of these findings.
 * Answers how many it wrote.
 */
export async function renewScores(
  db: TenantDb,
  tenantId: string,
  scored: Scored,
  said: readonly Evaluation[] = [],
): Promise<number> {
  let written = 0;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const rows = await readScored(db, tenantId, scored);
    const silence = await silenceOf(db, tenantId, rows, said);
    const changed = rows.flatMap((row) => {
      const receipt = scoreOfFinding(row, silence.get(row.id) ?? null);
      return isStored(row, receipt) ? [] : [{ row, receipt }];
    });
    if (changed.length === 0) return written;
    const stored = await store(db, tenantId, changed);
    written += stored;
    if (stored === changed.length) return written;
  }
  throw new Error("Findings kept changing while their scores were renewed.");
}

/** A row as it was read. No lock is taken on the many that stay as they are. */
interface ReadFinding extends ScoredFinding {
  readonly id: string;
  /** Another one as soon as anybody has written the finding. */
  readonly rowVersion: string;
  readonly decidedScanId: string | null;
  readonly decidedMonth: Date | null;
  readonly receipt: unknown;
  readonly score: number | null;
  readonly priority: number | null;
}

function readScored(db: TenantDb, tenantId: string, scored: Scored): Promise<ReadFinding[]> {
  const which =
    "findingId" in scored
      ? sql`f.id = ${scored.findingId}::uuid`
      : sql`f.account_id = ANY (${[...scored.accountIds]}::uuid[])`;
  return db.$queryRaw<ReadFinding[]>`
    SELECT f.id::text AS id, f.xmin::text AS "rowVersion", f.check_id AS "checkId", f.status, f.verdict, f.severity,
           f.region_counts AS "regionCounts", f.comebacks, f.due_at AS "dueAt", f.receipt, f.score, f.priority,
           f.decided_scan_id::text AS "decidedScanId", f.decided_month AS "decidedMonth", a.environment,
           GREATEST(e.detected_at, CASE f.observation WHEN 'failing' THEN f.observation_since END) AS "failingFrom",
           COALESCE(t.time_zone, 'UTC') AS "timeZone", ${businessNow} AS now
    FROM findings f
      JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
      LEFT JOIN episodes e ON e.tenant_id = f.tenant_id AND e.finding_id = f.id AND e.number = f.episode
      LEFT JOIN triage_settings t ON t.tenant_id = f.tenant_id
    WHERE f.tenant_id = ${tenantId}::uuid AND ${which} AND (f.verdict = 'FAIL' OR f.priority IS NOT NULL)`;
}

function isStored(row: ReadFinding, receipt: Receipt | null): boolean {
  return (
    row.score === (receipt?.score ?? null) &&
    row.priority === (receipt?.band ?? null) &&
    canonicalJson(row.receipt ?? null) === canonicalJson(receipt)
  );
}

/** Rows that somebody wrote since they were read are left alone: what was computed of them may no longer be true. */
async function store(
  db: TenantDb,
  tenantId: string,
  changed: readonly { readonly row: ReadFinding; readonly receipt: Receipt | null }[],
): Promise<number> {
  const given = changed.map(({ row, receipt }) => ({
    id: row.id,
    row_version: row.rowVersion,
    priority: receipt?.band ?? null,
    score: receipt?.score ?? null,
    receipt,
  }));
  // Locked in the order in which everybody locks findings: an UPDATE alone would take them in any order.
  return db.$executeRaw`
    WITH given AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(given)}::json)
        AS r(id uuid, row_version text, priority smallint, score smallint, receipt jsonb)
    ), locked AS (
      SELECT f.id, f.xmin::text AS row_version FROM findings f
      WHERE f.tenant_id = ${tenantId}::uuid AND f.id IN (SELECT id FROM given)
      ORDER BY f.account_id, f.check_id FOR UPDATE
    )
    UPDATE findings f SET priority = g.priority, score = g.score, receipt = g.receipt
    FROM given g JOIN locked l ON l.id = g.id AND l.row_version = g.row_version
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = g.id`;
}
