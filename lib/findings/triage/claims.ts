import type { TenantDb } from "@/lib/db/tenant-db";
import type { ClaimEnding } from "@/lib/findings/lifecycle/states";

/** Ends the claim that stands, if there is one. */
export async function endClaim(
  db: TenantDb,
  tenantId: string,
  findingId: string,
  ending: ClaimEnding,
): Promise<void> {
  await db.$executeRaw`
    UPDATE claims SET ended_at = business_now(), ending = ${ending}
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND ended_at IS NULL`;
}
