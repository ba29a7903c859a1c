import { byRegistry } from "@/lib/checks/registry";
import { readOutcomes, verdicts } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { notFound } from "@/lib/errors";
import { findingEventKinds } from "@/lib/findings/lifecycle/states";
import { monthFrom } from "@/lib/history/month";
import type { CallEntry } from "@/lib/runs/call-entry";
import { failureGroups } from "@/lib/runs/failure-groups";
import { answersOf, callsOf } from "@/lib/runs/run-store";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type ProgressCall, regionList, regionsOf } from "./progress";
import { type CheckedInScan, scanChanges } from "./scan-change";
import { type ScanVerdict, scanRow, scanRowInclude } from "./scan-row";
import { isEnded, scanStatuses } from "./scan-states";
import { scanVerdicts } from "./scan-verdicts";
import type { CallView, ScanProgress, ScanView } from "./scan-view";

/** Everything the scan page needs: the row, the call log of its attempt, failures in plain words. Throws not_found. */
export async function getScan(ctx: TenantContext, number: number): Promise<ScanView> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, async (db) => {
    const where = { tenantId: ctx.tenantId, number: validNumber(number) };
    const scan = await db.scan.findFirst({ where, include: scanRowInclude });
    if (!scan) throw notFound();
    const calls = await scanCalls(db, scan);
    const said = (await scanVerdicts(db, ctx.tenantId, [scan])).get(scan.id) ?? [];
    const found = [...said].sort(byRegistry).find(({ regions }) => regions.length > 0);
    return {
      ...scanRow(scan, said),
      calls: calls.map(callView),
      progress: await progressOf(db, scan, calls),
      failures: failureGroups(calls).map(({ text, whatToDo, count, regions }) => ({
        text,
        whatToDo,
        count,
        regions,
      })),
      engineVersion: scan.engineVersion,
      changes: scanChanges(await checkedIn(db, scan, said)),
      results: (found?.regions ?? []).map(({ name, detail }) => ({ name, detail })),
    };
  });
}

/** What each check said, with what the history of its finding holds of this scan. */
async function checkedIn(
  db: TenantDb,
  { tenantId, id, month, accountId }: ProgressScan & { readonly accountId: string },
  said: readonly ScanVerdict[],
): Promise<CheckedInScan[]> {
  if (month === null || said.length === 0) return [];
  const events = await db.$queryRaw<{ check_id: string; kind: string }[]>`
    SELECT f.check_id, e.kind
    FROM findings f JOIN finding_events e ON e.tenant_id = f.tenant_id AND e.finding_id = f.id
      AND e.month = ${month}::date AND e.scan_id = ${id}::uuid
    WHERE f.tenant_id = ${tenantId}::uuid AND f.account_id = ${accountId}::uuid`;
  return said.map(({ checkId, verdict }) => {
    const kind = events.find(({ check_id }) => check_id === checkId)?.kind;
    return {
      verdict: verdicts.parse(verdict),
      event: kind === undefined ? null : findingEventKinds.parse(kind),
    };
  });
}

/** The state of a scan, small enough to be asked for several times a second. Throws not_found. */
export async function scanProgress(ctx: TenantContext, number: number): Promise<ScanProgress> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, async (db) => {
    const scan = await db.scan.findFirst({
      where: { tenantId: ctx.tenantId, number: validNumber(number) },
      select: {
        id: true,
        tenantId: true,
        number: true,
        status: true,
        attempt: true,
        month: true,
        errorText: true,
      },
    });
    if (!scan) throw notFound();
    return progressOf(db, scan, await scanCalls(db, scan));
  });
}

interface ProgressScan {
  readonly tenantId: string;
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly attempt: number;
  readonly month: Date | null;
  readonly errorText: string | null;
}

/** The calls of the scan's latest attempt, in the order in which they were begun. */
function scanCalls(db: TenantDb, scan: ProgressScan): Promise<CallEntry[]> {
  const { tenantId, id, attempt } = scan;
  const month = scan.month && monthFrom(scan.month);
  return callsOf(db, { tenantId, month, subjectId: id, fence: attempt });
}

async function progressOf(
  db: TenantDb,
  scan: ProgressScan,
  calls: readonly CallEntry[],
): Promise<ScanProgress> {
  const status = scanStatuses.parse(scan.status);
  const done = isEnded(status);
  return {
    number: scan.number,
    status,
    attempt: scan.attempt,
    calls: calls.length,
    regions: regionsOf(await withRegionList(db, scan, calls), done),
    errorText: scan.errorText,
    done,
  };
}

/** The calls as progress wants them: the list of Regions with its answer, the others without. */
async function withRegionList(
  db: TenantDb,
  { tenantId, month }: ProgressScan,
  calls: readonly CallEntry[],
): Promise<ProgressCall[]> {
  const list = calls.findLast((call) => call.api === regionList && call.outcome === "ok");
  if (!list || month === null) return [...calls];
  const [response] = await answersOf(db, tenantId, monthFrom(month), [list]);
  return calls.map((call) => (call === list ? { ...call, response } : call));
}

/** Numbers come from URLs: what is no scan number is an unknown scan, not an error of the database. */
function validNumber(number: number): number {
  if (!Number.isInteger(number) || number < 1 || number > 2_147_483_647) throw notFound();
  return number;
}

function callView(call: CallEntry, index: number): CallView {
  return {
    id: String(index + 1),
    at: call.at,
    api: call.api,
    region: call.region,
    target: call.target ?? null,
    outcome: readOutcomes.parse(call.outcome),
    errorCode: call.errorCode ?? null,
    message: call.message ?? null,
    requestId: call.requestId ?? null,
    durationMs: call.durationMs,
    sha256: call.sha256 ?? null,
  };
}

/**
 * One call of a scan with its answer, put together from what is stored and proven by its SHA-256. `index` counts from
 * 1, in the order of the call log. Throws not_found for an unknown scan or call, and AnswerAltered when what is
 * stored is not what was read.
 */
export async function getScanCall(
  ctx: TenantContext,
  number: number,
  index: number,
): Promise<CallView & { readonly answer: unknown }> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, async (db) => {
    const scan = await db.scan.findFirst({ where: { tenantId: ctx.tenantId, number: validNumber(number) } });
    const call = scan && (await scanCalls(db, scan))[index - 1];
    if (!call || scan.month === null) throw notFound();
    const [answer] = await answersOf(db, ctx.tenantId, monthFrom(scan.month), [call]);
    return { ...callView(call, index - 1), answer };
  });
}
