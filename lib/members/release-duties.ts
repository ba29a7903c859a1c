import { notifyHandedOver } from "@/lib/inbox/notify";
import { actorOf } from "@/lib/tenancy/actor";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { unlessLeftMeanwhile } from "./left-meanwhile";
import type { PossibleOwner } from "./possible-owners";

/** Findings a transaction: a person may own thousands, and scans wait for them. */
const batch = 500;

/**
 * Takes a person who leaves out of everything they stand for: their findings go to `to`, or to nobody, each with a line
 * of its history; they watch nothing any more, no rule suggests them, and their inbox is deleted. Again is as good as
 * once. The caller has checked who may do that. Answers how many findings they owned. Throws invalid_input when `to` has
 * just left as well.
 */
export async function releaseDuties(
  ctx: TenantContext,
  userId: string,
  to: PossibleOwner | null = null,
): Promise<number> {
  let released = 0;
  for (;;) {
    const count = await releaseBatch(ctx, userId, to);
    released += count;
    if (count < batch) break;
  }
  await withTenant(ctx, async (db) => {
    const { tenantId } = ctx;
    await db.findingWatcher.deleteMany({ where: { tenantId, userId } });
    await db.ownerRule.deleteMany({ where: { tenantId, ownerId: userId } });
    // Last: until here something that names the person could still tell them.
    await db.inboxItem.deleteMany({ where: { tenantId, userId } });
    if (released > 0) {
      await audit(db, ctx, "member.findings_released", `user:${userId}`, {
        findings: released,
        ownerId: to?.id ?? null,
      });
    }
  });
  return released;
}

async function releaseBatch(ctx: TenantContext, userId: string, to: PossibleOwner | null): Promise<number> {
  const id = to?.id ?? null;
  const text =
    to === null ? "Unassigned: its owner left." : `Assigned to ${to.name}: its previous owner left.`;
  return withTenant(ctx, (db) =>
    unlessLeftMeanwhile("reassignTo", async () => {
      const findings = await db.$executeRaw`
      WITH owned AS (
        SELECT id, unchanged_checks FROM findings
        WHERE tenant_id = ${ctx.tenantId}::uuid AND owner_id = ${userId}::uuid
        ORDER BY account_id, check_id LIMIT ${batch} FOR UPDATE
      ), history AS (
        INSERT INTO finding_events (tenant_id, month, finding_id, at, kind, actor, text, before, after, unchanged_before)
        SELECT ${ctx.tenantId}::uuid, date_trunc('month', business_now() AT TIME ZONE 'UTC')::date, o.id,
               business_now(), ${to === null ? "unassigned" : "assigned"}, ${actorOf(ctx)}, ${text},
               jsonb_build_object('ownerId', ${userId}::text), jsonb_build_object('ownerId', ${id}::text),
               o.unchanged_checks
        FROM owned o
      )
      UPDATE findings f SET owner_id = ${id}::uuid, version = f.version + 1, unchanged_checks = 0
      FROM owned o WHERE f.tenant_id = ${ctx.tenantId}::uuid AND f.id = o.id`;
      if (to !== null) await notifyHandedOver(db, ctx, { from: userId, to: to.id, findings });
      return findings;
    }),
  );
}
