import { sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { claimableStatuses, findingStatuses } from "@/lib/findings/lifecycle/states";
import { transition } from "@/lib/findings/lifecycle/transition";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { endClaim } from "./claims";
import { storeTriage } from "./store-triage";

/**
 * Closes what is open of an account that was just disconnected, as out of scope: it counts neither as resolved nor as
 * open. In the caller's transaction, which holds the account locked. There is one finding per check.
 */
export async function closeFindingsOf(db: TenantDb, ctx: TenantContext, accountId: string): Promise<void> {
  const { tenantId } = ctx;
  const findings = await db.$queryRaw<
    { id: string; status: string; episode: number; claimedFrom: string | null }[]
  >`
    SELECT f.id::text AS id, f.status, f.episode, c.claimed_from AS "claimedFrom"
    FROM findings f
      LEFT JOIN claims c ON c.tenant_id = f.tenant_id AND c.finding_id = f.id AND c.ended_at IS NULL
    WHERE f.tenant_id = ${tenantId}::uuid AND f.account_id = ${accountId}::uuid
    ORDER BY f.check_id FOR UPDATE OF f`;
  for (const finding of findings) {
    const before = findingStatuses.parse(finding.status);
    const claimedFrom = claimableStatuses.parseOrNull(finding.claimedFrom);
    const moved = transition(before, "account_disconnected", { episode: finding.episode, claimedFrom });
    if (!moved.ok) throw new Error(`The lifecycle refuses a disconnected account: ${moved.refusal.reason}`);
    if (moved.status === before) continue;
    await storeTriage(
      db,
      ctx,
      finding.id,
      [
        sql`status = ${moved.status}`,
        sql`due_at = NULL`,
        sql`due_set_by = NULL`,
        sql`priority = NULL`,
        sql`score = NULL`,
        sql`receipt = NULL`,
      ],
      [
        {
          kind: "out_of_scope",
          text: "Out of scope: the account was disconnected.",
          before: { status: before },
          after: { status: moved.status },
        },
      ],
    );
    for (const event of moved.events) {
      if (event.kind === "claim_ended") await endClaim(db, tenantId, finding.id, event.ending);
    }
    await audit(db, ctx, "finding.out_of_scope", `finding:${finding.id}`, { before, after: moved.status });
  }
}
