import { z } from "zod";
import { accountStatuses, environments } from "@/lib/accounts/account-states";
import { findCheck } from "@/lib/checks/registry";
import { partitions, severities } from "@/lib/checks/words";
import { schedulesOf } from "@/lib/db/system/schedules";
import type { TenantDb } from "@/lib/db/tenant-db";
import { notFound } from "@/lib/errors";
import { monthFrom } from "@/lib/history/month";
import { type CallOutcome, failureGroups } from "@/lib/runs/failure-groups";
import { callsOf } from "@/lib/runs/run-store";
import { authorize } from "@/lib/tenancy/authorize";
import { businessNow } from "@/lib/tenancy/business-now";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { historyLines } from "./finding-history";
import { findingKey, findingNumber } from "./finding-key";
import type { FindingView, ReadingSummary } from "./finding-view";
import { findingStatuses, observations } from "./lifecycle/states";
import { isStale } from "./staleness";
import { storedEvaluations } from "./stored-evaluation";

/** Enough for years of weekly lines after collapsing; older history is in the scans. */
const historyLimit = 400;

/**
 * Everything the finding page needs. `key` is `PST-142`, or the finding's id while the account never failed the
 * check. Throws not_found for any other.
 */
export async function getFinding(ctx: TenantContext, key: string): Promise<FindingView> {
  authorize(ctx, "organization.view");
  const where = whereOf(ctx.tenantId, key);
  if (!where) throw notFound();
  return withTenant(ctx, async (db) => {
    const row = await db.finding.findFirst({
      where,
      include: { account: true, episodes: { orderBy: { number: "asc" } } },
    });
    if (!row) throw notFound();
    const { tenantId } = ctx;
    const schedule = (await schedulesOf(db, tenantId)).get(row.accountId);
    const decided = await evaluationOf(db, tenantId, row.decidedScanId, row.checkId);
    const last = await evaluationOf(db, tenantId, row.lastScanId, row.checkId);
    const active = await db.scan.findFirst({
      where: { tenantId, accountId: row.accountId, status: { in: ["queued", "running"] }, notBefore: null },
      select: { number: true },
    });
    return {
      id: row.id,
      key: findingKey(row.number),
      checkId: row.checkId,
      checkTitle: findCheck(row.checkId)?.title ?? row.checkId,
      accountId: row.accountId,
      accountName: row.account.name,
      awsAccountId: row.account.awsAccountId,
      environment: environments.parse(row.account.environment),
      accountStatus: accountStatuses.parse(row.account.status),
      partition: partitions.parse(row.account.partition),
      status: findingStatuses.parse(row.status),
      observation: observations.parse(row.observation),
      observationSince: row.observationSince.toISOString(),
      severity: severities.parseOrNull(row.severity),
      reason: row.reason,
      short: row.short,
      episode: row.episode,
      lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      isStale: isStale(row.decidedAt, schedule?.everyMinutes, await businessNow(db)),
      decided: decided?.view ?? null,
      latest: last && row.lastScanId !== row.decidedScanId ? last.view : null,
      readings: last ? await readingsOf(db, tenantId, last.scan) : [],
      history: await historyOf(db, tenantId, row),
      episodes: row.episodes.map((episode) => ({
        number: episode.number,
        detectedAt: episode.detectedAt.toISOString(),
        verifiedAt: episode.verifiedAt?.toISOString() ?? null,
      })),
      activeScanNumber: active?.number ?? null,
    };
  });
}

function whereOf(tenantId: string, key: string) {
  const number = findingNumber(key);
  if (number !== null) return { tenantId, number };
  return z.uuid().safeParse(key).success ? { tenantId, id: key } : null;
}

interface EvaluationWithScan {
  readonly view: NonNullable<FindingView["decided"]>;
  readonly scan: { readonly id: string; readonly attempt: number; readonly month: Date | null };
}

async function evaluationOf(
  db: TenantDb,
  tenantId: string,
  scanId: string | null,
  checkId: string,
): Promise<EvaluationWithScan | null> {
  if (scanId === null) return null;
  const scan = await db.scan.findUnique({
    where: { tenantId_id: { tenantId, id: scanId } },
    select: { id: true, number: true, attempt: true, month: true },
  });
  const stored = scan && (await storedEvaluations(db, tenantId, [scan], { checkId, withChange: true }))[0];
  if (!stored) return null;
  const { evaluation, description } = stored;
  const row = await db.evaluation.findFirst({
    where: { tenantId, month: scan.month ?? new Date(0), scanId, checkId },
    select: { at: true },
  });
  if (!row) return null;
  return { view: { evaluation, description, at: row.at.toISOString(), scanNumber: scan.number }, scan };
}

async function readingsOf(
  db: TenantDb,
  tenantId: string,
  { id, attempt, month }: EvaluationWithScan["scan"],
): Promise<ReadingSummary[]> {
  const run = { tenantId, month: month && monthFrom(month), subjectId: id, fence: attempt };
  return summarize(await callsOf(db, run));
}

/** One line per kind of call, in the order in which they were first made. `calls` come oldest first. */
export function summarize(calls: readonly CallOutcome[]): ReadingSummary[] {
  const byApi = new Map<string, CallOutcome[]>();
  for (const call of calls) byApi.set(call.api, [...(byApi.get(call.api) ?? []), call]);
  return [...byApi.entries()].map(([api, made]) => {
    const failed = new Set(made.filter((call) => call.outcome !== "ok").map((call) => call.region));
    const ok = new Set(made.filter((call) => !failed.has(call.region)).map((call) => call.region));
    return {
      api,
      regionsOk: ok.size,
      regionsFailed: failed.size,
      oldestAt: made[0]?.at ?? new Date(0).toISOString(),
      failures: failureGroups(made).map(({ text, regions, code }) => ({ text, regions, code })),
    };
  });
}

async function historyOf(db: TenantDb, tenantId: string, row: HistoryOwner): Promise<FindingView["history"]> {
  const events = await db.findingEvent.findMany({
    where: { tenantId, findingId: row.id },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: historyLimit,
  });
  const scanIds = [...new Set([...events.flatMap((event) => event.scanId ?? []), row.lastScanId ?? row.id])];
  const scans = await db.scan.findMany({
    where: { tenantId, id: { in: scanIds } },
    select: { id: true, number: true },
  });
  const numbers = new Map(scans.map((scan) => [scan.id, scan.number]));
  const { unchangedChecks: checks, lastCheckedAt, lastScanId } = row;
  return historyLines(events, { checks, lastCheckedAt, lastScanId }, numbers);
}

interface HistoryOwner {
  readonly id: string;
  readonly unchangedChecks: number;
  readonly lastCheckedAt: Date | null;
  readonly lastScanId: string | null;
}
