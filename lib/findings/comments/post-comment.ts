import { randomUUID } from "node:crypto";
import { limit } from "@/lib/auth/rate-limit";
import { membersAmong } from "@/lib/db/system/memberships";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { type KnownFinding, knownFinding } from "@/lib/findings/known-finding";
import { readNames } from "@/lib/findings/names";
import type { CommentView } from "@/lib/findings/timeline-view";
import { notifyMentioned } from "@/lib/inbox/notify";
import { parse } from "@/lib/input/parse";
import { unlessLeftMeanwhile } from "@/lib/members/left-meanwhile";
import { actorOf } from "@/lib/tenancy/actor";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { mentionedIn, newComment } from "./comment-input";
import { commentOf, type StoredComment } from "./list-comments";

/**
 * Posts a comment on a finding, for members to read. With `id`, the same comment again is as good as once. Who is
 * mentioned and may read it is told; other mentions stay text.
 * Throws invalid_input, not_found, rate_limited, and conflict for an id that is taken.
 */
export async function postComment(
  ctx: TenantContext,
  input: { readonly key: string; readonly body: string },
  id: string = randomUUID(),
): Promise<CommentView> {
  authorize(ctx, "comment.write");
  const { key, body } = parse(newComment, input);
  const asked = mentionedIn(body);
  const mentions =
    asked.length === 0 ? [] : await withIdentity(ctx, (db) => membersAmong(db, ctx.tenantId, asked));
  const counted = await limit("commentsByAuthor", `${ctx.tenantId} ${actorOf(ctx)}`);
  try {
    const posted = await unlessLeftMeanwhile("body", () =>
      withTenant(ctx, async (db) => {
        const finding = await knownFinding(db, ctx.tenantId, key);
        return store(db, ctx, finding, { id, body, mentions });
      }),
    );
    const names = await readNames(ctx.tenantId, { actors: [posted.author], people: posted.mentions });
    return commentOf(posted, names);
  } catch (error) {
    await counted.giveBack();
    throw error;
  }
}

async function store(
  db: TenantDb,
  ctx: TenantContext,
  finding: KnownFinding,
  { id, body, mentions }: { id: string; body: string; mentions: readonly string[] },
): Promise<StoredComment> {
  const [posted] = await db.$queryRaw<StoredComment[]>`
    INSERT INTO comments (tenant_id, id, finding_id, author, body, mentions)
    VALUES (${ctx.tenantId}::uuid, ${id}::uuid, ${finding.id}::uuid, ${actorOf(ctx)}, ${body}, ${mentions}::uuid[])
    ON CONFLICT (tenant_id, id) DO NOTHING
    RETURNING id::text AS id, at, author, body, mentions::text[] AS mentions, visibility`;
  if (!posted) return postedBefore(db, ctx, finding, id, body);
  await audit(db, ctx, "finding.commented", `finding:${finding.id}`, { key: finding.key, commentId: id });
  await notifyMentioned(db, ctx, { findingId: finding.id, commentId: id, userIds: mentions });
  return posted;
}

/** The comment of an answer that got lost. */
async function postedBefore(
  db: TenantDb,
  ctx: TenantContext,
  finding: KnownFinding,
  id: string,
  body: string,
): Promise<StoredComment> {
  const [posted] = await db.$queryRaw<StoredComment[]>`
    SELECT id::text AS id, at, author, body, mentions::text[] AS mentions, visibility FROM comments
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${id}::uuid AND finding_id = ${finding.id}::uuid
      AND author = ${actorOf(ctx)} AND body = ${body}`;
  if (posted) return posted;
  throw new AppError(
    "conflict",
    "This comment was not posted: its id belongs to another one. Load the page again.",
  );
}
