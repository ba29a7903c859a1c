import type { AwsOrganizationFact, Facts } from "@/lib/checks/facts/facts";
import { type RelatedFacts, relatedFacts } from "@/lib/checks/facts/related-facts";
import type { TenantDb } from "@/lib/db/tenant-db";
import { isStale } from "@/lib/findings/staleness";

/** Names in account_facts. */
const ownAwsOrganization = "organization";
const forRelated = "related_evidence";

/** What another connected account of the same AWS organization last showed, by organization id. */
export interface KnownAwsOrganization {
  readonly organizationId: string;
  readonly related: RelatedFacts;
}

/** What we know of AWS organizations before a scan. */
export interface AwsOrganizationKnowledge {
  /** From the facts of connected management and delegated administrator accounts of this tenant, newest first. */
  readonly awsOrganizations: readonly KnownAwsOrganization[];
  /** What the account itself said the last time it answered. */
  readonly lastAwsOrganization: AwsOrganizationFact | undefined;
}

/**
 * Facts of other accounts come from their last scan that showed them. Facts too old to be the present are left out, as
 * are those of an account that is no longer connected.
 */
export async function awsOrganizationKnowledge(
  db: TenantDb,
  tenantId: string,
  accountId: string,
  now: Date,
): Promise<AwsOrganizationKnowledge> {
  const rows = await db.$queryRaw<
    { name: string; organization_id: string; at: Date; every_minutes: number | null; value: unknown }[]
  >`
    SELECT f.name, f.subject AS organization_id, f.at, s.every_minutes, f.value
    FROM account_facts f
    JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
    LEFT JOIN scan_schedules s ON s.tenant_id = f.tenant_id AND s.account_id = f.account_id
    WHERE f.tenant_id = ${tenantId}::uuid
      AND ((f.name = ${forRelated} AND f.account_id <> ${accountId}::uuid AND a.status = 'connected')
        OR (f.name = ${ownAwsOrganization} AND f.account_id = ${accountId}::uuid))
    ORDER BY f.at DESC`;
  const own = rows.find(({ name }) => name === ownAwsOrganization);
  return {
    awsOrganizations: rows
      .filter((row) => row.name === forRelated && !isStale(row.at, row.every_minutes, now))
      .map((row) => ({ organizationId: row.organization_id, related: row.value as RelatedFacts })),
    lastAwsOrganization: own?.value as AwsOrganizationFact | undefined,
  };
}

/**
 * Keeps what the account says of its AWS organization, and, from a management or delegated
 * administrator account, what it shows of the members, for later scans of this and other accounts. A fact that could not
 * be read leaves the stored one in place.
 */
export async function storeAwsOrganizationFacts(
  db: TenantDb,
  tenantId: string,
  account: { readonly id: string; readonly awsAccountId: string },
  facts: Partial<Facts>,
  at: string,
): Promise<void> {
  if (!facts.organization?.ok) return;
  const organization = facts.organization.value;
  const seesOthers = organization.role === "MANAGEMENT" || organization.role === "DELEGATED_ADMIN";
  const keepsRelated = seesOthers && organization.organizationId !== undefined;
  await db.$executeRaw`
    WITH gone AS (
      DELETE FROM account_facts
      WHERE tenant_id = ${tenantId}::uuid AND account_id = ${account.id}::uuid AND name = ${forRelated}
        AND NOT ${keepsRelated}
    )
    INSERT INTO account_facts (tenant_id, account_id, name, at, value)
    VALUES (${tenantId}::uuid, ${account.id}::uuid, ${ownAwsOrganization}, ${at}::timestamptz,
            ${JSON.stringify(organization)}::jsonb)
    ON CONFLICT (tenant_id, account_id, name) DO UPDATE SET at = excluded.at, value = excluded.value
    WHERE account_facts.value <> excluded.value`;
  if (!keepsRelated) return;
  const related = JSON.stringify(relatedFacts(account.awsAccountId, facts));
  await db.$executeRaw`
    INSERT INTO account_facts (tenant_id, account_id, name, subject, at, value)
    VALUES (${tenantId}::uuid, ${account.id}::uuid, ${forRelated}, ${organization.organizationId},
            ${at}::timestamptz, ${related}::jsonb)
    ON CONFLICT (tenant_id, account_id, name) DO UPDATE
    SET subject = excluded.subject, at = excluded.at, value = excluded.value`;
}
