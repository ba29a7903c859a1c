import type { AwsOrganizationFact, Facts } from "@/lib/checks/facts/facts";
import { type RelatedEvidence, relatedEvidence } from "@/lib/checks/facts/related-evidence";
import type { TenantDb } from "@/lib/db/tenant-db";
import { isStale } from "@/lib/findings/staleness";

/** Names in account_facts. */
const ownOrganization = "organization";
const forRelated = "related_evidence";

/** What another connected account of the same AWS organization last showed, by organization id. */
export interface KnownOrganization {
  readonly organizationId: string;
  readonly evidence: RelatedEvidence;
}

/** What we know of AWS organizations before a scan. */
export interface OrganizationKnowledge {
  /** By evidence of connected management and delegated administrator accounts of this tenant, newest first. */
  readonly organizations: readonly KnownOrganization[];
  /** What the account itself said the last time it answered. */
  readonly lastOrganization: AwsOrganizationFact | undefined;
}

/**
 * Evidence of other accounts is that of their last scan that showed it. One too old to be the present is left out, as
 * is an account that is no longer connected.
 */
export async function organizationKnowledge(
  db: TenantDb,
  tenantId: string,
  accountId: string,
  now: Date,
): Promise<OrganizationKnowledge> {
  const rows = await db.$queryRaw<
    { name: string; organization_id: string; at: Date; every_minutes: number | null; value: unknown }[]
  >`
    SELECT f.name, f.subject AS organization_id, f.at, s.every_minutes, f.value
    FROM account_facts f
    JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
    LEFT JOIN scan_schedules s ON s.tenant_id = f.tenant_id AND s.account_id = f.account_id
    WHERE f.tenant_id = ${tenantId}::uuid
      AND ((f.name = ${forRelated} AND f.account_id <> ${accountId}::uuid AND a.status = 'connected')
        OR (f.name = ${ownOrganization} AND f.account_id = ${accountId}::uuid))
    ORDER BY f.at DESC`;
  const own = rows.find(({ name }) => name === ownOrganization);
  return {
    organizations: rows
      .filter((row) => row.name === forRelated && !isStale(row.at, row.every_minutes, now))
      .map((row) => ({ organizationId: row.organization_id, evidence: row.value as RelatedEvidence })),
    lastOrganization: own?.value as AwsOrganizationFact | undefined,
  };
}

/**
 * Keeps what the account says of its AWS organization, and, when it is one that sees what is of the
 * organization, what it shows of that, for later scans of this and other accounts. What could not be read leaves what was there.
 */
export async function storeOrganizationFacts(
  db: TenantDb,
  tenantId: string,
  account: { readonly id: string; readonly awsAccountId: string },
  facts: Partial<Facts>,
  at: string,
): Promise<void> {
  if (!facts.organization?.ok) return;
  const organization = facts.organization.value;
  const seesOthers = organization.role === "MANAGEMENT" || organization.role === "DELEGATED_ADMIN";
  const keepsEvidence = seesOthers && organization.organizationId !== undefined;
  await db.$executeRaw`
    WITH gone AS (
      DELETE FROM account_facts
      WHERE tenant_id = ${tenantId}::uuid AND account_id = ${account.id}::uuid AND name = ${forRelated}
        AND NOT ${keepsEvidence}
    )
    INSERT INTO account_facts (tenant_id, account_id, name, at, value)
    VALUES (${tenantId}::uuid, ${account.id}::uuid, ${ownOrganization}, ${at}::timestamptz,
            ${JSON.stringify(organization)}::jsonb)
    ON CONFLICT (tenant_id, account_id, name) DO UPDATE SET at = excluded.at, value = excluded.value
    WHERE account_facts.value <> excluded.value`;
  if (!keepsEvidence) return;
  const evidence = JSON.stringify(relatedEvidence(account.awsAccountId, facts));
  await db.$executeRaw`
    INSERT INTO account_facts (tenant_id, account_id, name, subject, at, value)
    VALUES (${tenantId}::uuid, ${account.id}::uuid, ${forRelated}, ${organization.organizationId},
            ${at}::timestamptz, ${evidence}::jsonb)
    ON CONFLICT (tenant_id, account_id, name) DO UPDATE
    SET subject = excluded.subject, at = excluded.at, value = excluded.value`;
}
