import type { z } from "zod";
import { deleteMember, findMemberOf, listMembersOf, setMemberRole } from "@/lib/db/system/memberships";
import { listWorkingTokens, revokeTokensBy } from "@/lib/db/system/tokens";
import { notFound } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize, may } from "@/lib/tenancy/authorize";
import { roles } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { endMemberships } from "./end-memberships";
import { mayInvite } from "./inviters";
import { requireAnotherAdmin } from "./last-admin";
import { memberRemoval, roleChange } from "./member-input";
import type { MemberRow } from "./member-view";
import { requirePossibleOwner } from "./possible-owners";
import { releaseDuties } from "./release-duties";
import { revokeInvitesOf } from "./revoke-invites-of";

/** The members of the organization, longest first. */
export async function listMembers(ctx: TenantContext, now = new Date()): Promise<readonly MemberRow[]> {
  authorize(ctx, "member.view");
  const seesTokens = may(ctx, "member.manage") && may(ctx, "token.manage");
  const { rows, tokens } = await withIdentity(ctx, async (db) => ({
    rows: await listMembersOf(db, ctx.tenantId),
    tokens: seesTokens ? await listWorkingTokens(db, ctx.tenantId, now) : [],
  }));
  const you = ctx.principal.type === "user" ? ctx.principal.userId : null;
  return rows.map((row) => ({
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: roles.parse(row.role),
    canApprove: row.canApprove,
    joinedAt: row.createdAt.toISOString(),
    isYou: row.userId === you,
    isDisabled: row.user.disabledAt !== null,
    tokens: tokens
      .filter(({ createdBy }) => createdBy === row.userId)
      .map(({ id, name, prefix, lastUsedAt }) => ({
        id,
        name,
        prefix,
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
  }));
}

/**
 * Takes effect at the member's next request. Who may no longer invite loses their open invites. Refused for the last
 * admin.
 */
export async function changeRole(ctx: TenantContext, change: z.input<typeof roleChange>): Promise<void> {
  authorize(ctx, "member.manage");
  const input = parse(roleChange, change);
  await withIdentity(ctx, async (db) => {
    const before = await findMemberOf(db, ctx.tenantId, input.userId);
    if (before === null) throw notFound();
    if (input.role !== "admin") await requireAnotherAdmin(db, ctx.tenantId, input.userId);
    const canApprove = input.canApprove ?? (before.canApprove && input.role !== "auditor");
    await setMemberRole(db, { tenantId: ctx.tenantId, ...input, canApprove });
    await audit(db, ctx, "member.role_changed", `user:${input.userId}`, {
      before: { role: before.role, canApprove: before.canApprove },
      after: { role: input.role, canApprove },
    });
    if (!mayInvite(input.role)) await revokeInvitesOf(db, ctx, input.userId, new Date());
  });
  // Auditors look on: they own nothing.
  if (input.role === "auditor") await releaseDuties(ctx, input.userId);
}

/**
 * Takes the membership away, with the open invites that the person made here, and ends those of their API tokens that
 * are named; the others go on working. Their findings go to `reassignTo`, or to nobody. Their other organizations and
 * user stay. Refused for the last admin.
 */
export async function removeMember(
  ctx: TenantContext,
  removal: z.input<typeof memberRemoval>,
): Promise<void> {
  authorize(ctx, "member.manage");
  const { userId, alsoEnd, reassignTo } = parse(memberRemoval, removal);
  if (alsoEnd.length > 0) authorize(ctx, "token.manage");
  const successor = reassignTo === null ? null : await requirePossibleOwner(ctx, reassignTo, "reassignTo");
  const now = new Date();
  await withIdentity(ctx, async (db) => {
    await requireAnotherAdmin(db, ctx.tenantId, userId);
    if ((await findMemberOf(db, ctx.tenantId, userId)) === null) throw notFound();
  });
  const remove = () =>
    withIdentity(ctx, async (db) => {
      await requireAnotherAdmin(db, ctx.tenantId, userId);
      if (!(await deleteMember(db, ctx.tenantId, userId))) throw notFound();
      await audit(db, ctx, "member.removed", `user:${userId}`);
      await revokeInvitesOf(db, ctx, userId, now);
      for (const id of await revokeTokensBy(db, ctx.tenantId, userId, alsoEnd, now)) {
        await audit(db, ctx, "token.revoked", `token:${id}`);
      }
    });
  await endMemberships([ctx], userId, remove, successor);
}
