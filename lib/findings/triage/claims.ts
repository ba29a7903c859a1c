import type { TenantDb } from "@/lib/db/tenant-db";
import type { ClaimEnding } from "@/lib/findings/lifecycle/states";

/** The claim that stands. Throws when there is none. */
export async function openClaimOf(db: TenantDb, tenantId: string, findingId: string): Promise<string> {
  const [claim] = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM claims
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND ended_at IS NULL`;
  if (!claim) throw new Error(`Finding ${findingId} is not claimed fixed.`);
  return claim.id;
}

/**
 * Ends the claim that stands, if there is one, and with it the verification that should have proven it. That one ends
 * itself where it is what ends the claim.
 */
export async function endClaim(
  db: TenantDb,
  tenantId: string,
  findingId: string,
  ending: ClaimEnding,
): Promise<void> {
  await db.$executeRaw`
    UPDATE claims SET ended_at = business_now(), ending = ${ending}
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND ended_at IS NULL`;
  if (ending !== "withdrawn" && ending !== "out_of_scope") return;
  await db.$executeRaw`
    UPDATE verifications SET status = 'cancelled', finished_at = business_now(), next_look_at = NULL
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND finished_at IS NULL`;
}
