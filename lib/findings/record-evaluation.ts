import { severities } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { canonicalJson, sha256OfText } from "@/lib/evidence/canonical-json";
import type { Month } from "@/lib/history/month";
import { nextNumber } from "@/lib/tenancy/next-number";
import { noCauseRank } from "./cause-states";
import { blindRegionsOf, causeOf } from "./causes";
import { duePolicyColumns, duePolicyOf, type StoredDuePolicy } from "./due/due-policy";
import { dueSetBys } from "./due/due-states";
import { findingKey } from "./finding-key";
import {
  type ClaimEnding,
  claimableStatuses,
  decidedVerdicts,
  type FindingEventKind,
  type FindingStatus,
  findingStatuses,
  type Observation,
  observations,
} from "./lifecycle/states";
import { renewScores } from "./priority/renew-scores";
import { type FindingState, type NewFindingEvent, type Reconciled, reconcile } from "./reconcile";
import { regionCounts } from "./region-counts";
import type { Said } from "./stored-evaluation";
import { tellCameBack } from "./tell";

export interface EvaluationRecords {
  readonly tenantId: string;
  readonly accountId: string;
  readonly scanId: string;
  readonly month: Month;
  /** The evaluations' clock. */
  readonly at: string;
  /** When the scan began to read. */
  readonly begunAt: string;
  /** Facts and context, enough to evaluate again, as canonical JSON. */
  readonly facts: string;
  /** One of each check. */
  readonly said: readonly Said[];
}

/**
 * Stores what the checks said of an account and what follows from it: the next state of each finding, its history, and
 * at the first FAIL its number and episode, and its priority. Runs inside the scan's finalizing transaction, in as many statements
 * however many checks there are. Returns what became of each finding, in the order of `said`.
 */
export async function recordEvaluations(
  db: TenantDb,
  records: EvaluationRecords,
): Promise<RecordedFinding[]> {
  const { tenantId, accountId, at, begunAt, said } = records;
  const findings = await lockFindings(db, records);
  const outcomes: Outcome[] = [];
  for (const { evaluation, description } of said) {
    const row = findings.get(evaluation.checkId);
    if (!row) throw new Error(`The finding of ${evaluation.checkId} could not be created.`);
    const reconciled = reconcile(
      stateOf(row),
      { evaluation, short: description.short, at, begunAt },
      duePolicyOf(row),
    );
    const opensFirst = reconciled.opensEpisode !== null && row.number === null;
    const number = opensFirst ? await nextNumber(db, tenantId, "finding") : row.number;
    const events = await newLines(db, tenantId, row.id, reconciled.events);
    outcomes.push({ evaluation, description, row, reconciled: { ...reconciled, events }, number });
  }
  await store(db, records, outcomes);
  await renewScores(
    db,
    tenantId,
    { accountIds: [accountId] },
    said.map(({ evaluation }) => evaluation),
  );
  const back = outcomes.filter(({ row, reconciled: { next } }) => next.comebacks > row.comebacks);
  await tellCameBack(
    db,
    tenantId,
    back.map(({ row: { id }, reconciled: { next } }) => ({ id, comebacks: next.comebacks })),
  );
  return outcomes.map(({ row, evaluation, number, reconciled: { next, endsClaim, makesClaim } }) => ({
    id: row.id,
    key: findingKey(number),
    checkId: evaluation.checkId,
    status: next.status,
    observation: next.observation,
    episode: next.episode,
    endsClaim,
    makesClaim: makesClaim !== null,
  }));
}

/** What an evaluation made of a finding. */
export interface RecordedFinding {
  readonly id: string;
  readonly key: string | null;
  readonly checkId: string;
  readonly status: FindingStatus;
  readonly observation: Observation;
  readonly episode: number;
  /** The claim that it ended. */
  readonly endsClaim: ClaimEnding | null;
  /** It passes, and is now claimed fixed by nobody. */
  readonly makesClaim: boolean;
}

