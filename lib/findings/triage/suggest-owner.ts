import type { TenantReader } from "@/lib/db/tenant-db";
import type { OwnerSuggestion } from "@/lib/findings/triage-view";
import { ownerRuleMatches } from "./owner-rule-match";

/**
 * Who would be a good owner of the account's findings: by the rule for the account, for one of its labels, or for its
 * environment, then the last member whose claim on it no scan contradicted. Null when nobody comes to mind.
 */
export async function suggestOwner(
  db: TenantReader,
  tenantId: string,
  accountId: string,
): Promise<OwnerSuggestion | null> {
  const byRule = db.$queryRaw<{ owner_id: string; match: string; value: string; name: string }[]>`
    SELECT r.owner_id::text, r.match, r.value, a.name
    FROM accounts a JOIN owner_rules r ON r.tenant_id = a.tenant_id
      AND ((r.match = 'account' AND r.value = a.id::text) OR (r.match = 'label' AND r.value = ANY (a.labels))
        OR (r.match = 'environment' AND r.value = a.environment))
    WHERE a.tenant_id = ${tenantId}::uuid AND a.id = ${accountId}::uuid
    ORDER BY array_position(${[...ownerRuleMatches.values]}::text[], r.match), r.created_at, r.id LIMIT 1`;
  const byClaim = db.$queryRaw<{ user_id: string }[]>`
    SELECT substr(c.claimed_by, 6) AS user_id
    FROM findings f JOIN claims c ON c.tenant_id = f.tenant_id AND c.finding_id = f.id
    WHERE f.tenant_id = ${tenantId}::uuid AND f.account_id = ${accountId}::uuid AND c.claimed_by LIKE 'user:%'
      AND c.ending IS DISTINCT FROM 'refuted' AND c.ending IS DISTINCT FROM 'withdrawn'
    ORDER BY c.claimed_at DESC LIMIT 1`;
  // Together, although the second matters only without the first: that is one turn to the database.
  const [[row], [fixer]] = await Promise.all([byRule, byClaim]);
  if (row) {
    const what = row.match === "account" ? row.name : `${row.match} “${row.value}”`;
    return { person: { id: row.owner_id, name: null }, reason: `Rule for ${what}` };
  }
  return fixer
    ? { person: { id: fixer.user_id, name: null }, reason: "Last to fix one of this account" }
    : null;
}
