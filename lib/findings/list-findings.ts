import { allOf, type Sql, sql } from "@/lib/db/sql";
import { namesOf } from "@/lib/db/system/memberships";
import type { TenantReader } from "@/lib/db/tenant-db";
import { pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import { readTenant } from "@/lib/tenancy/read-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import {
  callsForWork,
  type FindingFilter,
  meantPlaces,
  needsAccount,
  sharedConditions,
} from "./list/conditions";
import { countFindings } from "./list/counts";
import { listedColumns, listedFinding, memberColumn, type StoredRow } from "./list/listed-finding";
import { orderOf } from "./list/orders";
import type { FindingList, ListedFinding } from "./list-view";

export interface FindingListInput extends FindingFilter {
  readonly cursor?: string | undefined;
  /** 1 to 200; 50 when absent. */
  readonly limit?: number | undefined;
}

/**
 * Findings of the organization in the order that is asked for; without one what is most urgent comes first, then what
 * could not be read, then what passes. A page is read by an index, whatever the organization holds; only a search
 * looks at all of its accounts.
 */
export async function listFindings(ctx: TenantContext, input: FindingListInput = {}): Promise<FindingList> {
  authorize(ctx, "organization.view");
  const limit = pageSize(input.limit);
  const order = orderOf(input);
  const after = input.cursor === undefined ? null : order.decode(input.cursor);
  const conditions = [...conditionsOf(ctx, input), after && order.after(after)];
  const list = await readTenant(ctx, async (db) => {
    const reading = db.$queryRaw<StoredRow[]>`
      SELECT ${listedColumns}, ${memberColumn(input)} AS member, ${order.keyText} AS key
      FROM ${cut(input, conditions, order.orderBy, limit + 1)}
        JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
        LEFT JOIN scan_schedules s ON s.tenant_id = f.tenant_id AND s.account_id = f.account_id
        LEFT JOIN triage_settings t ON t.tenant_id = f.tenant_id
      ORDER BY ${order.orderBy}`;
    const [stored, { total, counts, groups }] = await Promise.all([reading, countFindings(ctx, db, input)]);
    const shown = stored.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown.map(listedFinding),
      now: shown[0]?.now.toISOString() ?? null,
      nextCursor: stored.length > limit && last ? order.encode(last.key) : null,
      total,
      counts,
      groups: input.group === "account" ? await countOfAccounts(ctx, db, input, shown) : groups,
    };
  });
  return { ...list, rows: await withOwners(list.rows) };
}

/** All conditions of a filter, see needsAccount(). */
export function conditionsOf(ctx: TenantContext, filter: FindingFilter): (Sql | null)[] {
  const places = meantPlaces(filter);
  return [
    ...sharedConditions(ctx, filter, sql`f.due_key`),
    places === null ? null : sql`f.place = ANY (${[...places]}::smallint[])`,
    filter.needsWork === true && filter.due === undefined ? callsForWork : null,
  ];
}

/**
 * The findings `f` of one page, cut before anything else is looked up for them, their own rows included: an index has
 * what most filters ask, so that rows that they hold back are not fetched.
 */
export function cut(
  filter: FindingFilter,
  conditions: readonly (Sql | null)[],
  orderBy: Sql,
  most: number,
): Sql {
  const account =
    needsAccount(filter) || orderOf(filter).needsAccount
      ? sql`JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id`
      : sql``;
  return sql`(SELECT f.tenant_id, f.id FROM findings f ${account} WHERE ${allOf(conditions)} ORDER BY ${orderBy} LIMIT ${most}) page
        JOIN findings f ON f.tenant_id = page.tenant_id AND f.id = page.id`;
}

async function countOfAccounts(
  ctx: TenantContext,
  db: TenantReader,
  filter: FindingFilter,
  rows: readonly StoredRow[],
): Promise<ReadonlyMap<string | null, number>> {
  const ids = [...new Set(rows.map((row) => row.account_id))];
  const counted = await db.$queryRaw<{ id: string; n: number }[]>`
    SELECT f.account_id::text AS id, count(*)::int AS n
    FROM findings f JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
    WHERE ${allOf(conditionsOf(ctx, filter))} AND f.account_id = ANY (${ids}::uuid[]) GROUP BY f.account_id`;
  return new Map(counted.map(({ id, n }) => [id, n]));
}

/** People's names are behind another door. */
async function withOwners(rows: readonly ListedFinding[]): Promise<readonly ListedFinding[]> {
  const ids = new Set(rows.flatMap(({ owner }) => (owner === null ? [] : [owner.id])));
  if (ids.size === 0) return rows;
  const names = await namesOf([...ids]);
  return rows.map((row) =>
    row.owner === null ? row : { ...row, owner: { id: row.owner.id, name: names.get(row.owner.id) ?? null } },
  );
}