interface Outcome extends Said {
  readonly row: StoredFinding;
  readonly reconciled: Reconciled;
  readonly number: number | null;
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
  const lines = events.filter(({ kind }) => !unchanged.has(kind));
  if (!lines.some(({ kind }) => kind === "could_not_read")) return lines;
  const last = await db.findingEvent.findFirst({
    where: { tenantId, findingId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { kind: true, text: true },
  });
  return lines.filter(({ kind, text }) => last?.kind !== kind || last.text !== text);
}

/** Evaluations, history, episodes and states in one statement. The hash is of what the scan's results and facts hold. */
async function store(db: TenantDb, records: EvaluationRecords, outcomes: readonly Outcome[]): Promise<void> {
  const { tenantId, accountId, scanId, month, at, facts } = records;
  const given = outcomes.map((outcome) => rowOf(outcome, facts));
  const lines = outcomes.flatMap(({ row, reconciled }) =>
    reconciled.events.map((event, index) => ({ finding_id: row.id, index, ...event })),
  );
  const opened = outcomes.flatMap(({ row, reconciled: { opensEpisode: number } }) =>
    number === null ? [] : [{ finding_id: row.id, number }],
  );
  const updated = await db.$executeRaw`
    WITH given AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(given)}::json) AS r(
        finding_id uuid, version int, number int, check_id text, check_version int, verdict text, reason text,
        severity text, assurance text, disposition text, sha256 text, status text, observation text,
        observation_since timestamptz, decided_verdict text, decided_reason text, decided_severity text, short text,
        decided_at timestamptz, decides boolean, last_checked_at timestamptz, episode int,
        first_failed_at timestamptz, comebacks int, has_lines boolean, region_counts smallint[], due_at timestamptz,
        due_set_by text, ends_claim text, makes_claim text, cause text, cause_rank smallint, blind_regions text[])
    ), evaluation AS (
      INSERT INTO evaluations (tenant_id, month, scan_id, check_id, finding_id, check_version, verdict, reason,
                               severity, assurance, disposition, at, sha256)
      SELECT ${tenantId}::uuid, ${month}::date, ${scanId}::uuid, g.check_id, g.finding_id, g.check_version, g.verdict,
             g.reason, g.severity, g.assurance, g.disposition, ${at}::timestamptz, decode(g.sha256, 'hex')
      FROM given g
    ), history AS (
      INSERT INTO finding_events (tenant_id, month, finding_id, at, kind, actor, scan_id, text, before, after,
                                  unchanged_before)
      SELECT f.tenant_id, ${month}::date, f.id, ${at}::timestamptz + r.index * interval '1 microsecond', r.kind, 'system', ${scanId}::uuid, r.text, r.before,
             r.after, CASE r.index WHEN 0 THEN f.unchanged_checks ELSE 0 END
      FROM json_to_recordset(${JSON.stringify(lines)}::json)
             AS r(finding_id uuid, index int, kind text, text text, before jsonb, after jsonb)
      JOIN findings f ON f.tenant_id = ${tenantId}::uuid AND f.id = r.finding_id
    ), ended AS (
      UPDATE claims c SET ended_at = business_now(), ending = g.ends_claim
      FROM given g
      WHERE c.tenant_id = ${tenantId}::uuid AND c.finding_id = g.finding_id AND c.ended_at IS NULL
        AND g.ends_claim IS NOT NULL
    ), claimed AS (
      INSERT INTO claims (tenant_id, finding_id, episode, claimed_from, claimed_at, claimed_by)
      SELECT ${tenantId}::uuid, g.finding_id, g.episode, g.makes_claim, ${at}::timestamptz, 'system'
      FROM given g WHERE g.makes_claim IS NOT NULL
    ), opened AS (
      INSERT INTO episodes (tenant_id, finding_id, number, detected_at, detected_scan_id)
      SELECT ${tenantId}::uuid, r.finding_id, r.number, ${at}::timestamptz, ${scanId}::uuid
      FROM json_to_recordset(${JSON.stringify(opened)}::json) AS r(finding_id uuid, number int)
    )
    UPDATE findings f
    SET number = g.number, status = g.status, observation = g.observation, observation_since = g.observation_since,
        verdict = g.decided_verdict, reason = g.decided_reason, severity = g.decided_severity, short = g.short,
        assurance = CASE WHEN g.decides THEN g.assurance ELSE f.assurance END,
        region_counts = CASE WHEN g.decides THEN g.region_counts ELSE f.region_counts END,
        cause = CASE WHEN g.decides THEN g.cause ELSE f.cause END,
        cause_rank = CASE WHEN g.decides THEN g.cause_rank ELSE f.cause_rank END,
        blind_regions = CASE WHEN g.decides THEN g.blind_regions ELSE f.blind_regions END,
        decided_at = g.decided_at,
        decided_scan_id = CASE WHEN g.decides THEN ${scanId}::uuid ELSE f.decided_scan_id END,
        decided_month = CASE WHEN g.decides THEN ${month}::date ELSE f.decided_month END,
        last_scan_id = ${scanId}::uuid, last_month = ${month}::date, last_checked_at = g.last_checked_at,
        episode = g.episode, first_failed_at = g.first_failed_at, comebacks = g.comebacks,
        came_back_scan_id = CASE WHEN g.comebacks > f.comebacks THEN ${scanId}::uuid ELSE f.came_back_scan_id END,
        came_back_month = CASE WHEN g.comebacks > f.comebacks THEN ${month}::date ELSE f.came_back_month END,
        passed_scan_id = CASE WHEN g.comebacks > f.comebacks THEN f.decided_scan_id ELSE f.passed_scan_id END,
        passed_month = CASE WHEN g.comebacks > f.comebacks THEN f.decided_month ELSE f.passed_month END,
        due_at = g.due_at, due_set_by = g.due_set_by,
        unchanged_checks = CASE WHEN g.has_lines THEN 0 ELSE f.unchanged_checks + 1 END,
        -- A scan that changes nothing people decide does not stand in the way of what they are deciding.
        version = f.version + CASE WHEN f.status <> g.status OR f.due_at IS DISTINCT FROM g.due_at THEN 1 ELSE 0 END
    FROM given g
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = g.finding_id AND f.version = g.version`;
  // The lock makes this impossible; a writer that forgot it must not be overwritten in silence.
  if (updated !== outcomes.length) {
    throw new Error(`A finding of account ${accountId} changed while an evaluation of it was recorded.`);
  }
}

function rowOf({ evaluation, description, row, reconciled, number }: Outcome, facts: string) {
  const { next } = reconciled;
  const { decided } = next;
  const cause = causeOf(evaluation);
  const [judged, words] = [canonicalJson(evaluation), canonicalJson(description)];
  return {
    finding_id: row.id,
    version: row.version,
    number,
    check_id: evaluation.checkId,
    check_version: evaluation.checkVersion,
    verdict: evaluation.verdict,
    reason: evaluation.reason,
    severity: evaluation.severity,
    assurance: evaluation.assurance,
    disposition: evaluation.disposition,
    sha256: sha256OfText(`{"description":${words},"evaluation":${judged},"facts":${facts}}`),
    status: next.status,
    observation: next.observation,
    observation_since: next.observationSince,
    decided_verdict: decided?.verdict ?? null,
    decided_reason: decided?.reason ?? null,
    decided_severity: decided?.severity ?? null,
    short: decided?.short ?? null,
    decided_at: decided?.at ?? null,
    decides: evaluation.verdict !== "NOT_EVALUATED",
    last_checked_at: next.lastCheckedAt,
    episode: next.episode,
    first_failed_at: next.firstFailedAt,
    comebacks: next.comebacks,
    has_lines: reconciled.events.length > 0,
    region_counts: regionCounts(evaluation),
    due_at: next.due?.at ?? null,
    due_set_by: next.due?.setBy ?? null,
    ends_claim: reconciled.endsClaim,
    makes_claim: reconciled.makesClaim,
    cause: cause?.id ?? null,
    cause_rank: cause?.rank ?? noCauseRank,
    blind_regions: blindRegionsOf(evaluation),
  };
}

/**
 * The findings as they are, by check, locked until the end of the transaction; those of which no evaluation has spoken
 * are created first. What is computed from them is still true when it is written.
 */
async function lockFindings(
  db: TenantDb,
  { tenantId, accountId, at, said }: EvaluationRecords,
): Promise<ReadonlyMap<string, StoredFinding>> {
  const checkIds = said.map(({ evaluation }) => evaluation.checkId).sort();
  // Always in one order, so that two that lock the same findings cannot block each other.
  const select = async () => {
    const rows = await db.$queryRaw<StoredFinding[]>`
      SELECT f.check_id AS "checkId", f.id::text AS id, f.version, f.number, f.status, f.observation,
             f.observation_since AS "observationSince", f.verdict, f.reason, f.severity, f.short,
             f.decided_at AS "decidedAt", f.last_checked_at AS "lastCheckedAt", f.episode,
             f.first_failed_at AS "firstFailedAt", f.due_at AS "dueAt", f.due_set_by AS "dueSetBy",
             f.comebacks, c.claimed_from AS "claimedFrom", c.claimed_at AS "claimedAt", c.claimed_by AS "claimedBy",
             (SELECT max(u.ended_at) FROM claims u WHERE u.tenant_id = f.tenant_id AND u.finding_id = f.id
                AND u.ending IN ('withdrawn', 'timed_out')) AS "unprovenAt", ${duePolicyColumns}
      FROM findings f
        LEFT JOIN claims c ON c.tenant_id = f.tenant_id AND c.finding_id = f.id AND c.ended_at IS NULL
        LEFT JOIN triage_settings t ON t.tenant_id = f.tenant_id
      WHERE f.tenant_id = ${tenantId}::uuid AND f.account_id = ${accountId}::uuid
        AND f.check_id = ANY (${checkIds}::text[])
      ORDER BY f.check_id FOR UPDATE OF f`;
    return new Map(rows.map((row) => [row.checkId, row]));
  };
  const found = await select();
  const missing = checkIds.filter((checkId) => !found.has(checkId));
  if (missing.length === 0) return found;
  // Of two that create one at once the second waits here, and then locks what the first made.
  await db.$executeRaw`
    INSERT INTO findings (tenant_id, account_id, check_id, observation_since)
    SELECT ${tenantId}::uuid, ${accountId}::uuid, check_id, ${at}::timestamptz
    FROM unnest(${missing}::text[]) AS check_id
    ON CONFLICT (tenant_id, account_id, check_id) DO NOTHING`;
  return select();
}

interface StoredFinding extends StoredDuePolicy {
  readonly checkId: string;
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
  readonly dueAt: Date | null;
  readonly dueSetBy: string | null;
  readonly claimedFrom: string | null;
  readonly claimedAt: Date | null;
  readonly claimedBy: string | null;
  readonly unprovenAt: Date | null;
  readonly comebacks: number;
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
    due:
      row.dueSetBy === null
        ? null
        : { at: row.dueAt?.toISOString() ?? null, setBy: dueSetBys.parse(row.dueSetBy) },
    claim:
      row.claimedFrom === null || row.claimedAt === null
        ? null
        : {
            from: claimableStatuses.parse(row.claimedFrom),
            at: row.claimedAt.toISOString(),
            isAsked: row.claimedBy !== "system",
          },
    unprovenAt: row.unprovenAt?.toISOString() ?? null,
    comebacks: row.comebacks,
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
