import { allOf, sql } from "@/lib/db/sql";
import { authorize } from "@/lib/tenancy/authorize";
import { readTenant } from "@/lib/tenancy/read-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { findingAt } from "./finding-at";
import { findingKey } from "./finding-key";
import { needsAccount } from "./list/conditions";
import { countFindings } from "./list/counts";
import { withDefaultView } from "./list/default-view";
import { queryOfText } from "./list/finding-url";
import { orderOf } from "./list/orders";
import { conditionsOf, cut } from "./list-findings";
import type { FindingNeighbors } from "./list-view";

/** Beyond this the place of a finding is not counted: "1,000+ of 12,345". */
export const mostPlaces = 1_000;

/**
 * Neighbors and place of a finding in the list of the page with the query string `from`, each read by the index of
 * the list's order. `key` as in getFinding(). Null when there is no such finding.
 */
export async function findingNeighbors(
  ctx: TenantContext,
  key: string,
  from: string,
): Promise<FindingNeighbors | null> {
  authorize(ctx, "organization.view");
  const where = findingAt(key);
  if (!where) return null;
  const filter = withDefaultView(queryOfText(from));
  const order = orderOf(filter);
  const conditions = conditionsOf(ctx, filter);
  return readTenant(ctx, async (db) => {
    const [here] = await db.$queryRaw<{ key: string[]; is_listed: boolean }[]>`
      SELECT ${order.keyText} AS key, (${allOf(conditions)}) AS is_listed
      FROM findings f JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
      WHERE f.tenant_id = ${ctx.tenantId}::uuid AND ${where}`;
    if (here === undefined) return null;
    const [before, after] = [order.before(here.key), order.after(here.key)];
    const account =
      needsAccount(filter) || order.needsAccount
        ? sql`JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id`
        : sql``;
    const reading = db.$queryRaw<Beside[]>`
      SELECT (SELECT json_build_array(f.id, f.number) FROM ${cut(filter, [...conditions, before], order.backwards, 1)} f) AS previous,
             (SELECT json_build_array(f.id, f.number) FROM ${cut(filter, [...conditions, after], order.orderBy, 1)} f) AS next,
             (SELECT count(*)::int FROM (SELECT 1 FROM findings f ${account}
                WHERE ${allOf([...conditions, before])} LIMIT ${mostPlaces}) counted) AS before`;
    const [[beside], { total }] = await Promise.all([reading, countFindings(ctx, db, filter)]);
    const ahead = beside?.before ?? 0;
    return {
      position: ahead >= mostPlaces ? null : ahead + 1,
      total,
      isListed: here.is_listed,
      previous: addressOf(beside?.previous ?? null),
      next: addressOf(beside?.next ?? null),
    };
  });
}

interface Beside {
  readonly previous: readonly [id: string, number: number | null] | null;
  readonly next: readonly [id: string, number: number | null] | null;
  readonly before: number;
}

function addressOf(row: Beside["next"]): string | null {
  return row === null ? null : (findingKey(row[1]) ?? row[0]);
}
