import { z } from "zod";
import { membersAfter } from "@/lib/db/system/memberships";
import { decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import { type Role, roles } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";

export interface MemberName {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

const cursorKey = z.tuple([z.uuid()]);

/** Who the members are, without their addresses: page by page in the order of their ids. */
export async function listMemberNames(
  ctx: TenantContext,
  {
    cursor,
    limit: asked,
  }: { readonly cursor?: string | undefined; readonly limit?: number | undefined } = {},
): Promise<{ members: readonly MemberName[]; nextCursor: string | null }> {
  authorize(ctx, "member.names");
  const limit = pageSize(asked);
  const after = cursor === undefined ? null : decodeCursor(cursor, cursorKey)[0];
  const rows = await withIdentity(ctx, (db) => membersAfter(db, ctx.tenantId, after, limit + 1));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    members: shown.map(({ userId, name, role }) => ({ id: userId, name, role: roles.parse(role) })),
    nextCursor: rows.length > limit && last ? encodeCursor([last.userId]) : null,
  };
}
