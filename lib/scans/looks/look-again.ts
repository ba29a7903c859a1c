import { accountStatuses } from "@/lib/accounts/account-states";
import { cancelWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError, notFound } from "@/lib/errors";
import { knownFinding } from "@/lib/findings/known-finding";
import { isSettled, looksOf } from "@/lib/findings/looks-of";
import type { LooksView } from "@/lib/findings/looks-view";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { addWork } from "@/lib/work-items/work-kind";
import { lookWork } from "./look-work";

/** Findings of one organization that are looked at again at the same time: looks must not crowd out the schedule. */
const mostAtOnce = 20;

/**
 * Looks again at a finding every 5 minutes for an hour: at once, then until it passes, someone stops it, or the hour
 * is over. While that goes on a second request finds the first. Throws not_found, and conflict when the finding passes
 * already, its account is not connected, or too many are being looked at.
 */
export async function lookAgain(ctx: TenantContext, input: { key: string }): Promise<LooksView> {
  authorize(ctx, "scan.request");
  return withTenant(ctx, async (db) => {
    const { tenantId, principal } = ctx;
    const { id } = await knownFinding(db, tenantId, input.key);
    const requester = principal.type === "system" ? "Posturio" : principal.name;
    await assertMayBeLookedAt(db, tenantId, id);
    const isNew = await addWork(db, lookWork, { tenantId, subjectId: id, accountId: null, isAwaited: true });
    if (isNew) {
      await db.$executeRaw`
        INSERT INTO finding_looks (tenant_id, finding_id, requested_by, requested_at, next_at)
        VALUES (${tenantId}::uuid, ${id}::uuid, ${requester}, business_now(), business_now())
        ON CONFLICT (tenant_id, finding_id) DO UPDATE
          SET requested_by = excluded.requested_by, requested_at = excluded.requested_at, done = 0,
              next_at = excluded.next_at, ending = NULL, ended_at = NULL`;
      await audit(db, ctx, "finding.looks_requested", `finding:${id}`);
    }
    const looks = await looksOf(db, tenantId, id);
    if (!looks) throw new Error("The looks that were just asked for are not there.");
    return looks;
  });
}

/** Stops looking again; nothing happens when no looks are planned. A scan under way goes on. Throws not_found. */
export async function stopLooking(ctx: TenantContext, input: { key: string }): Promise<void> {
  authorize(ctx, "scan.request");
  await withTenant(ctx, async (db) => {
    const { id } = await knownFinding(db, ctx.tenantId, input.key);
    // The item before the row, as the worker takes them: then neither waits for the other.
    await cancelWork(db, ctx.tenantId, lookWork.kind, id);
    if (await endLooks(db, ctx.tenantId, id, "stopped")) {
      await audit(db, ctx, "finding.looks_stopped", `finding:${id}`);
    }
  });
}

/** Ends the looks of a finding; false when they had ended. */
export async function endLooks(
  db: TenantDb,
  tenantId: string,
  findingId: string,
  ending: "passing" | "spent" | "stopped" | "failed",
): Promise<boolean> {
  const ended = await db.$executeRaw`
    UPDATE finding_looks SET ending = ${ending}, ended_at = business_now(), next_at = NULL
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND ending IS NULL`;
  return ended === 1;
}

async function assertMayBeLookedAt(db: TenantDb, tenantId: string, findingId: string): Promise<void> {
  const [row] = await db.$queryRaw<{ status: string; others: number }[]>`
    SELECT a.status, (SELECT count(*)::int FROM finding_looks l
                      WHERE l.tenant_id = f.tenant_id AND l.finding_id <> f.id AND l.ending IS NULL) AS others
    FROM findings f JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = ${findingId}::uuid`;
  if (!row) throw notFound();
  const status = accountStatuses.parse(row.status);
  if (status !== "connected" && status !== "unreachable") {
    throw new AppError("conflict", "This account is not connected, so it cannot be looked at again.");
  }
  if (await isSettled(db, tenantId, findingId)) {
    throw new AppError("conflict", "This finding passes already. Scan now to look at it once more.");
  }
  if (row.others >= mostAtOnce) {
    throw new AppError(
      "conflict",
      `${mostAtOnce} findings are being looked at again already. Stop one of them, or scan now.`,
    );
  }
}
