import { identityPrisma as prisma } from "@/lib/db/client";
import type { IdentityDb } from "@/lib/db/identity-db";

const open = (now: Date) => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: now } });

/** A new invite for an address ends the older ones for it in the same organization. */
export async function replaceInvite(
  db: IdentityDb,
  input: {
    tenantId: string;
    email: string;
    role: string;
    canApprove: boolean;
    tokenHash: string;
    invitedBy: string;
    expiresAt: Date;
  },
  now: Date,
) {
  await db.invite.updateMany({
    where: { tenantId: input.tenantId, email: input.email, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now },
  });
  return db.invite.create({ data: input, select: { id: true } });
}

export function listOpenInvites(db: IdentityDb, tenantId: string, now: Date) {
  return db.invite.findMany({
    where: { tenantId, ...open(now) },
    orderBy: { createdAt: "desc" },
    take: 200,
    select: { id: true, email: true, role: true, canApprove: true, createdAt: true, expiresAt: true },
  });
}

export async function revokeInviteOf(
  db: IdentityDb,
  tenantId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const { count } = await db.invite.updateMany({
    where: { id, tenantId, ...open(now) },
    data: { revokedAt: now },
  });
  return count === 1;
}

/** Ends what the person can no longer vouch for; returns the ids. */
export async function revokeInvitesBy(
  db: IdentityDb,
  tenantId: string,
  invitedBy: string,
  now: Date,
): Promise<string[]> {
  const rows = await db.invite.updateManyAndReturn({
    where: { tenantId, invitedBy, ...open(now) },
    data: { revokedAt: now },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export function countOpenInvites(db: IdentityDb, tenantId: string, now: Date): Promise<number> {
  return db.invite.count({ where: { tenantId, ...open(now) } });
}

/**
 * Global because the link alone says which organization it opens. `inviter` is null once that person has left or was
 * disabled.
 */
export async function findInvite(tokenHash: string, now: Date) {
  const invite = await prisma.invite.findUnique({
    where: { tokenHash, organization: { erasingAt: null } },
    select: {
      id: true,
      tenantId: true,
      email: true,
      role: true,
      canApprove: true,
      invitedBy: true,
      expiresAt: true,
      acceptedAt: true,
      revokedAt: true,
      organization: { select: { slug: true, name: true } },
    },
  });
  if (invite === null) return null;
  const { tenantId, invitedBy } = invite;
  const inviter = await prisma.membership.findUnique({
    where: { tenantId_userId: { tenantId, userId: invitedBy }, user: { disabledAt: null } },
    select: { role: true, user: { select: { name: true } } },
  });
  return {
    ...invite,
    inviter: inviter === null ? null : { name: inviter.user.name, role: inviter.role },
    isOpen: invite.acceptedAt === null && invite.revokedAt === null && invite.expiresAt > now,
  };
}

/**
 * True for exactly one caller, however many present the link at once, and only while whoever made it has one of the
 * roles that may invite.
 */
export async function consumeInvite(
  db: IdentityDb,
  invite: { tenantId: string; id: string },
  inviterRoles: readonly string[],
  now: Date,
): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE invites i SET accepted_at = ${now}::timestamptz
    WHERE i.id = ${invite.id}::uuid AND i.tenant_id = ${invite.tenantId}::uuid
      AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${now}::timestamptz
      AND EXISTS (SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
                  WHERE m.tenant_id = i.tenant_id AND m.user_id = i.invited_by
                    AND m.role = ANY (${[...inviterRoles]}) AND u.disabled_at IS NULL)`;
  return count === 1;
}
