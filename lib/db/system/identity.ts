import { identityPrisma as prisma } from "@/lib/db/client";
import type { IdentityDb } from "@/lib/db/identity-db";
import { identityReader } from "@/lib/db/reader";
import type { OwnMembership } from "./memberships";

const userFields = { id: true, email: true, name: true, passwordHash: true, disabledAt: true } as const;

/** Global because a person signs in before any organization is known. `email` must be normalized. */
export function findUserByEmail(email: string) {
  return prisma.user.findUnique({ where: { email }, select: userFields });
}

/** Global because a person belongs to several organizations. */
export function findUserById(id: string) {
  return prisma.user.findUnique({ where: { id }, select: userFields });
}

/** Null when the address is taken. */
export async function createUser(
  input: { email: string; name: string; passwordHash: string },
  db: IdentityDb = prisma,
) {
  const rows = await db.user.createManyAndReturn({ data: [input], skipDuplicates: true, select: userFields });
  return rows[0] ?? null;
}

/** For the operator: the user can no longer sign in, and what is signed in ends now. */
export async function disableUser(db: IdentityDb, userId: string, at: Date): Promise<void> {
  await db.user.updateMany({ where: { id: userId, disabledAt: null }, data: { disabledAt: at } });
  await db.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: at } });
}

/** Sessions, memberships and reset links go with the user. */
export async function deleteUser(db: IdentityDb, userId: string): Promise<void> {
  await db.user.deleteMany({ where: { id: userId } });
}

interface UsableSession {
  readonly id: string;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** Where the person may enter, by name. */
  readonly memberships: readonly OwnMembership[];
}

/**
 * The session and its user when it may still be used at `now`: not revoked, not expired, not idle, user not disabled;
 * and the organizations that the user may enter at this moment. One statement, because every request reads it.
 */
export async function findUsableSession(sidHash: string, now: Date): Promise<UsableSession | null> {
  const rows = await identityReader.$queryRaw<UsableSession[]>`
    SELECT s.id::text AS id, s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt", u.id::text AS "userId", u.name,
           u.email,
           (SELECT coalesce(json_agg(json_build_object('role', m.role, 'canApprove', m.can_approve,
                      'organization', json_build_object('id', o.id, 'slug', o.slug, 'name', o.name)) ORDER BY o.name), '[]')
            FROM memberships m JOIN organizations o ON o.id = m.tenant_id
            WHERE m.user_id = u.id AND o.erasing_at IS NULL) AS memberships
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.sid_hash = ${sidHash} AND s.revoked_at IS NULL AND s.expires_at > ${now}::timestamptz
      AND s.idle_expires_at > ${now}::timestamptz AND u.disabled_at IS NULL`;
  return rows[0] ?? null;
}

/** Moves the idle deadline. Conditional on `seenBefore`, so that parallel requests write once. */
export async function touchSession(
  id: string,
  seenBefore: Date,
  now: Date,
  idleExpiresAt: Date,
): Promise<void> {
  await prisma.session.updateMany({
    where: { id, lastSeenAt: { lt: seenBefore }, revokedAt: null },
    data: { lastSeenAt: now, idleExpiresAt },
  });
}

export async function revokeSessionByHash(sidHash: string, at: Date): Promise<void> {
  await prisma.session.updateMany({ where: { sidHash, revokedAt: null }, data: { revokedAt: at } });
}

/** Only a session of this very user; false when there is none. */
export async function revokeSessionOfUser(userId: string, sessionId: string, at: Date): Promise<boolean> {
  const { count } = await prisma.session.updateMany({
    where: { id: sessionId, userId, revokedAt: null },
    data: { revokedAt: at },
  });
  return count === 1;
}

export function listUsableSessions(userId: string, now: Date) {
  return prisma.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now }, idleExpiresAt: { gt: now } },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
    select: { id: true, userAgent: true, address: true, createdAt: true, lastSeenAt: true, expiresAt: true },
  });
}

/** A new reset link ends the older ones of the same user. */
export async function createPasswordReset(
  input: { userId: string; tokenHash: string; expiresAt: Date },
  now: Date,
) {
  await prisma.$transaction([
    prisma.passwordReset.updateMany({ where: { userId: input.userId, usedAt: null }, data: { usedAt: now } }),
    prisma.passwordReset.create({ data: input, select: { id: true } }),
  ]);
}

export function findUsablePasswordReset(tokenHash: string, now: Date) {
  return prisma.passwordReset.findFirst({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: { id: true, user: { select: { id: true, email: true, name: true } } },
  });
}
