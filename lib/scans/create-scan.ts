import { lockAccount } from "@/lib/accounts/account-lock";
import { promoteWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { underWay } from "@/lib/runs/under-way";
import { audit } from "@/lib/tenancy/audit";
import { nextNumber } from "@/lib/tenancy/next-number";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { addWork } from "@/lib/work-items/work-kind";
import type { ScanTrigger } from "./scan-states";
import { scanWork } from "./scan-work";

/** Nobody waits for these. */
const nobodyWaits: ReadonlySet<ScanTrigger> = new Set(["schedule", "retry", "confirmation"]);

/**
 * Creates a scan together with its work item and its audit entry, in the caller's transaction. While one of the
 * account is active no second is created: the active one is returned, and promoted when a person now waits for it.
 * Throws not_found for an unknown account and conflict for one that is not connected.
 */
export async function createScan(
  db: TenantDb,
  ctx: TenantContext,
  input: { accountId: string; trigger: ScanTrigger; delaySeconds?: number; retry?: number },
): Promise<{ id: string; number: number; created: boolean }> {
  const { tenantId } = ctx;
  const isAwaited = !nobodyWaits.has(input.trigger);
  await lockScannable(db, tenantId, input.accountId);
  const active = await db.scan.findFirst({
    where: { tenantId, accountId: input.accountId, status: underWay },
    select: { id: true, number: true },
  });
  if (active) {
    if (isAwaited) await promote(db, tenantId, active.id);
    return { ...active, created: false };
  }
  const number = await nextNumber(db, tenantId, "scan");
  const scan = await db.scan.create({
    data: {
      tenantId,
      number,
      accountId: input.accountId,
      trigger: input.trigger,
      requestedBy: requesterOf(ctx),
      retry: input.retry ?? 0,
    },
    select: { id: true, number: true },
  });
  if (input.delaySeconds !== undefined) await setNotBefore(db, tenantId, scan.id, input.delaySeconds);
  await addWork(db, scanWork, {
    tenantId,
    subjectId: scan.id,
    accountId: input.accountId,
    isAwaited,
    delaySeconds: input.delaySeconds ?? 0,
  });
  await audit(db, ctx, "scan.requested", `scan:${scan.id}`, {
    number,
    trigger: input.trigger,
    accountId: input.accountId,
  });
  return { ...scan, created: true };
}

async function promote(db: TenantDb, tenantId: string, scanId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE scans SET not_before = NULL WHERE tenant_id = ${tenantId}::uuid AND id = ${scanId}::uuid`;
  await promoteWork(db, tenantId, scanWork.kind, scanId);
}

async function setNotBefore(db: TenantDb, tenantId: string, scanId: string, seconds: number): Promise<void> {
  await db.$executeRaw`
    UPDATE scans SET not_before = business_now() + make_interval(secs => ${seconds})
    WHERE tenant_id = ${tenantId}::uuid AND id = ${scanId}::uuid`;
}

/** The lock on the account makes two requests one after the other: the second finds the first's scan. */
async function lockScannable(db: TenantDb, tenantId: string, accountId: string): Promise<void> {
  const { status } = await lockAccount(db, tenantId, accountId);
  if (status === "draft") {
    throw new AppError(
      "conflict",
      "This account is not connected yet. Finish connecting it; its first scan then starts automatically.",
    );
  }
  if (status === "disconnected") {
    throw new AppError(
      "conflict",
      "This account is disconnected. Its history is kept; connect it again to scan it.",
    );
  }
}

/** Who asked, as the page names them; null for the schedule. */
function requesterOf(ctx: TenantContext): string | null {
  return ctx.principal.type === "system" ? null : ctx.principal.name;
}
