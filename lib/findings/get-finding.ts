import { z } from "zod";
import type { Evaluation } from "@/lib/checks/evaluation";
import { findCheck } from "@/lib/checks/registry";
import { storedDescription } from "@/lib/checks/stored-description";
import { schedulesOf } from "@/lib/db/system/schedules";
import type { TenantDb } from "@/lib/db/tenant-db";
import { notFound } from "@/lib/errors";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type CallOutcome, failureGroups } from "./failure-groups";
import { collapseHistory } from "./finding-history";
import { findingKey, findingNumber } from "./finding-key";
import type { FindingView, Observation, ReadingSummary } from "./finding-view";
import { isStale } from "./staleness";

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
    const decided = await evaluationOf(db, tenantId, row.decidedEvaluationId);
    const last = await evaluationOf(db, tenantId, row.lastEvaluationId);
    const active = await db.scan.findFirst({
      where: { tenantId, accountId: row.accountId, status: { in: ["queued", "running"] } },
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
      environment: row.account.environment,
      accountStatus: row.account.status,
      partition: row.account.partition,
      status: row.status,
      observation: row.observation as Observation,
      observationSince: row.observationSince.toISOString(),
      severity: row.severity,
      reason: row.reason,
      short: row.short,
      episode: row.episode,
      lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      isStale: isStale(row.decidedAt, schedule?.everyMinutes, new Date()),
      decided: decided?.view ?? null,
      latest: last && row.lastEvaluationId !== row.decidedEvaluationId ? last.view : null,
      readings: last ? await readingsOf(db, tenantId, last.scan) : [],
      history: await historyOf(db, tenantId, row.id),
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
  readonly scan: { readonly id: string; readonly attempt: number };
}

async function evaluationOf(
  db: TenantDb,
  tenantId: string,
  id: string | null,
): Promise<EvaluationWithScan | null> {
  if (id === null) return null;
  const row = await db.evaluation.findUnique({
    where: { tenantId_id: { tenantId, id } },
    include: { scan: { select: { id: true, number: true, attempt: true } } },
  });
  if (!row) return null;
  return {
    view: {
      evaluation: row.result as unknown as Evaluation,
      description: storedDescription(row.description),
      at: row.at.toISOString(),
      scanNumber: row.scan.number,
    },
    scan: row.scan,
  };
}

async function readingsOf(
  db: TenantDb,
  tenantId: string,
  scan: { id: string; attempt: number },
): Promise<ReadingSummary[]> {
  const calls = await db.reading.findMany({
    where: { tenantId, scanId: scan.id, attempt: scan.attempt },
    orderBy: { at: "asc" },
    select: { api: true, region: true, outcome: true, errorCode: true, message: true, at: true },
  });
  return summarise(calls);
}

/** One line per kind of call, in the order in which they were first made. `calls` come oldest first. */
export function summarise(calls: readonly CallOutcome[]): ReadingSummary[] {
  const byApi = new Map<string, CallOutcome[]>();
  for (const call of calls) byApi.set(call.api, [...(byApi.get(call.api) ?? []), call]);
  return [...byApi.entries()].map(([api, made]) => {
    const failed = new Set(made.filter((call) => call.outcome !== "ok").map((call) => call.region));
    const ok = new Set(made.filter((call) => !failed.has(call.region)).map((call) => call.region));
    return {
      api,
      regionsOk: ok.size,
      regionsFailed: failed.size,
      oldestAt: (made[0]?.at ?? new Date(0)).toISOString(),
      failures: failureGroups(made).map(({ text, regions, code }) => ({ text, regions, code })),
    };
  });
}

async function historyOf(db: TenantDb, tenantId: string, findingId: string): Promise<FindingView["history"]> {
  const events = await db.findingEvent.findMany({
    where: { tenantId, findingId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: historyLimit,
    select: { id: true, at: true, kind: true, actor: true, text: true, scanId: true },
  });
  const scanIds = [...new Set(events.flatMap((event) => event.scanId ?? []))];
  const scans = await db.scan.findMany({
    where: { tenantId, id: { in: scanIds } },
    select: { id: true, number: true },
  });
  return collapseHistory(events, new Map(scans.map((scan) => [scan.id, scan.number])));
}
