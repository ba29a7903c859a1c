import { allOf, sql } from "@/lib/db/sql";
import { knownFinding } from "@/lib/findings/known-finding";
import { type Names, readNames } from "@/lib/findings/names";
import { keyedTime, olderThan } from "@/lib/findings/timeline/timeline-page";
import { commentVisibilities } from "@/lib/findings/timeline-states";
import type { CommentView } from "@/lib/findings/timeline-view";
import { encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

export interface StoredComment {
  readonly id: string;
  readonly at: Date;
  readonly author: string;
  readonly body: string;
  readonly mentions: readonly string[];
  readonly visibility: string;
}

/** The comments on a finding, newest first and page by page. Throws not_found. */
export async function listComments(
  ctx: TenantContext,
  asked: {
    readonly key: string;
    readonly cursor?: string | undefined;
    readonly limit?: number | undefined;
  },
): Promise<{ rows: readonly CommentView[]; nextCursor: string | null }> {
  authorize(ctx, "comment.read");
  const limit = pageSize(asked.limit);
  const older = olderThan(asked.cursor, sql`c.at`, sql`c.id`);
  const found = await withTenant(ctx, async (db) => {
    const { id } = await knownFinding(db, ctx.tenantId, asked.key);
    const where = allOf([sql`c.tenant_id = ${ctx.tenantId}::uuid`, sql`c.finding_id = ${id}::uuid`, older]);
    return db.$queryRaw<(StoredComment & { readonly keyAt: string })[]>`
      SELECT c.id::text AS id, c.at, ${keyedTime(sql`c.at`)} AS "keyAt", c.author, c.body, c.mentions::text[] AS mentions,
             c.visibility
      FROM comments c WHERE ${where} ORDER BY c.at DESC, c.id DESC LIMIT ${limit + 1}`;
  });
  const rows = found.slice(0, limit);
  const names = await readNames(ctx.tenantId, {
    actors: rows.map(({ author }) => author),
    people: rows.flatMap(({ mentions }) => mentions),
  });
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map((row) => commentOf(row, names)),
    nextCursor: last ? encodeCursor([last.keyAt, last.id]) : null,
  };
}

/** A stored comment with the names of those in it. */
export function commentOf(
  { id, at, author, body, mentions, visibility }: StoredComment,
  names: Names,
): CommentView {
  return {
    id,
    at: at.toISOString(),
    author: names.actor(author),
    body,
    mentions: mentions.map(names.person),
    visibility: commentVisibilities.parse(visibility),
  };
}
