import type { Facts, OrganizationFact } from "@/lib/checks/facts/facts";
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

/**
 * Evidence of connected management and delegated administrator accounts of this tenant, newest first, from their
 * last scan that showed it. One too old to be the present is left out, as is an account that is no longer connected.
 */
export async function knownOrganizations(
  db: TenantDb,
  tenantId: string,
  exceptAccountId: string,
  now: Date,
): Promise<KnownOrganization[]> {
  const rows = await db.$queryRaw<
    { organization_id: string; at: Date; every_minutes: number | null; evidence: RelatedEvidence }[]
  >`
    SELECT f.subject AS organization_id, f.at, s.every_minutes, f.value AS evidence
    FROM account_facts f
    JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id AND a.status = 'connected'
    LEFT JOIN scan_schedules s ON s.tenant_id = f.tenant_id AND s.account_id = f.account_id
    WHERE f.tenant_id = ${tenantId}::uuid AND f.name = ${forRelated}
      AND f.account_id <> ${exceptAccountId}::uuid
    ORDER BY f.at DESC`;
  return rows
    .filter((row) => !isStale(row.at, row.every_minutes, now))
    .map((row) => ({ organizationId: row.organization_id, evidence: row.evidence }));
}

/** What the account said of its AWS organization the last time it answered. */
export async function lastKnownOrganization(
  db: TenantDb,
  tenantId: string,
  accountId: string,
): Promise<OrganizationFact | undefined> {
  const rows = await db.$queryRaw<{ organization: OrganizationFact }[]>`
    SELECT value AS organization FROM account_facts
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND name = ${ownOrganization}`;
  return rows[0]?.organization;
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
  await db.$executeRaw`
    INSERT INTO account_facts (tenant_id, account_id, name, at, value)
    VALUES (${tenantId}::uuid, ${account.id}::uuid, ${ownOrganization}, ${at}::timestamptz,
            ${JSON.stringify(organization)}::jsonb)
    ON CONFLICT (tenant_id, account_id, name) DO UPDATE SET at = excluded.at, value = excluded.value
    WHERE account_facts.value <> excluded.value`;
  const seesOthers = organization.role === "MANAGEMENT" || organization.role === "DELEGATED_ADMIN";
  if (!seesOthers || organization.organizationId === undefined) {
    await db.accountFact.deleteMany({
      where: { tenantId, accountId: account.id, name: forRelated },
    });
    return;
  }
  const evidence = JSON.stringify(relatedEvidence(account.awsAccountId, facts));
  await db.$executeRaw`
    INSERT INTO account_facts (tenant_id, account_id, name, subject, at, value)
    VALUES (${tenantId}::uuid, ${account.id}::uuid, ${forRelated}, ${organization.organizationId},
            ${at}::timestamptz, ${evidence}::jsonb)
    ON CONFLICT (tenant_id, account_id, name) DO UPDATE
    SET subject = excluded.subject, at = excluded.at, value = excluded.value`;
}
