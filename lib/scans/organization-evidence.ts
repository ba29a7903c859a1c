import type { Facts, OrganizationFact } from "@/lib/checks/facts/facts";
import { type RelatedEvidence, relatedEvidence } from "@/lib/checks/facts/related-evidence";
import { schedulesOf } from "@/lib/db/system/schedules";
import type { TenantDb } from "@/lib/db/tenant-db";
import { isStale } from "@/lib/findings/staleness";

/** What another connected account of the same AWS organization last showed, by organization id. */
export interface KnownOrganization {
  readonly organizationId: string;
  readonly evidence: RelatedEvidence;
}

/** The facts of an evaluation as they were stored. */
interface StoredFacts {
  readonly facts: Partial<Facts>;
}

/**
 * Evidence of connected management and delegated administrator accounts of this tenant, newest first, from their
 * last evaluation. One too old to be the present is left out, as is an account that is no longer connected.
 */
export async function knownOrganizations(
  db: TenantDb,
  tenantId: string,
  exceptAccountId: string,
  now: Date,
): Promise<KnownOrganization[]> {
  // The evaluations first, which have an index of their own: however many accounts there are, few are of this kind.
  const rows = await db.$queryRaw<
    { account_id: string; aws_account_id: string; at: Date; facts: StoredFacts }[]
  >`
    WITH e AS MATERIALIZED (
      SELECT id, finding_id, at, facts FROM evaluations
      WHERE tenant_id = ${tenantId}::uuid
        AND facts #>> '{facts,organization,value,role}' IN ('MANAGEMENT', 'DELEGATED_ADMIN')
    )
    SELECT DISTINCT ON (a.id) a.id::text AS account_id, a.aws_account_id, e.at, e.facts
    FROM e
    JOIN findings f ON f.tenant_id = ${tenantId}::uuid AND f.id = e.finding_id AND f.last_evaluation_id = e.id
    JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
    WHERE a.id <> ${exceptAccountId}::uuid AND a.status = 'connected'
    ORDER BY a.id, e.at DESC`;
  if (rows.length === 0) return [];
  const schedules = await schedulesOf(db, tenantId);
  return rows
    .filter((row) => !isStale(row.at, schedules.get(row.account_id)?.everyMinutes, now))
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .flatMap((row) => {
      const organization = row.facts.facts.organization;
      const organizationId = organization?.ok ? organization.value.organizationId : undefined;
      if (organizationId === undefined) return [];
      return [{ organizationId, evidence: relatedEvidence(row.aws_account_id, row.facts.facts) }];
    });
}

/** What the account said of its AWS organization the last time it answered. */
export async function lastKnownOrganization(
  db: TenantDb,
  tenantId: string,
  accountId: string,
): Promise<OrganizationFact | undefined> {
  const rows = await db.$queryRaw<{ organization: OrganizationFact }[]>`
    SELECT e.facts #> '{facts,organization,value}' AS organization
    FROM findings f JOIN evaluations e ON e.tenant_id = f.tenant_id AND e.finding_id = f.id
    WHERE f.tenant_id = ${tenantId}::uuid AND f.account_id = ${accountId}::uuid
      AND e.facts #>> '{facts,organization,ok}' = 'true'
    ORDER BY e.at DESC LIMIT 1`;
  return rows[0]?.organization;
}
