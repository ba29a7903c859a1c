import { z } from "zod";
import { type AccountStatus, accountStatuses } from "@/lib/accounts/account-states";
import { sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { bulkLimit } from "@/lib/findings/bulk-states";
import { findingKey, findingNumber } from "@/lib/findings/finding-key";
import {
  type ClaimableStatus,
  claimableStatuses,
  type FindingStatus,
  findingStatuses,
  type Observation,
  observations,
} from "@/lib/findings/lifecycle/states";
import type { FindingFilter } from "@/lib/findings/list/conditions";
import { orderOf } from "@/lib/findings/list/orders";
import { conditionsOf, cut } from "@/lib/findings/list-findings";
import { isUnderWay } from "@/lib/runs/under-way";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

/** Everything that decides whether a finding can be changed. */
export interface SelectedFinding {
  /** Its key, or its id while it has none. */
  readonly key: string;
  readonly version: number;
  readonly status: FindingStatus;
  readonly observation: Observation;
  readonly episode: number;
  readonly ownerId: string | null;
  readonly dueAt: string | null;
  readonly claimedFrom: ClaimableStatus | null;
  readonly accountId: string;
  readonly accountStatus: AccountStatus;
  /** By the person who asks. */
  readonly isWatched: boolean;
  readonly isBeingScanned: boolean;
}

interface Stored {
  readonly id: string;
  readonly number: number | null;
  readonly version: number;
  readonly status: string;
  readonly observation: string;
  readonly episode: number;
  readonly ownerId: string | null;
  readonly dueAt: Date | null;
  readonly claimedFrom: string | null;
  readonly accountId: string;
  readonly accountStatus: string;
  readonly isWatched: boolean;
  readonly isBeingScanned: boolean;
}

/** What findingsMatching() says, for who selects them. */
export async function listMatchingKeys(
  ctx: TenantContext,
  filter: FindingFilter,
): Promise<readonly string[]> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, (db) => findingsMatching(db, ctx, filter), { readOnly: true });
}

/**
 * The keys of the findings that a filter lets through, in the list's order. Throws invalid_input when there are more than
 * can be changed at once: who changes many things has to know which.
 */
export async function findingsMatching(
  db: TenantDb,
  ctx: TenantContext,
  filter: FindingFilter,
): Promise<readonly string[]> {
  const order = orderOf({});
  const rows = await db.$queryRaw<{ id: string; number: number | null }[]>`
    SELECT f.id::text AS id, f.number FROM ${cut(filter, conditionsOf(ctx, filter), order.orderBy, bulkLimit + 1)}
    ORDER BY ${order.orderBy}`;
  if (rows.length <= bulkLimit) return rows.map(({ id, number }) => findingKey(number) ?? id);
  const text = `More than ${bulkLimit} findings match this filter, and that is the most that can be changed at once. Narrow it, and change them in parts.`;
  throw new AppError("invalid_input", text, { fields: { filter: text } });
}

/**
 * The findings that are named, each once and in that order; what is named and is not there, or is another
 * organization's, is in `unknown` as it was written.
 */
export async function findingsByKey(
  db: TenantDb,
  ctx: TenantContext,
  keys: readonly string[],
): Promise<{ readonly found: readonly SelectedFinding[]; readonly unknown: readonly string[] }> {
  const numbers = keys.flatMap((key) => findingNumber(key) ?? []);
  const ids = keys.filter((key) => z.uuid().safeParse(key).success).map((id) => id.toLowerCase());
  const userId = ctx.principal.type === "user" ? ctx.principal.userId : null;
  const rows = await db.$queryRaw<Stored[]>`
    SELECT f.id::text AS id, f.number, f.version, f.status, f.observation, f.episode, f.owner_id::text AS "ownerId",
           f.due_at AS "dueAt", c.claimed_from AS "claimedFrom", f.account_id::text AS "accountId",
           a.status AS "accountStatus",
           EXISTS (SELECT 1 FROM finding_watchers w WHERE w.tenant_id = f.tenant_id AND w.finding_id = f.id
                     AND w.user_id = ${userId}::uuid) AS "isWatched",
           EXISTS (SELECT 1 FROM scans s WHERE s.tenant_id = f.tenant_id AND s.account_id = f.account_id
                     AND ${isUnderWay(sql`s.status`)} AND s.not_before IS NULL) AS "isBeingScanned"
    FROM findings f
      JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
      LEFT JOIN claims c ON c.tenant_id = f.tenant_id AND c.finding_id = f.id AND c.ended_at IS NULL
    WHERE f.tenant_id = ${ctx.tenantId}::uuid
      AND (f.number = ANY (${numbers}::int[]) OR f.id = ANY (${ids}::uuid[]))`;
  const byName = new Map<string | number, Stored>();
  for (const row of rows) {
    byName.set(row.id, row);
    if (row.number !== null) byName.set(row.number, row);
  }
  const named = keys.map((key) => ({ key, row: byName.get(findingNumber(key) ?? key.toLowerCase()) }));
  const found = new Set(named.flatMap(({ row }) => row ?? []));
  const unknown = new Set(named.flatMap(({ key, row }) => (row ? [] : [key])));
  return { found: [...found].map(selected), unknown: [...unknown] };
}

function selected({ id, number, ...row }: Stored): SelectedFinding {
  return {
    ...row,
    key: findingKey(number) ?? id,
    status: findingStatuses.parse(row.status),
    observation: observations.parse(row.observation),
    dueAt: row.dueAt?.toISOString() ?? null,
    claimedFrom: claimableStatuses.parseOrNull(row.claimedFrom),
    accountStatus: accountStatuses.parse(row.accountStatus),
  };
}
