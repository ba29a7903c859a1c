import type { TenantDb } from "@/lib/db/tenant-db";
import { actorOf } from "@/lib/tenancy/actor";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { InboxDetail, InboxKind, InboxReason } from "./inbox-words";

/** What somebody is to be told. */
export interface InboxNews {
  readonly userId: string;
  readonly kind: InboxKind;
  readonly because: InboxReason;
  /** Names what happened. The same cause tells a person once, whatever is repeated. */
  readonly cause: string;
  readonly findingId?: string;
  readonly accountId?: string;
  readonly detail?: InboxDetail;
}

/** Where it happened and who did it, as the audit log keeps it. */
interface Source {
  readonly tenantId: string;
  readonly actor: string;
}

/**
 * Tells people of something, in the transaction that makes it so: both or neither. Nobody is told of what they did
 * themselves. Of two items with one cause for one person the first counts. Answers how many were written.
 *
 * A foreign key refuses an item for somebody who is no member any more. Who names an owner or a watcher holds that row
 * until the end of the transaction; whoever else names people lets lib/members/left-meanwhile.ts say what that means.
 */
export async function notify(
  db: TenantDb,
  { tenantId, actor }: Source,
  news: readonly InboxNews[],
): Promise<number> {
  const rows = news.filter(({ userId }) => `user:${userId}` !== actor);
  if (rows.length === 0) return 0;
  const given = rows.map((row, place) => ({ ...row, place }));
  return db.$executeRaw`
    INSERT INTO inbox_items (tenant_id, user_id, kind, because, cause, finding_id, account_id, actor, detail)
    SELECT ${tenantId}::uuid, r."userId", r.kind, r.because, r.cause, r."findingId", r."accountId", ${actor},
           COALESCE(r.detail, '{}')
    FROM json_to_recordset(${JSON.stringify(given)}::json) AS r(
      place int, "userId" uuid, kind text, because text, cause text, "findingId" uuid, "accountId" uuid, detail jsonb)
    ORDER BY r.place
    ON CONFLICT (tenant_id, user_id, cause) DO NOTHING`;
}

/** Tells a finding's new owner. `version` is the finding's once it was assigned: each assignment has another. */
export async function notifyAssigned(
  db: TenantDb,
  ctx: TenantContext,
  { findingId, ownerId, version }: { findingId: string; ownerId: string; version: number },
): Promise<void> {
  const cause = `assigned:${findingId}:${version}`;
  await notify(db, sourceOf(ctx), [
    { userId: ownerId, kind: "assigned", because: "owner", cause, findingId },
  ]);
}

/** Tells people who were mentioned in a comment on a finding; again is as good as once. */
export async function notifyMentioned(
  db: TenantDb,
  ctx: TenantContext,
  mention: { findingId: string; commentId: string; userIds: readonly string[] },
): Promise<void> {
  const { findingId, commentId, userIds } = mention;
  const shared = { kind: "mentioned", because: "mention", cause: `mentioned:${commentId}` } as const;
  const news = userIds.map((userId) => ({ ...shared, userId, findingId, detail: { commentId } }));
  await notify(db, sourceOf(ctx), news);
}

/**
 * Tells whoever takes over what a person leaves: one item for all of it, since it may be thousands of findings. They
 * are handed over in steps, each of which adds to it.
 */
export async function notifyHandedOver(
  db: TenantDb,
  ctx: TenantContext,
  { from, to, findings }: { from: string; to: string; findings: number },
): Promise<void> {
  const actor = actorOf(ctx);
  if (findings === 0 || actor === `user:${to}`) return;
  const detail: InboxDetail = { previousOwnerId: from };
  await db.$executeRaw`
    INSERT INTO inbox_items AS i (tenant_id, user_id, kind, because, cause, actor, count, detail)
    VALUES (${ctx.tenantId}::uuid, ${to}::uuid, 'assigned', 'owner', ${`handed_over:${from}`}, ${actor}, ${findings},
            ${JSON.stringify(detail)}::jsonb)
    ON CONFLICT (tenant_id, user_id, cause) DO UPDATE
    SET count = i.count + excluded.count, at = excluded.at, actor = excluded.actor, read_at = NULL`;
}

function sourceOf(ctx: TenantContext): Source {
  return { tenantId: ctx.tenantId, actor: actorOf(ctx) };
}
