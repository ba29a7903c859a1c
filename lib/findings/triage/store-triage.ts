import { listOf, type Sql, sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { NewFindingEvent } from "@/lib/findings/reconcile";
import { notifyAssigned } from "@/lib/inbox/notify";
import { unlessLeftMeanwhile } from "@/lib/members/left-meanwhile";
import { actorOf } from "@/lib/tenancy/actor";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

/**
 * Writes what somebody decided about a finding that is locked, with its lines of history: both or neither. Raises the
 * version, and tells a new owner. The first line takes the evaluations since the last one that said nothing new.
 * Throws invalid_input when the new owner has just left.
 */
export async function storeTriage(
  db: TenantDb,
  ctx: TenantContext,
  findingId: string,
  changes: readonly Sql[],
  events: readonly NewFindingEvent[],
): Promise<void> {
  const lines = events.map((event, index) => ({ ...event, index }));
  await db.$executeRaw`
    INSERT INTO finding_events (tenant_id, month, finding_id, at, kind, actor, text, before, after, unchanged_before)
    SELECT f.tenant_id, date_trunc('month', business_now() AT TIME ZONE 'UTC')::date, f.id,
           business_now() + r.index * interval '1 microsecond', r.kind, ${actorOf(ctx)}, r.text, r.before, r.after,
           CASE r.index WHEN 0 THEN f.unchanged_checks ELSE 0 END
    FROM json_to_recordset(${JSON.stringify(lines)}::json)
           AS r(kind text, text text, before jsonb, after jsonb, index int)
      JOIN findings f ON f.tenant_id = ${ctx.tenantId}::uuid AND f.id = ${findingId}::uuid`;
  const set = listOf([...changes, sql`version = version + 1`, sql`unchanged_checks = 0`]);
  await unlessLeftMeanwhile("ownerId", async () => {
    const [stored] = await db.$queryRaw<{ version: number }[]>`
      UPDATE findings SET ${set} WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${findingId}::uuid
      RETURNING version`;
    const ownerId = events.find(({ kind }) => kind === "assigned")?.after?.["ownerId"];
    if (ownerId && stored) await notifyAssigned(db, ctx, { findingId, ownerId, version: stored.version });
  });
}
