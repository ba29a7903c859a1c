import { AppError } from "@/lib/errors";
import { knownFinding } from "@/lib/findings/known-finding";
import { transition } from "@/lib/findings/lifecycle/transition";
import { audit } from "@/lib/tenancy/audit";
import { authorizeOwners } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

/**
 * Refuses to set a finding Resolved, no matter who asks: throws verification_required, and not_found for an unknown
 * finding. The attempt is written to the audit log, in a transaction of its own: what is thrown would take it back.
 */
export async function refuseResolved(ctx: TenantContext, key: string): Promise<never> {
  authorizeOwners(ctx, "finding.triage");
  const finding = await withTenant(ctx, async (db) => {
    const known = await knownFinding(db, ctx.tenantId, key);
    const data = { key: known.key, status: "resolved" };
    await audit(db, ctx, "finding.resolve_refused", `finding:${known.id}`, data);
    return known;
  });
  const asked = transition(finding.status, "resolved_asked", { episode: finding.episode, claimedFrom: null });
  if (asked.ok) throw new Error("The lifecycle lets a person set Resolved.");
  throw new AppError("verification_required", asked.refusal.reason);
}
