import type { TenantDb } from "@/lib/db/tenant-db";
import { findingKey } from "@/lib/findings/finding-key";
import { observations } from "@/lib/findings/lifecycle/states";
import type { Decision } from "./dashboard-view";

/** More would be a list of its own. */
export const mostDecisions = 7;
/** Each kind keeps so many rows, however many another has. */
const fewest = 2;
/** Claims that failed are looked for among the newest so many that did not hold. */
const mostRefuted = 100;

interface FindingRow {
  readonly id: string;
  readonly number: number;
  readonly account_id: string;
  readonly account_name: string;
  readonly short: string | null;
  readonly priority: number | null;
  readonly observation: string;
  readonly due_at: Date | null;
  readonly since: Date;
  readonly is_urgent_unassigned: boolean;
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly status_reason: string | null;
  readonly last_read_at: Date | null;
}

export interface Decisions {
  readonly rows: readonly Decision[];
  readonly total: number;
}

/**
 * What waits for a person's decision: claims that a scan contradicted, findings of P1 and P2 that nobody owns, accounts
 * that cannot be read. Each is read by an index in its order, a handful of rows. `counted` is how many there are of the
 * last two kinds.
 */
export async function decisionsOf(
  db: TenantDb,
  tenantId: string,
  counted: { readonly urgent_unassigned: number; readonly unreadable: number },
): Promise<Decisions> {
  const failed = await failedClaims(db, tenantId);
  const unassigned = await urgentUnassigned(
    db,
    tenantId,
    failed.map(({ id }) => id),
  );
  const accounts = counted.unreadable === 0 ? [] : await unreadableAccounts(db, tenantId);
  const both = failed.filter(({ is_urgent_unassigned }) => is_urgent_unassigned).length;
  return {
    rows: pick([
      failed.map((row) => ofFinding("claim_failed", row)),
      unassigned.map((row) => ofFinding("unassigned", row)),
      accounts.map(ofAccount),
    ]),
    total: failed.length + Math.max(0, counted.urgent_unassigned - both) + counted.unreadable,
  };
}

/** The first of each kind in turn: a kind keeps its fewest, then the first kinds fill what is left. Pure. */
export function pick<T>(kinds: readonly (readonly T[])[], most = mostDecisions): T[] {
  let left = most;
  const kept = kinds.map((rows) => {
    const few = Math.min(rows.length, fewest, left);
    left -= few;
    return few;
  });
  return kinds.flatMap((rows, place) => {
    const few = kept[place] ?? 0;
    const more = Math.min(rows.length - few, left);
    left -= more;
    return rows.slice(0, few + more);
  });
}

/** Findings whose last claim a scan contradicted, and which nobody has claimed again and no scan has seen passing since. */
function failedClaims(db: TenantDb, tenantId: string): Promise<FindingRow[]> {
  return db.$queryRaw<FindingRow[]>`
    SELECT f.id::text, f.number, f.account_id::text, a.name AS account_name, f.short, f.priority, f.observation, f.due_at,
           c.ended_at AS since, (f.owner_id IS NULL AND COALESCE(f.priority <= 2, false)) AS is_urgent_unassigned
    FROM (SELECT finding_id, claimed_at, ended_at FROM claims
          WHERE tenant_id = ${tenantId}::uuid AND ending = 'refuted' AND claimed_by <> 'system'
          ORDER BY ended_at DESC LIMIT ${mostRefuted}) c
      JOIN findings f ON f.tenant_id = ${tenantId}::uuid AND f.id = c.finding_id
      JOIN accounts a ON a.tenant_id = ${tenantId}::uuid AND a.id = f.account_id
    WHERE f.status IN ('open', 'in_progress', 'reopened') AND f.observation <> 'passing'
      AND NOT EXISTS (SELECT 1 FROM claims later
                      WHERE later.tenant_id = ${tenantId}::uuid AND later.finding_id = c.finding_id
                        AND later.claimed_at > c.claimed_at)
    ORDER BY c.ended_at DESC, f.id`;
}

function urgentUnassigned(db: TenantDb, tenantId: string, but: readonly string[]): Promise<FindingRow[]> {
  return db.$queryRaw<FindingRow[]>`
    SELECT f.id::text, f.number, f.account_id::text, a.name AS account_name, f.short, f.priority, f.observation, f.due_at,
           COALESCE(f.first_failed_at, f.observation_since) AS since, true AS is_urgent_unassigned
    FROM (SELECT * FROM findings
          WHERE tenant_id = ${tenantId}::uuid AND priority <= 2 AND owner_id IS NULL
            AND status IN ('open', 'in_progress', 'awaiting_verification', 'reopened') AND id <> ALL (${[...but]}::uuid[])
          ORDER BY priority, due_at, id LIMIT ${mostDecisions}) f
      JOIN accounts a ON a.tenant_id = ${tenantId}::uuid AND a.id = f.account_id
    ORDER BY f.priority, f.due_at, f.id`;
}

function unreadableAccounts(db: TenantDb, tenantId: string): Promise<AccountRow[]> {
  return db.$queryRaw<AccountRow[]>`
    SELECT id::text, name, status_reason, last_read_at FROM accounts
    WHERE tenant_id = ${tenantId}::uuid AND standing = 0
    ORDER BY lower(name), id LIMIT ${mostDecisions}`;
}

function ofFinding(kind: "claim_failed" | "unassigned", row: FindingRow): Decision {
  return {
    kind,
    accountId: row.account_id,
    accountName: row.account_name,
    findingKey: findingKey(row.number) ?? row.id,
    short: row.short,
    priority: row.priority,
    observation: observations.parse(row.observation),
    since: row.since.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
  };
}

function ofAccount({ id, name, status_reason, last_read_at }: AccountRow): Decision {
  return {
    kind: "account_unreadable",
    accountId: id,
    accountName: name,
    reason: status_reason,
    since: last_read_at?.toISOString() ?? null,
  };
}
