import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import { severities } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { canonicalJson, sha256OfText } from "@/lib/evidence/canonical-json";
import type { Month } from "@/lib/history/month";
import { nextNumber } from "@/lib/tenancy/next-number";
import { findingKey } from "./finding-key";
import { decidedVerdicts, type FindingEventKind, findingStatuses, observations } from "./lifecycle/states";
import { type FindingState, type NewFindingEvent, type Reconciled, reconcile } from "./reconcile";

export interface EvaluationRecord {
  readonly tenantId: string;
  readonly accountId: string;
  readonly scanId: string;
  readonly month: Month;
  /** The evaluation's clock. */
  readonly at: string;
  readonly evaluation: Evaluation;
  readonly description: Description;
  /** Facts and context, enough to evaluate again, as canonical JSON. */
  readonly facts: string;
}

/**
 * Stores one evaluation and what follows from it: the finding's next state, its history, and at the first FAIL
 * its number and episode. Runs inside the scan's finalizing transaction. Returns the finding's key, if it has one.
 */
export async function recordEvaluation(db: TenantDb, record: EvaluationRecord): Promise<string | null> {
  const { tenantId, accountId } = record;
  const { checkId } = record.evaluation;
  const row = await lockFinding(db, { tenantId, accountId, checkId, observationSince: record.at });
  const reconciled = reconcile(stateOf(row), {
    evaluation: record.evaluation,
    short: record.description.short,
    at: record.at,
  });
  const opensFirst = reconciled.opensEpisode !== null && row.number === null;
  const number = opensFirst ? await nextNumber(db, tenantId, "finding") : row.number;
  const told = await newLines(db, tenantId, row.id, reconciled.events);
  await store(db, record, row, { ...reconciled, events: told }, number);
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

/** Lines of history that say nothing new: only counted. */
const unchanged: ReadonlySet<FindingEventKind> = new Set(["still_failing", "still_passing"]);

/** The events that say something new. Not being readable for the same reason as last time does not. */
async function newLines(
  db: TenantDb,
  tenantId: string,
  findingId: string,
  events: readonly NewFindingEvent[],
): Promise<NewFindingEvent[]> {
  const told = events.filter(({ kind }) => !unchanged.has(kind));
  if (!told.some(({ kind }) => kind === "could_not_read")) return told;
  const last = await db.findingEvent.findFirst({
    where: { tenantId, findingId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { kind: true, text: true },
  });
  return told.filter(({ kind, text }) => last?.kind !== kind || last.text !== text);
}

/** Evaluation, history and state in one statement. The hash is of what the scan's results and facts hold. */
async function store(
  db: TenantDb,
  record: EvaluationRecord,
  { id: findingId, version }: StoredFinding,
  { next, events }: Reconciled,
  number: number | null,
): Promise<void> {
  const { tenantId, scanId, month, at, evaluation, facts } = record;
  const { decided } = next;
  const decides = evaluation.verdict !== "NOT_EVALUATED";
  const [said, words] = [canonicalJson(evaluation), canonicalJson(record.description)];
  const sha256 = sha256OfText(`{"description":${words},"evaluation":${said},"facts":${facts}}`);
  const updated = await db.$executeRaw`
    WITH evaluation AS (
      INSERT INTO evaluations (tenant_id, month, scan_id, check_id, finding_id, check_version, verdict, reason,
                               severity, assurance, disposition, at, sha256)
      VALUES (${tenantId}::uuid, ${month}::date, ${scanId}::uuid, ${evaluation.checkId}, ${findingId}::uuid,
              ${evaluation.checkVersion}, ${evaluation.verdict}, ${evaluation.reason}, ${evaluation.severity},
              ${evaluation.assurance}, ${evaluation.disposition}, ${at}::timestamptz,
              decode(${sha256}, 'hex'))
    ), history AS (
      INSERT INTO finding_events (tenant_id, month, finding_id, at, kind, actor, scan_id, text, before, after,
                                  unchanged_before)
      SELECT f.tenant_id, ${month}::date, f.id, ${at}::timestamptz, r.kind, 'system', ${scanId}::uuid, r.text, r.before,
             r.after, f.unchanged_checks
      FROM findings f,
           json_to_recordset(${JSON.stringify(events)}::json) AS r(kind text, text text, before jsonb, after jsonb)
      WHERE f.tenant_id = ${tenantId}::uuid AND f.id = ${findingId}::uuid
    )
    UPDATE findings f
    SET number = ${number}, status = ${next.status}, observation = ${next.observation},
        observation_since = ${next.observationSince}::timestamptz, verdict = ${decided?.verdict ?? null},
        reason = ${decided?.reason ?? null}, severity = ${decided?.severity ?? null}, short = ${decided?.short ?? null},
        decided_at = ${decided?.at ?? null}::timestamptz,
        decided_scan_id = CASE WHEN ${decides} THEN ${scanId}::uuid ELSE f.decided_scan_id END,
        decided_month = CASE WHEN ${decides} THEN ${month}::date ELSE f.decided_month END,
        last_scan_id = ${scanId}::uuid, last_month = ${month}::date,
        last_checked_at = ${next.lastCheckedAt}::timestamptz, episode = ${next.episode},
        first_failed_at = ${next.firstFailedAt}::timestamptz,
        unchanged_checks = CASE WHEN ${events.length > 0} THEN 0 ELSE f.unchanged_checks + 1 END,
        version = f.version + 1
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = ${findingId}::uuid AND f.version = ${version}`;
  // The lock makes this impossible; a writer that forgot it must not be overwritten in silence.
  if (updated !== 1) throw new Error(`Finding ${findingId} changed while an evaluation of it was recorded.`);
}

/**
 * The finding as it is, locked until the end of the transaction, created first when no evaluation has spoken of it:
 * what is computed from it is still true when it is written.
 */
async function lockFinding(
  db: TenantDb,
  key: { tenantId: string; accountId: string; checkId: string; observationSince: string },
): Promise<StoredFinding> {
  const { tenantId, accountId, checkId } = key;
  const select = () => db.$queryRaw<StoredFinding[]>`
    SELECT id::text AS id, version, number, status, observation, observation_since AS "observationSince", verdict,
           reason, severity, short, decided_at AS "decidedAt", last_checked_at AS "lastCheckedAt", episode,
           first_failed_at AS "firstFailedAt"
    FROM findings
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND check_id = ${checkId} FOR UPDATE`;
  const [found] = await select();
  if (found) return found;
  // Of two that create it at once the second waits here, and then locks what the first made.
  await db.$executeRaw`
    INSERT INTO findings (tenant_id, account_id, check_id, observation_since)
    VALUES (${tenantId}::uuid, ${accountId}::uuid, ${checkId}, ${key.observationSince}::timestamptz)
    ON CONFLICT (tenant_id, account_id, check_id) DO NOTHING`;
  const [created] = await select();
  if (!created) throw new Error(`The finding of ${checkId} on account ${accountId} could not be created.`);
  return created;
}

interface StoredFinding {
  readonly id: string;
  readonly version: number;
  readonly number: number | null;
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
    status: findingStatuses.parse(row.status),
    observation: observations.parse(row.observation),
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
    verdict: decidedVerdicts.parse(row.verdict),
    reason: row.reason,
    severity: severities.parseOrNull(row.severity),
    short: row.short ?? "",
    at: row.decidedAt.toISOString(),
  };
}
