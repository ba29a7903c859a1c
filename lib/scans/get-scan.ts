import { readOutcomes } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { notFound } from "@/lib/errors";
import { failureGroups } from "@/lib/findings/failure-groups";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { regionsOf } from "./progress";
import { scanRow, scanRowInclude } from "./scan-row";
import { isEnded, scanStatuses } from "./scan-states";
import type { CallView, ScanProgress, ScanView } from "./scan-view";

/** Everything the scan page needs: the row, the call log of its attempt, failures in plain words. Throws not_found. */
export async function getScan(ctx: TenantContext, number: number): Promise<ScanView> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, async (db) => {
    const where = { tenantId: ctx.tenantId, number: validNumber(number) };
    const scan = await db.scan.findFirst({ where, include: scanRowInclude });
    if (!scan) throw notFound();
    const calls = await db.reading.findMany({
      where: { tenantId: ctx.tenantId, scanId: scan.id, attempt: scan.attempt },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      omit: { response: true },
    });
    return {
      ...scanRow(scan),
      calls: calls.map(callView),
      progress: await progressOf(db, scan),
      failures: failureGroups(calls).map(({ text, whatToDo, count, regions }) => ({
        text,
        whatToDo,
        count,
        regions,
      })),
      engineVersion: scan.engineVersion,
    };
  });
}

/** Where a scan stands, small enough to be asked for several times a second. Throws not_found. */
export async function scanProgress(ctx: TenantContext, number: number): Promise<ScanProgress> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, async (db) => {
    const scan = await db.scan.findFirst({
      where: { tenantId: ctx.tenantId, number: validNumber(number) },
      select: { id: true, tenantId: true, number: true, status: true, attempt: true, errorText: true },
    });
    if (!scan) throw notFound();
    return progressOf(db, scan);
  });
}

interface ProgressScan {
  readonly tenantId: string;
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly attempt: number;
  readonly errorText: string | null;
}

async function progressOf(db: TenantDb, scan: ProgressScan): Promise<ScanProgress> {
  const where = { tenantId: scan.tenantId, scanId: scan.id, attempt: scan.attempt };
  const select = { api: true, region: true, outcome: true } as const;
  const calls = await db.reading.findMany({ where, orderBy: { at: "asc" }, select });
  const list = await db.reading.findMany({
    where: { ...where, api: "ec2:DescribeRegions", outcome: "ok" },
    select: { ...select, response: true },
  });
  const status = scanStatuses.parse(scan.status);
  const done = isEnded(status);
  return {
    number: scan.number,
    status,
    attempt: scan.attempt,
    calls: calls.length,
    regions: regionsOf([...list, ...calls.filter((call) => call.api !== "ec2:DescribeRegions")], done),
    errorText: scan.errorText,
    done,
  };
}

/** Numbers come from URLs: what is no scan number is an unknown scan, not an error of the database. */
function validNumber(number: number): number {
  if (!Number.isInteger(number) || number < 1 || number > 2_147_483_647) throw notFound();
  return number;
}

interface StoredCall extends Omit<CallView, "at" | "outcome"> {
  readonly at: Date;
  readonly outcome: string;
}

function callView(call: StoredCall): CallView {
  return {
    id: call.id,
    at: call.at.toISOString(),
    api: call.api,
    region: call.region,
    target: call.target,
    outcome: readOutcomes.parse(call.outcome),
    errorCode: call.errorCode,
    message: call.message,
    requestId: call.requestId,
    durationMs: call.durationMs,
    sha256: call.sha256,
  };
}
