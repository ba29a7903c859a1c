import { identityPrisma as prisma } from "@/lib/db/client";
import type { IdentityDb } from "@/lib/db/identity-db";

// Everything here locks the row of the user first, as starting a session does: what runs at the same moment waits, and
// then sees what was changed.

/** What may stay when everything else of a person ends: the session and the browser in which the person acts. */
export interface Kept {
  readonly sessionId: string | null;
  readonly browserHash: string | null;
}

const nothing: Kept = { sessionId: null, browserHash: null };

/** Ends sessions, open reset links and known browsers. Returns how many sessions. */
async function endAll(db: IdentityDb, userId: string, kept: Kept, now: Date): Promise<number> {
  const sessions = await db.session.updateMany({
    where: { userId, revokedAt: null, ...(kept.sessionId === null ? {} : { id: { not: kept.sessionId } }) },
    data: { revokedAt: now },
  });
  await db.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } });
  await db.knownBrowser.deleteMany({
    where: { userId, ...(kept.browserHash === null ? {} : { secretHash: { not: kept.browserHash } }) },
  });
  return sessions.count;
}

/**
 * Sets the new hash in place of the one that was verified, and ends every session but `kept`, every open reset link and
 * every known browser but `kept`. Returns how many sessions ended, or null when the password was changed meanwhile.
 */
export function replacePasswordHash(
  input: { userId: string; verifiedHash: string; passwordHash: string },
  kept: Kept,
  now: Date,
): Promise<number | null> {
  return prisma.$transaction(async (db) => {
    const changed = await db.user.updateMany({
      where: { id: input.userId, passwordHash: input.verifiedHash, disabledAt: null },
      data: { passwordHash: input.passwordHash },
    });
    return changed.count === 1 ? endAll(db, input.userId, kept, now) : null;
  });
}

/** Ends every session and reset link of the person and forgets every browser. */
export function endEverything(userId: string, now: Date): Promise<number> {
  return prisma.$transaction(async (db) => {
    await db.$executeRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    return endAll(db, userId, nothing, now);
  });
}

/**
 * Uses the link, sets the password, ends every session, link and known browser of the user, and remembers the browser
 * in which it was done: all or nothing. False when the link was used or expired or the user disabled in the meantime.
 */
export function redeemPasswordReset(
  input: {
    id: string;
    userId: string;
    passwordHash: string;
    browser: { secretHash: string; expiresAt: Date };
  },
  now: Date,
): Promise<boolean> {
  const { id, userId, passwordHash, browser } = input;
  return prisma.$transaction(async (db) => {
    // Takes back nothing when the link is over: the lock alone comes first.
    const locked =
      await db.$executeRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid AND disabled_at IS NULL FOR NO KEY UPDATE`;
    if (locked !== 1) return false;
    const used = await db.passwordReset.updateMany({
      where: { id, userId, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    if (used.count !== 1) return false;
    await db.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } });
    await endAll(db, userId, nothing, now);
    await db.knownBrowser.create({ data: { userId, ...browser }, select: { userId: true } });
    return true;
  });
}
