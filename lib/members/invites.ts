import type { z } from "zod";
import { hashSecret, newSecret } from "@/lib/auth/secret";
import { countOpenInvites, listOpenInvites, replaceInvite, revokeInviteOf } from "@/lib/db/system/invites";
import { listMembersOf, lockMembers } from "@/lib/db/system/memberships";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import { type Role, roles } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { inviteInput } from "./member-input";

const inviteLifetimeMs = 72 * 3600_000;

/** Open invites of an organization at one time. */
export const mostOpenInvites = 100;

export interface InviteRow {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly canApprove: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/**
 * Makes an invite and returns its link, the only time it exists in clear: whoever has it may join, once, within 72
 * hours, with the role fixed here. An older open invite for the same address ends. Throws conflict for a member, and
 * when too many invites are open.
 */
export async function inviteMember(
  ctx: TenantContext,
  wanted: z.input<typeof inviteInput>,
  now = new Date(),
): Promise<{ id: string; link: string; email: string; expiresAt: string }> {
  authorize(ctx, "member.manage");
  const input = parse(inviteInput, wanted);
  const { principal } = ctx;
  if (principal.type !== "user") throw new AppError("forbidden", "Only a person can invite.");
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + inviteLifetimeMs);
  const id = await withIdentity(ctx, async (db) => {
    // Two at once count each other.
    await lockMembers(db, ctx.tenantId);
    const members = await listMembersOf(db, ctx.tenantId);
    if (members.some((member) => member.user.email === input.email)) {
      const text = "This person is already a member.";
      throw new AppError("conflict", text, { fields: { email: text } });
    }
    const invite = await replaceInvite(
      db,
      {
        tenantId: ctx.tenantId,
        email: input.email,
        role: input.role,
        canApprove: input.canApprove,
        tokenHash: hashSecret(secret),
        invitedBy: principal.userId,
        expiresAt,
      },
      now,
    );
    if ((await countOpenInvites(db, ctx.tenantId, now)) > mostOpenInvites) throw tooManyInvites();
    await audit(db, ctx, "member.invited", `invite:${invite.id}`, {
      email: input.email,
      role: input.role,
      canApprove: input.canApprove,
    });
    return invite.id;
  });
  return {
    id,
    email: input.email,
    link: `${new URL(env.POSTURIO_URL).origin}/invite/${secret}`,
    expiresAt: expiresAt.toISOString(),
  };
}

function tooManyInvites(): AppError {
  return new AppError(
    "conflict",
    `${mostOpenInvites} invites are open, which is the limit, and this one was not created. Withdraw one that is not needed, or wait until one is accepted or expires.`,
  );
}

/** Invites that can still be accepted. */
export async function listInvites(ctx: TenantContext): Promise<readonly InviteRow[]> {
  authorize(ctx, "member.manage");
  const rows = await withIdentity(ctx, (db) => listOpenInvites(db, ctx.tenantId, new Date()));
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: roles.parse(row.role),
    canApprove: row.canApprove,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** The link stops working. */
export async function revokeInvite(ctx: TenantContext, input: { inviteId: string }): Promise<void> {
  authorize(ctx, "member.manage");
  await withIdentity(ctx, async (db) => {
    if (!(await revokeInviteOf(db, ctx.tenantId, input.inviteId, new Date()))) throw notFound();
    await audit(db, ctx, "member.invite_revoked", `invite:${input.inviteId}`);
  });
}
