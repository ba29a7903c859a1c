import { AppError } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { knownFinding } from "./known-finding";
import { transition } from "./lifecycle/transition";

/**
 * Refuses to set a finding Resolved, no matter who asks: throws verification_required, and not_found for an unknown
 * finding. The attempt is written to the audit log.
 */
export async function setFindingStatus(
  ctx: TenantContext,
  input: { key: string; status: "resolved" },
): Promise<never> {
  authorize(ctx, "organization.view");
  const finding = await withTenant(ctx, async (db) => {
    const known = await knownFinding(db, ctx.tenantId, input.key);
    const { key, id } = known;
    await audit(db, ctx, "finding.resolve_refused", `finding:${id}`, { key, status: input.status });
    return known;
  });
  const asked = transition(finding.status, "resolve_asked", { episode: finding.episode });
  if (asked.ok) throw new Error("The lifecycle lets a person set Resolved.");
  throw new AppError(asked.refusal.code, asked.refusal.reason);
}
