import { accountStatuses, environments } from "@/lib/accounts/account-states";
import { findCheck } from "@/lib/checks/registry";
import { assurances, partitions, severities } from "@/lib/checks/words";
import { sql } from "@/lib/db/sql";
import type { TenantReader } from "@/lib/db/tenant-db";
import { notFound } from "@/lib/errors";
import { monthFrom } from "@/lib/history/month";
import { Kept } from "@/lib/kept";
import { type CallOutcome, failureGroups } from "@/lib/runs/failure-groups";
import { callsOf } from "@/lib/runs/run-store";
import { isUnderWay } from "@/lib/runs/under-way";
import { authorize } from "@/lib/tenancy/authorize";
import { readTenant } from "@/lib/tenancy/read-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { findingAt } from "./finding-at";
import { findingKey } from "./finding-key";
import type { FindingEventView, FindingView, ReadingSummary } from "./finding-view";
import { findingStatuses, observations } from "./lifecycle/states";
import { looksOf } from "./looks-of";
import { actorText, readNames } from "./names";
import { readReceipt } from "./priority/receipt";
import { receiptView } from "./priority/receipt-words";
import { priorityOf } from "./priority-states";
import { isStale } from "./staleness";
import { type StoredEvaluation, storedEvaluations } from "./stored-evaluation";
import { peopleIn, timelineLines } from "./timeline/timeline-lines";
import { timelineRows } from "./timeline/timeline-page";
import type { TimelineFilter } from "./timeline-states";
import type { TimelinePage } from "./timeline-view";
import { peopleOf, triageOf, withNames } from "./triage/triage-of";
import { whatPutItBack } from "./what-put-it-back";

/** Rows of the timeline that come with a finding; older ones are read page by page. */
const timelineStart = 20;

/**
 * Everything the finding page needs. `key` is `PST-142`, or the finding's id while the account never failed the
 * check. Without `timeline` its beginning holds no comments. Throws not_found for any other.
 */
export async function getFinding(
  ctx: TenantContext,
  key: string,
  timeline?: TimelineFilter,
): Promise<FindingView> {
  authorize(ctx, "organization.view");
  return readFinding(ctx, key, timeline);
}

