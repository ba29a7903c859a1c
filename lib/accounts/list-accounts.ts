import { z } from "zod";
import { type Sql, sql } from "@/lib/db/sql";
import { notFound } from "@/lib/errors";
import { decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { accountRow, accountRows, findAccountRow } from "./account-rows";
import type { AccountRow } from "./account-view";

export interface AccountPage {
  readonly cursor?: string | undefined;
  /** 1 to 200; 50 when absent. */
  readonly limit?: number | undefined;
}

export interface AccountList {
  readonly rows: readonly AccountRow[];
  readonly nextCursor: string | null;
}

const byId = z.tuple([z.uuid()]);
const byStanding = z.tuple([z.number().int().min(0).max(9), z.string().max(200), z.uuid()]);

/** A page of the organization's accounts, disconnected ones and drafts included: those that need attention first. */
export async function listAccounts(ctx: TenantContext, page: AccountPage = {}): Promise<AccountList> {
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, byStanding);
  return accountPage(ctx, page.limit, {
    order: sql`a.standing, lower(a.name), a.id`,
    condition: after
      ? sql`(a.standing, lower(a.name), a.id) > (${after[0]}::smallint, ${after[1]}, ${after[2]}::uuid)`
      : sql`true`,
    keyOf: (row) => [row.standing, row.sort_name, row.id],
  });
}

/** The same for programs, in an order that no change of name or status disturbs while they read page after page. */
export async function listAccountsById(ctx: TenantContext, page: AccountPage = {}): Promise<AccountList> {
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, byId);
  return accountPage(ctx, page.limit, {
    order: sql`a.id`,
    condition: after ? sql`a.id > ${after[0]}::uuid` : sql`true`,
    keyOf: (row) => [row.id],
  });
}

type Stored = Awaited<ReturnType<typeof accountRows>>[number];

async function accountPage(
  ctx: TenantContext,
  asked: number | undefined,
  by: { order: Sql; condition: Sql; keyOf: (row: Stored) => (string | number)[] },
): Promise<AccountList> {
  authorize(ctx, "organization.view");
  const limit = pageSize(asked);
  const { order, condition } = by;
  const stored = await withTenant(ctx, (db) =>
    accountRows(db, ctx.tenantId, condition, { order, limit: limit + 1 }),
  );
  const page = stored.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(accountRow),
    nextCursor: stored.length > limit && last ? encodeCursor(by.keyOf(last)) : null,
  };
}

/** One account. Throws not_found. */
export async function getAccount(ctx: TenantContext, id: string): Promise<AccountRow> {
  authorize(ctx, "organization.view");
  const row = await withTenant(ctx, (db) => findAccountRow(db, ctx.tenantId, id));
  if (!row) throw notFound();
  return row;
}
