import { z } from "zod";
import { sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError, notFound } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import { selectTenant } from "@/lib/tenancy/read-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { newView, viewChange, viewRemoval } from "./view-input";

/** Views that one person, or everybody together, may keep: they are read whole. */
export const mostViews = 50;

/** Filters of the findings list under a name. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** What stands behind the question mark of the list's address. */
  readonly query: string;
  /** Everybody sees it; else only who asks. */
  readonly shared: boolean;
  readonly version: number;
}

interface Row {
  id: string;
  name: string;
  query: string;
  owner_id: string | null;
  version: number;
}

const cursorKey = z.tuple([z.string().max(60), z.uuid()]);

/** Everybody's views and those of the person who asks, by name. A token has none of its own. */
export async function listViews(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit?: number | undefined } = {},
): Promise<{ readonly rows: readonly SavedView[]; readonly nextCursor: string | null }> {
  authorize(ctx, "organization.view");
  const limit = pageSize(page.limit, 2 * mostViews);
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, cursorKey);
  const rows = await selectTenant<Row[]>(
    ctx,
    sql`
      SELECT id::text, name, query, owner_id::text, version FROM saved_views
      WHERE tenant_id = ${ctx.tenantId}::uuid AND (owner_id IS NULL OR owner_id = ${personOf(ctx)}::uuid)
        AND ${after === null ? sql`true` : sql`(lower(name), id) > (lower(${after[0]}), ${after[1]}::uuid)`}
      ORDER BY lower(name), saved_views.id LIMIT ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(viewOf),
    nextCursor: rows.length > limit && last ? encodeCursor([last.name, last.id]) : null,
  };
}

/** Keeps filters under a name. Throws invalid_input, forbidden, and conflict for a name that is taken or beyond so many. */
export async function saveView(ctx: TenantContext, input: z.input<typeof newView>): Promise<SavedView> {
  authorize(ctx, input.shared === true ? "view.share" : "view.save");
  const { name, query, shared } = parse(newView, input);
  const ownerId = shared ? null : personOf(ctx);
  return withTenant(ctx, async (db) => {
    // Two at once count each other.
    await db.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtextextended('saved_views:' || ${ctx.tenantId} || ${ownerId ?? ""}, 0))`;
    const kept = await db.savedView.count({ where: { tenantId: ctx.tenantId, ownerId } });
    if (kept >= mostViews)
      throw new AppError(
        "conflict",
        `There are ${mostViews} ${shared ? "shared views" : "views of yours"} already, and this one was not saved. Remove one that is no longer needed.`,
      );
    await requireFreeName(db, ctx, ownerId, name, null);
    const row = await db.savedView.create({ data: { tenantId: ctx.tenantId, ownerId, name, query } });
    if (shared) await audit(db, ctx, "view.shared", `view:${row.id}`, { name, query });
    return viewOf({ ...row, owner_id: row.ownerId });
  });
}

/** Throws invalid_input, forbidden, not_found, version_conflict, and conflict for a name that is taken. */
export async function changeView(ctx: TenantContext, input: z.input<typeof viewChange>): Promise<SavedView> {
  authorizeKeeping(ctx);
  const { id, version, name, query } = parse(viewChange, input);
  return withTenant(ctx, async (db) => {
    const before = await changeable(db, ctx, id);
    if (before.version !== version)
      throw new AppError(
        "version_conflict",
        "Someone else changed this view since you read it, and your change was not saved.",
        { current: { version: before.version, name: before.name, query: before.query } },
      );
    if (name !== undefined) await requireFreeName(db, ctx, before.owner_id, name, id);
    const row = await db.savedView.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id } },
      data: {
        version: version + 1,
        ...(name === undefined ? {} : { name }),
        ...(query === undefined ? {} : { query }),
      },
    });
    if (row.ownerId === null)
      await audit(db, ctx, "view.changed", `view:${id}`, {
        before: { name: before.name, query: before.query },
        after: { name: row.name, query: row.query },
      });
    return viewOf({ ...row, owner_id: row.ownerId });
  });
}

/** The findings stay as they are. Throws forbidden and not_found. */
export async function removeView(ctx: TenantContext, input: z.input<typeof viewRemoval>): Promise<void> {
  authorizeKeeping(ctx);
  const { id } = parse(viewRemoval, input);
  await withTenant(ctx, async (db) => {
    const { owner_id, name, query } = await changeable(db, ctx, id);
    await db.savedView.delete({ where: { tenantId_id: { tenantId: ctx.tenantId, id } } });
    if (owner_id === null) await audit(db, ctx, "view.removed", `view:${id}`, { name, query });
  });
}

/** Which views these may be the row says: before it is read, whoever keeps none is refused. A token's are shared. */
function authorizeKeeping(ctx: TenantContext): void {
  authorize(ctx, ctx.principal.type === "user" ? "view.save" : "view.share");
}

/** A view, locked, that the caller may change. Views of other people are not there. */
async function changeable(db: TenantDb, ctx: TenantContext, id: string): Promise<Row> {
  const row = await seen(db, ctx, id);
  authorize(ctx, row.owner_id === null ? "view.share" : "view.save");
  return row;
}

async function seen(db: TenantDb, ctx: TenantContext, id: string): Promise<Row> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT id::text, name, query, owner_id::text, version FROM saved_views
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${id}::uuid
      AND (owner_id IS NULL OR owner_id = ${personOf(ctx)}::uuid)
    FOR UPDATE`;
  if (!row) throw notFound();
  return row;
}

async function requireFreeName(
  db: TenantDb,
  ctx: TenantContext,
  ownerId: string | null,
  name: string,
  except: string | null,
): Promise<void> {
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM saved_views
    WHERE tenant_id = ${ctx.tenantId}::uuid AND owner_id IS NOT DISTINCT FROM ${ownerId}::uuid
      AND lower(name) = lower(${name}) AND id IS DISTINCT FROM ${except}::uuid`;
  if (!taken) return;
  const text = `There is a view called ${name} already. Choose another name.`;
  throw new AppError("conflict", text, { fields: { name: text } });
}

function personOf({ principal }: TenantContext): string | null {
  return principal.type === "user" ? principal.userId : null;
}

function viewOf({ id, name, query, owner_id, version }: Row): SavedView {
  return { id, name, query, shared: owner_id === null, version };
}