/** The same for who was just allowed to change it: what they get is their own change. */
export async function readFinding(
  ctx: TenantContext,
  key: string,
  timeline?: TimelineFilter,
): Promise<FindingView> {
  const where = findingAt(key);
  if (!where) throw notFound();
  const { tenantId } = ctx;
  const read = await readTenant(ctx, async (db) => {
    const [row] = await db.$queryRaw<Row[]>`
      SELECT f.id::text AS id, f.number, f.check_id, f.account_id::text AS account_id, f.status, f.observation,
             f.observation_since, f.verdict, f.severity, f.assurance, f.reason, f.short, f.episode, f.last_checked_at, f.decided_at,
             f.decided_scan_id::text AS decided_scan_id, f.last_scan_id::text AS last_scan_id, f.unchanged_checks,
             f.comebacks, f.priority, f.score, f.receipt, f.came_back_scan_id::text AS came_back_scan_id, f.came_back_month,
             f.passed_scan_id::text AS passed_scan_id, f.passed_month,
             a.name AS account_name, a.aws_account_id, a.environment, a.status AS account_status, a.partition,
             s.every_minutes, business_now() AS now, d.number AS decided_number, d.month AS decided_month,
             l.number AS last_number, l.month AS last_month, l.attempt AS last_attempt,
             l.api_calls AS last_api_calls,
             COALESCE((SELECT t.time_zone FROM triage_settings t WHERE t.tenant_id = f.tenant_id), 'UTC') AS time_zone,
             (SELECT min(number) FROM scans n WHERE n.tenant_id = f.tenant_id AND n.account_id = f.account_id
                AND ${isUnderWay(sql`n.status`)} AND n.not_before IS NULL) AS active_number,
             EXISTS (SELECT 1 FROM finding_looks k
                     WHERE k.tenant_id = f.tenant_id AND k.finding_id = f.id) AS has_looks,
             (SELECT json_agg(json_build_object('number', e.number, 'detectedAt', e.detected_at,
                                                'verifiedAt', e.verified_at) ORDER BY e.number)
                FROM episodes e WHERE e.tenant_id = f.tenant_id AND e.finding_id = f.id) AS episodes
      FROM findings f
        JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
        LEFT JOIN scan_schedules s ON s.tenant_id = f.tenant_id AND s.account_id = f.account_id
        LEFT JOIN scans d ON d.tenant_id = f.tenant_id AND d.id = f.decided_scan_id
        LEFT JOIN scans l ON l.tenant_id = f.tenant_id AND l.id = f.last_scan_id
      WHERE f.tenant_id = ${tenantId}::uuid AND ${where}`;
    if (!row) throw notFound();
    const accountStatus = accountStatuses.parse(row.account_status);
    const status = findingStatuses.parse(row.status);
    const receipt = readReceipt(row.receipt);
    // Together: none of them waits for another, and so they go to the database in one turn.
    const [{ decided, last }, readings, happened, back, looks, triage] = await Promise.all([
      evaluationsOf(db, tenantId, row),
      readingsOf(db, tenantId, row),
      timelineRows(db, ctx, {
        findingId: row.id,
        filter: timeline ?? "all",
        withComments: timeline !== undefined,
        limit: timelineStart,
      }),
      backOf(db, tenantId, row),
      row.has_looks ? looksOf(db, tenantId, row.id) : null,
      triageOf(db, ctx, {
        id: row.id,
        accountId: row.account_id,
        accountStatus,
        status,
        episode: row.episode,
      }),
    ]);
    const view = {
      id: row.id,
      key: findingKey(row.number),
      checkId: row.check_id,
      checkTitle: findCheck(row.check_id)?.title ?? row.check_id,
      accountId: row.account_id,
      accountName: row.account_name,
      awsAccountId: row.aws_account_id,
      environment: environments.parse(row.environment),
      accountStatus,
      partition: partitions.parse(row.partition),
      status,
      observation: observations.parse(row.observation),
      observationSince: row.observation_since.toISOString(),
      severity: severities.parseOrNull(row.severity),
      priority: priorityOf(row.priority),
      score: row.score,
      assurance: row.observation === "passing" ? assurances.parseOrNull(row.assurance) : null,
      reason: row.reason,
      short: row.short,
      episode: row.episode,
      lastCheckedAt: row.last_checked_at?.toISOString() ?? null,
      decidedAt: row.decided_at?.toISOString() ?? null,
      isStale: isStale(row.decided_at, row.every_minutes, row.now),
      decided,
      latest: row.last_scan_id === row.decided_scan_id ? null : last,
      readings: last ? readings : [],
      episodes: (row.episodes ?? []).map(({ number, detectedAt, verifiedAt }) => ({
        number,
        detectedAt: new Date(detectedAt).toISOString(),
        verifiedAt: verifiedAt === null ? null : new Date(verifiedAt).toISOString(),
      })),
      comebacks: row.comebacks,
      receipt: receipt && receiptView(receipt, { timeZone: row.time_zone, now: row.now.toISOString() }),
      back,
      lastScan: row.last_number === null ? null : { number: row.last_number, apiCalls: row.last_api_calls },
      activeScanNumber: row.active_number,
      looks,
      triage,
    };
    return { view, happened };
  });
  const { view, happened } = read;
  const { actors, people } = peopleIn(happened.rows);
  const decidedBy = peopleOf(view.triage);
  const names = await readNames(tenantId, {
    actors: [...actors, ...decidedBy.actors],
    people: [...people, ...decidedBy.people],
  });
  const lines = timelineLines(happened.rows, names);
  const nextCursor = happened.hasMore ? (lines.at(-1)?.cursor ?? null) : null;
  return {
    ...view,
    triage: withNames(view.triage, names),
    timeline: { lines, nextCursor },
    history: historyOf(lines),
  };
}

/** The events alone, each with who acted as one text. */
function historyOf(lines: TimelinePage["lines"]): FindingEventView[] {
  return lines.flatMap((line) => {
    if (line.type === "comment") return [];
    const { id, at, kind, actor, text, scanNumber, times } = line;
    return [{ id, at, kind, actor: actorText(actor), text, scanNumber, times }];
  });
}

