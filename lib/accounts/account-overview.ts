import { z } from "zod";
import { authorize } from "@/lib/tenancy/authorize";
import { keptCounts } from "@/lib/tenancy/kept-counts";
import { readTenant } from "@/lib/tenancy/read-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type AccountStatus, accountStatuses } from "./account-states";

/** What pages say of all accounts together, without reading them. */
export interface AccountOverview {
  readonly total: number;
  readonly counts: Readonly<Record<AccountStatus, number>>;
  /** Names of the first few that cannot be read. */
  readonly unreachable: readonly string[];
  /** For a filter: all accounts by name, or, when they are too many to choose from, the one asked for. */
  readonly choices: readonly { readonly id: string; readonly name: string }[];
}

const uuid = z.uuid();
const mostChoices = 50;
const mostNames = 5;

interface Row {
  readonly counts: Readonly<Record<string, number>> | null;
  readonly unreachable: readonly string[] | null;
  readonly choices: AccountOverview["choices"] | null;
}

/** `accountId`: the account that a filter is set to, whatever was typed there. */
export async function accountOverview(ctx: TenantContext, accountId?: string): Promise<AccountOverview> {
  authorize(ctx, "organization.view");
  const { tenantId } = ctx;
  const asked = uuid.safeParse(accountId).data ?? null;
  const rows = await readTenant(ctx, (db) =>
    keptCounts(
      ctx,
      db,
      ["accounts"],
      () => db.$queryRaw<Row[]>`
      SELECT (SELECT json_object_agg(standing, n) FROM (
                SELECT standing, count(*)::int AS n FROM accounts WHERE tenant_id = ${tenantId}::uuid
                GROUP BY standing) counted) AS counts,
             (SELECT json_agg(name) FROM (
                SELECT name FROM accounts WHERE tenant_id = ${tenantId}::uuid AND standing = 0
                ORDER BY lower(name), id LIMIT ${mostNames}) named) AS unreachable,
             (SELECT json_agg(json_build_object('id', id, 'name', name) ORDER BY lower(name), id) FROM (
                SELECT id, name FROM accounts WHERE tenant_id = ${tenantId}::uuid
                LIMIT ${mostChoices + 1}) few) AS choices`,
      ([row]) => Object.values(row?.counts ?? {}).reduce((total, n) => total + n, 0),
    ),
  );
  const { counts, unreachable, choices } = rows[0] ?? { counts: null, unreachable: null, choices: null };
  const countOf = (status: AccountStatus) => counts?.[String(accountStatuses.values.indexOf(status))] ?? 0;
  const byStatus = {
    unreachable: countOf("unreachable"),
    connected: countOf("connected"),
    draft: countOf("draft"),
    disconnected: countOf("disconnected"),
  };
  return {
    total: Object.values(byStatus).reduce((sum, n) => sum + n, 0),
    counts: byStatus,
    unreachable: unreachable ?? [],
    choices: (choices ?? []).length <= mostChoices ? (choices ?? []) : await onlyAsked(ctx, asked),
  };
}

async function onlyAsked(ctx: TenantContext, id: string | null): Promise<AccountOverview["choices"]> {
  if (id === null) return [];
  const { tenantId } = ctx;
  return withTenant(ctx, (db) =>
    db.account.findMany({ where: { tenantId, id }, select: { id: true, name: true } }),
  );
}
