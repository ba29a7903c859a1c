import type { TenantDb } from "@/lib/db/tenant-db";
import { type InboxNews, notify } from "@/lib/inbox/notify";
import { ownerRuleMatches } from "./triage/owner-rule-match";

// Rows that name a person are held until the end of the transaction, so that the person stays a member until the item
// is written. One that is being deleted at this moment is skipped: that person leaves, or watches no longer.

/** Tells owner and watchers of findings that came back. The caller holds the findings, and with them who owns them. */
export async function tellCameBack(
  db: TenantDb,
  tenantId: string,
  findings: readonly { readonly id: string; readonly comebacks: number }[],
): Promise<void> {
  if (findings.length === 0) return;
  const ids = findings.map(({ id }) => id);
  const owners = await db.$queryRaw<{ id: string; user_id: string }[]>`
    SELECT id::text, owner_id::text AS user_id FROM findings
    WHERE tenant_id = ${tenantId}::uuid AND id = ANY (${ids}::uuid[]) AND owner_id IS NOT NULL`;
  const watchers = await db.$queryRaw<{ id: string; user_id: string }[]>`
    SELECT finding_id::text AS id, user_id::text FROM finding_watchers
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ANY (${ids}::uuid[]) FOR KEY SHARE SKIP LOCKED`;
  const times = new Map(findings.map(({ id, comebacks }) => [id, comebacks]));
  const newsOf = (because: InboxNews["because"]) => (row: { id: string; user_id: string }) => ({
    userId: row.user_id,
    kind: "came_back" as const,
    because,
    cause: `came_back:${row.id}:${times.get(row.id)}`,
    findingId: row.id,
    detail: { times: times.get(row.id) },
  });
  await notify(db, { tenantId, actor: "system" }, [
    ...owners.map(newsOf("owner")),
    ...watchers.map(newsOf("watcher")),
  ]);
}

/**
 * Tells who owns findings of an account, and who owns the account by the rule that counts, that scans cannot read it.
 * The caller holds the account's findings. `since` names what began it: told once.
 */
export async function tellUnreadable(
  db: TenantDb,
  tenantId: string,
  { accountId, since }: { accountId: string; since: string },
): Promise<void> {
  const owners = await db.$queryRaw<{ user_id: string }[]>`
    SELECT owner_id::text AS user_id FROM findings
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND owner_id IS NOT NULL
    FOR SHARE SKIP LOCKED`;
  const rules = await db.$queryRaw<{ user_id: string; match: string; value: string }[]>`
    SELECT r.owner_id::text AS user_id, r.match, CASE r.match WHEN 'account' THEN a.name ELSE r.value END AS value
    FROM accounts a JOIN owner_rules r ON r.tenant_id = a.tenant_id
      AND ((r.match = 'account' AND r.value = a.id::text) OR (r.match = 'label' AND r.value = ANY (a.labels))
        OR (r.match = 'environment' AND r.value = a.environment))
    WHERE a.tenant_id = ${tenantId}::uuid AND a.id = ${accountId}::uuid
    ORDER BY array_position(${[...ownerRuleMatches.values]}::text[], r.match), r.created_at, r.id LIMIT 1
    FOR KEY SHARE OF r SKIP LOCKED`;
  const shared = { kind: "account_unreadable", cause: `account_unreadable:${since}`, accountId } as const;
  await notify(db, { tenantId, actor: "system" }, [
    ...owners.map(({ user_id }) => ({ ...shared, userId: user_id, because: "owner" as const })),
    ...rules.map(({ user_id, match, value }) => ({
      ...shared,
      userId: user_id,
      because: "account_rule" as const,
      detail: { rule: { match, value } },
    })),
  ]);
}

/** Tells owner and watchers of a finding how its verification ended. The caller holds the finding. */
export async function tellVerification(
  db: TenantDb,
  tenantId: string,
  {
    findingId,
    verificationId,
    kind,
  }: {
    findingId: string;
    verificationId: string;
    kind: Extract<InboxNews["kind"], "verified" | "verification_failed" | "verification_inconclusive">;
  },
): Promise<void> {
  const rows = await db.$queryRaw<{ user_id: string; because: "owner" | "watcher" }[]>`
    SELECT owner_id::text AS user_id, 'owner' AS because FROM findings
    WHERE tenant_id = ${tenantId}::uuid AND id = ${findingId}::uuid AND owner_id IS NOT NULL`;
  const watchers = await db.$queryRaw<{ user_id: string; because: "owner" | "watcher" }[]>`
    SELECT user_id::text, 'watcher' AS because FROM finding_watchers
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid FOR KEY SHARE SKIP LOCKED`;
  await notify(
    db,
    { tenantId, actor: "system" },
    [...rows, ...watchers].map(({ user_id: userId, because }) => ({
      userId,
      kind,
      because,
      cause: `${kind}:${verificationId}`,
      findingId,
    })),
  );
}