interface Row {
  id: string;
  number: number | null;
  check_id: string;
  account_id: string;
  status: string;
  observation: string;
  observation_since: Date;
  verdict: string | null;
  severity: string | null;
  assurance: string | null;
  reason: string | null;
  short: string | null;
  episode: number;
  last_checked_at: Date | null;
  decided_at: Date | null;
  decided_scan_id: string | null;
  last_scan_id: string | null;
  unchanged_checks: number;
  comebacks: number;
  priority: number | null;
  score: number | null;
  receipt: unknown;
  time_zone: string;
  came_back_scan_id: string | null;
  came_back_month: Date | null;
  passed_scan_id: string | null;
  passed_month: Date | null;
  last_api_calls: number | null;
  account_name: string;
  aws_account_id: string;
  environment: string;
  account_status: string;
  partition: string;
  every_minutes: number | null;
  now: Date;
  decided_number: number | null;
  decided_month: Date | null;
  last_number: number | null;
  last_month: Date | null;
  last_attempt: number | null;
  active_number: number | null;
  has_looks: boolean;
  episodes: { number: number; detectedAt: string; verifiedAt: string | null }[] | null;
}

type Said = NonNullable<FindingView["decided"]>;

/** What a scan said stays said. */
const keptEvaluations = new Kept<readonly StoredEvaluation[]>(200);

/** What the check said in the scan that decided and in the last one; null once the history of their month is gone. */
async function evaluationsOf(
  db: TenantReader,
  tenantId: string,
  row: Row,
): Promise<{ decided: Said | null; last: Said | null }> {
  const scans = [
    { id: row.decided_scan_id, month: row.decided_month, number: row.decided_number, at: row.decided_at },
    { id: row.last_scan_id, month: row.last_month, number: row.last_number, at: row.last_checked_at },
  ] as const;
  const asked = scans.flatMap(({ id, month }) => (id === null ? [] : [{ id, month }]));
  const key = [tenantId, row.check_id, ...asked.map(({ id }) => id)].join(" ");
  const stored = await keptEvaluations.get(key, () =>
    storedEvaluations(db, tenantId, asked, { checkId: row.check_id, withChange: true }),
  );
  const [decided, last] = scans.map(({ id, number, at }): Said | null => {
    const said = stored.find(({ scanId }) => scanId === id);
    if (!said || number === null || at === null) return null;
    const { evaluation, description } = said;
    return { evaluation, description, at: at.toISOString(), scanNumber: number };
  });
  return { decided: decided ?? null, last: last ?? null };
}

/** Only while it fails: what put it back the last time says nothing of a finding that passes. */
async function backOf(db: TenantReader, tenantId: string, row: Row): Promise<FindingView["back"]> {
  const { came_back_scan_id, came_back_month, passed_scan_id, passed_month } = row;
  if (row.verdict !== "FAIL" || !came_back_scan_id || !came_back_month || !passed_scan_id || !passed_month)
    return null;
  return whatPutItBack(db, tenantId, {
    checkId: row.check_id,
    passed: { id: passed_scan_id, month: passed_month },
    failed: { id: came_back_scan_id, month: came_back_month },
  });
}

/** A scan that has evaluated anything has ended, and its calls change no more. Pages and their folded parts ask often. */
const keptReadings = new Kept<readonly ReadingSummary[]>(200);

async function readingsOf(db: TenantReader, tenantId: string, row: Row): Promise<readonly ReadingSummary[]> {
  if (row.last_scan_id === null || row.last_attempt === null) return [];
  const month = row.last_month && monthFrom(row.last_month);
  const run = { tenantId, month, subjectId: row.last_scan_id, fence: row.last_attempt };
  const { subjectId, fence } = run;
  return keptReadings.get([tenantId, subjectId, fence].join(" "), async () =>
    summarize(await callsOf(db, run)),
  );
}

/** One line per kind of call, in the order in which they were first made. `calls` come oldest first. */
export function summarize(calls: readonly CallOutcome[]): ReadingSummary[] {
  const byApi = new Map<string, CallOutcome[]>();
  for (const call of calls) byApi.set(call.api, [...(byApi.get(call.api) ?? []), call]);
  return [...byApi.entries()].map(([api, own]) => {
    const failed = new Set(own.filter((call) => call.outcome !== "ok").map((call) => call.region));
    const ok = new Set(own.filter((call) => !failed.has(call.region)).map((call) => call.region));
    return {
      api,
      regionsOk: ok.size,
      regionsFailed: failed.size,
      oldestAt: own[0]?.at ?? new Date(0).toISOString(),
      failures: failureGroups(own).map(({ text, regions, code }) => ({ text, regions, code })),
    };
  });
}
