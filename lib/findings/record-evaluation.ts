import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { TenantDb } from "@/lib/db/tenant-db";
import { nextNumber } from "@/lib/tenancy/next-number";
import { canonicalJson, sha256OfText } from "./canonical-json";
import { findingKey } from "./finding-key";
import type { Observation } from "./finding-view";
import { type FindingState, type Reconciled, reconcile, unseenFinding } from "./reconcile";

export interface EvaluationRecord {
  readonly tenantId: string;
  readonly accountId: string;
  readonly scanId: string;
  /** The evaluation's clock. */
  readonly at: string;
  readonly evaluation: Evaluation;
  readonly description: Description;
  /** Facts and context, enough to evaluate again, as canonical JSON. */
  readonly facts: string;
}

/**
 * Stores one evaluation and what follows from it: the finding's next state, its history, and at the first FAIL
 * its number and episode. Runs inside the scan's finalising transaction. Returns the finding's key, if it has one.
 */
export async function recordEvaluation(db: TenantDb, record: EvaluationRecord): Promise<string | null> {
  const { tenantId, accountId } = record;
  const { checkId } = record.evaluation;
  const found = await db.finding.findUnique({
    where: { tenantId_accountId_checkId: { tenantId, accountId, checkId } },
  });
  const row =
    found ??
    (await db.finding.create({ data: { tenantId, accountId, checkId, observationSince: record.at } }));
  const previous = found ? stateOf(found) : unseenFinding(record.at);
  const reconciled = reconcile(previous, {
    evaluation: record.evaluation,
    short: record.description.short,
    at: record.at,
  });
  const opensFirst = reconciled.opensEpisode !== null && row.number === null;
  const number = opensFirst ? await nextNumber(db, tenantId, "finding") : row.number;
  await store(db, record, row.id, reconciled, number);
  if (reconciled.opensEpisode !== null) {
    await db.episode.create({
      data: {
        tenantId,
        findingId: row.id,
        number: reconciled.opensEpisode,
        detectedAt: record.at,
        detectedScanId: record.scanId,
      },
      select: { id: true },
    });
  }
  return findingKey(number);
}

/** Evaluation, history and state in one statement. JSON is written once: what is stored is what the hash is of. */
async function store(
  db: TenantDb,
  record: EvaluationRecord,
  findingId: string,
  { next, events }: Reconciled,
  number: number | null,
): Promise<void> {
  const { tenantId, scanId, at, evaluation, facts } = record;
  const { decided } = next;
  const decides = evaluation.verdict !== "NOT_EVALUATED";
  const result = canonicalJson(evaluation);
  const description = canonicalJson(record.description);
  const sha256 = sha256OfText(`{"description":${description},"evaluation":${result},"facts":${facts}}`);
  await db.$executeRaw`
    WITH evaluation AS (
      INSERT INTO evaluations (tenant_id, scan_id, finding_id, check_id, check_version, verdict, reason, severity,
                               assurance, disposition, at, result, description, facts, sha256)
      VALUES (${tenantId}::uuid, ${scanId}::uuid, ${findingId}::uuid, ${evaluation.checkId},
              ${evaluation.checkVersion}, ${evaluation.verdict}, ${evaluation.reason}, ${evaluation.severity},
              ${evaluation.assurance}, ${evaluation.disposition}, ${at}::timestamptz, ${result}::jsonb,
              ${description}::jsonb, ${facts}::jsonb, ${sha256})
      RETURNING id
    ), history AS (
      INSERT INTO finding_events (tenant_id, finding_id, at, kind, actor, scan_id, text, before, after)
      SELECT ${tenantId}::uuid, ${findingId}::uuid, ${at}::timestamptz, r.kind, 'system', ${scanId}::uuid, r.text,
             r.before, r.after
      FROM json_to_recordset(${JSON.stringify(events)}::json) AS r(kind text, text text, before jsonb, after jsonb)
    )
    UPDATE findings f
    SET number = ${number}, status = ${next.status}, observation = ${next.observation},
        observation_since = ${next.observationSince}::timestamptz, verdict = ${decided?.verdict ?? null},
        reason = ${decided?.reason ?? null}, severity = ${decided?.severity ?? null}, short = ${decided?.short ?? null},
        decided_at = ${decided?.at ?? null}::timestamptz,
        decided_evaluation_id = CASE WHEN ${decides} THEN evaluation.id ELSE f.decided_evaluation_id END,
        last_evaluation_id = evaluation.id, last_checked_at = ${next.lastCheckedAt}::timestamptz,
        episode = ${next.episode}, first_failed_at = ${next.firstFailedAt}::timestamptz, version = f.version + 1
    FROM evaluation
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = ${findingId}::uuid`;
}

interface StoredFinding {
  readonly status: string;
  readonly observation: string;
  readonly observationSince: Date;
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly severity: string | null;
  readonly short: string | null;
  readonly decidedAt: Date | null;
  readonly lastCheckedAt: Date | null;
  readonly episode: number;
  readonly firstFailedAt: Date | null;
}

function stateOf(row: StoredFinding): FindingState {
  return {
    status: row.status === "open" ? "open" : "none",
    observation: row.observation as Observation,
    observationSince: row.observationSince.toISOString(),
    decided: decidedOf(row),
    lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
    episode: row.episode,
    firstFailedAt: row.firstFailedAt?.toISOString() ?? null,
  };
}

function decidedOf(row: StoredFinding): FindingState["decided"] {
  if (row.verdict === null || row.reason === null || row.decidedAt === null) return null;
  return {
    verdict: row.verdict === "FAIL" ? "FAIL" : "PASS",
    reason: row.reason,
    severity: row.severity,
    short: row.short ?? "",
    at: row.decidedAt.toISOString(),
  };
}
