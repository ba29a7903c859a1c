import type { Description, Evaluation } from "@/lib/checks/verdict";
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
  const evaluationId = await insertEvaluation(db, record, row.id);
  const previous = found ? stateOf(found) : unseenFinding(record.at);
  const reconciled = reconcile(previous, {
    evaluation: record.evaluation,
    short: record.description.short,
    at: record.at,
  });
  const opensFirst = reconciled.opensEpisode !== null && row.number === null;
  const number = opensFirst ? await nextNumber(db, tenantId, "finding") : row.number;
  await storeState(db, record, row.id, reconciled, { number, evaluationId });
  await storeHistory(db, record, row.id, reconciled);
  return findingKey(number);
}

/** As text, written once: what is stored is what the hash is of. */
async function insertEvaluation(db: TenantDb, record: EvaluationRecord, findingId: string): Promise<string> {
  const { tenantId, scanId, at, evaluation, facts } = record;
  const result = canonicalJson(evaluation);
  const description = canonicalJson(record.description);
  const sha256 = sha256OfText(`{"description":${description},"evaluation":${result},"facts":${facts}}`);
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO evaluations (tenant_id, scan_id, finding_id, check_id, check_version, verdict, reason, severity,
                             assurance, disposition, at, result, description, facts, sha256)
    VALUES (${tenantId}::uuid, ${scanId}::uuid, ${findingId}::uuid, ${evaluation.checkId}, ${evaluation.checkVersion},
            ${evaluation.verdict}, ${evaluation.reason}, ${evaluation.severity}, ${evaluation.assurance},
            ${evaluation.disposition}, ${at}::timestamptz, ${result}::jsonb, ${description}::jsonb, ${facts}::jsonb,
            ${sha256})
    RETURNING id::text`;
  const row = rows[0];
  if (!row) throw new Error("The evaluation was not stored.");
  return row.id;
}

async function storeState(
  db: TenantDb,
  record: EvaluationRecord,
  findingId: string,
  { next }: Reconciled,
  given: { number: number | null; evaluationId: string },
): Promise<void> {
  const decides = record.evaluation.verdict !== "NOT_EVALUATED";
  await db.finding.update({
    where: { tenantId_id: { tenantId: record.tenantId, id: findingId } },
    data: {
      number: given.number,
      status: next.status,
      observation: next.observation,
      observationSince: next.observationSince,
      verdict: next.decided?.verdict ?? null,
      reason: next.decided?.reason ?? null,
      severity: next.decided?.severity ?? null,
      short: next.decided?.short ?? null,
      decidedAt: next.decided?.at ?? null,
      ...(decides ? { decidedEvaluationId: given.evaluationId } : {}),
      lastEvaluationId: given.evaluationId,
      lastCheckedAt: next.lastCheckedAt,
      episode: next.episode,
      firstFailedAt: next.firstFailedAt,
      version: { increment: 1 },
    },
    select: { id: true },
  });
}

async function storeHistory(
  db: TenantDb,
  record: EvaluationRecord,
  findingId: string,
  reconciled: Reconciled,
): Promise<void> {
  const { tenantId, scanId, at } = record;
  if (reconciled.opensEpisode !== null) {
    await db.episode.create({
      data: { tenantId, findingId, number: reconciled.opensEpisode, detectedAt: at, detectedScanId: scanId },
      select: { id: true },
    });
  }
  await db.findingEvent.createMany({
    data: reconciled.events.map((event) => ({
      tenantId,
      findingId,
      at,
      kind: event.kind,
      actor: "system",
      scanId,
      text: event.text,
      ...(event.before ? { before: event.before } : {}),
      ...(event.after ? { after: event.after } : {}),
    })),
  });
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
