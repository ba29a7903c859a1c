import { z } from "zod";
import { sql } from "@/lib/db/sql";
import { namesOf } from "@/lib/db/system/memberships";
import type { TenantDb } from "@/lib/db/tenant-db";
import { decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type InboxItem, type InboxList, mostUnread } from "./inbox-view";
import { type InboxDetail, inboxDetail, inboxKinds, inboxReasons } from "./inbox-words";
import { readerOf } from "./reader";

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly because: string;
  readonly actor: string;
  readonly count: number;
  readonly detail: unknown;
  readonly at: Date;
  readonly read: boolean;
  readonly number: number | null;
  readonly finding_id: string | null;
  readonly check_id: string | null;
  readonly account_id: string | null;
  readonly account_name: string | null;
  /** To the microsecond, as the cursor needs it. */
  readonly exactly: string;
}

const cursorKey = z.tuple([z.iso.datetime({ precision: 6 }), z.uuid()]);

/** What the person who asks was told of, the latest first, by an index. */
export async function listInbox(
  ctx: TenantContext,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit?: number | undefined } = {},
): Promise<InboxList> {
  authorize(ctx, "organization.view");
  const list = await withTenant(ctx, (db) => readInbox(db, ctx, { cursor, limit }), { readOnly: true });
  return withActors(list);
}

/** The same in a transaction of the caller's, which names people with withActors() once it is over. */
export async function readInbox(
  db: TenantDb,
  ctx: TenantContext,
  { cursor, limit: asked }: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<InboxList> {
  const userId = readerOf(ctx);
  const limit = pageSize(asked, 20);
  const after = cursor === undefined ? null : decodeCursor(cursor, cursorKey);
  const older = after ? sql`AND (at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const rows = await db.$queryRaw<Row[]>`
    SELECT i.id::text, i.kind, i.because, i.actor, i.count, i.detail, i.at, i.read_at IS NOT NULL AS read,
           f.number, f.id::text AS finding_id, f.check_id, a.id::text AS account_id, a.name AS account_name,
           to_char(i.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS exactly
    FROM (SELECT * FROM inbox_items WHERE tenant_id = ${ctx.tenantId}::uuid AND user_id = ${userId}::uuid ${older}
          ORDER BY at DESC, id DESC LIMIT ${limit + 1}) i
      LEFT JOIN findings f ON f.tenant_id = i.tenant_id AND f.id = i.finding_id
      LEFT JOIN accounts a ON a.tenant_id = i.tenant_id AND a.id = COALESCE(i.account_id, f.account_id)
    ORDER BY i.at DESC, i.id DESC`;
  const [counted] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (
      SELECT 1 FROM inbox_items
      WHERE tenant_id = ${ctx.tenantId}::uuid AND user_id = ${userId}::uuid AND read_at IS NULL
      LIMIT ${mostUnread + 1}) u`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    unread: counted?.n ?? 0,
    nextCursor: rows.length > limit && last ? encodeCursor([last.exactly, last.id]) : null,
  };
}

/** The list with the names of those who acted. Names are behind another door, which does not open inside a transaction. */
export async function withActors(list: InboxList): Promise<InboxList> {
  const ids = new Set(list.items.flatMap(({ actor, previousOwner }) => [actor?.id, previousOwner?.id]));
  ids.delete(undefined);
  if (ids.size === 0) return list;
  const names = await namesOf([...ids].filter((id) => id !== undefined));
  const named = (person: InboxItem["actor"]) =>
    person && { id: person.id, name: names.get(person.id) ?? null };
  const items = list.items.map((item) => ({
    ...item,
    actor: named(item.actor),
    previousOwner: named(item.previousOwner),
  }));
  return { ...list, items };
}

function itemOf(row: Row): InboxItem {
  const detail: InboxDetail = inboxDetail.parse(row.detail);
  const actorId = /^user:(.+)$/.exec(row.actor)?.[1];
  return {
    id: row.id,
    kind: inboxKinds.parse(row.kind),
    because: inboxReasons.parse(row.because),
    at: row.at.toISOString(),
    isRead: row.read,
    actor: actorId === undefined ? null : { id: actorId, name: null },
    previousOwner: detail.previousOwnerId === undefined ? null : { id: detail.previousOwnerId, name: null },
    count: row.count,
    days: detail.days ?? null,
    times: detail.times ?? null,
    rule: detail.rule ?? null,
    commentId: detail.commentId ?? null,
    finding:
      row.finding_id === null
        ? null
        : { key: row.number === null ? row.finding_id : `PST-${row.number}`, checkId: row.check_id ?? "" },
    account: row.account_id === null ? null : { id: row.account_id, name: row.account_name ?? "" },
  };
}
