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

/** Global because the link alone says which organization it opens. */
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
  const inviter = await prisma.user.findUnique({ where: { id: invite.invitedBy }, select: { name: true } });
  return {
    ...invite,
    inviterName: inviter?.name ?? null,
    isOpen: invite.acceptedAt === null && invite.revokedAt === null && invite.expiresAt > now,
  };
}

/** True for exactly one caller, however many present the link at once. */
export async function consumeInvite(
  db: IdentityDb,
  tenantId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const { count } = await db.invite.updateMany({
    where: { id, tenantId, ...open(now) },
    data: { acceptedAt: now },
  });
  return count === 1;
}
