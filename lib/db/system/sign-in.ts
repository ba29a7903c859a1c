import { identityPrisma as prisma } from "@/lib/db/client";

export interface PersonSigningIn {
  readonly id: string;
  readonly passwordHash: string;
  readonly isDisabled: boolean;
  /** Whether the person has signed in with this browser before. */
  readonly isKnownBrowser: boolean;
}

/** Global because a person signs in before any organization is known. `email` must be normalized. One read for all. */
export async function findPersonSigningIn(
  email: string,
  browserHash: string | null,
  now: Date,
): Promise<PersonSigningIn | null> {
  const rows = await prisma.$queryRaw<PersonSigningIn[]>`
    SELECT u.id::text AS id, u.password_hash AS "passwordHash", u.disabled_at IS NOT NULL AS "isDisabled",
      EXISTS (SELECT 1 FROM known_browsers b WHERE b.user_id = u.id AND b.secret_hash = ${browserHash}
                AND b.expires_at > ${now}::timestamptz) AS "isKnownBrowser"
    FROM users u WHERE u.email = ${email}`;
  return rows[0] ?? null;
}

/** Sessions of one person that are alive together. As many as the page of sessions lists. */
export const sessionsOfOnePerson = 100;

/** Browsers that are remembered for one person. */
const browsersOfOnePerson = 20;

export interface NewSession {
  readonly userId: string;
  /** The hash that the given password was verified with. */
  readonly passwordHash: string;
  readonly sidHash: string;
  readonly userAgent: string;
  readonly address: string;
  readonly expiresAt: Date;
  readonly idleExpiresAt: Date;
  /** The session that the browser had until now, of whoever it was. */
  readonly formerSidHash: string | null;
  readonly browser: {
    readonly formerHash: string | null;
    readonly secretHash: string;
    readonly expiresAt: Date;
  };
}

/**
 * Starts the session, ends the one the browser had before and the oldest beyond `sessionsOfOnePerson`, and remembers the
 * browser. False, and nothing is written, when the password was changed or the user disabled since it was verified: the
 * row of the user is locked until the session stands, and whoever changes the password locks it too, so that either this
 * sees the new password or the change sees this session.
 */
export function insertSession(input: NewSession, now: Date): Promise<boolean> {
  const { userId, browser } = input;
  return prisma.$transaction(async (db) => {
    const started = await db.$executeRaw`
      INSERT INTO sessions (user_id, sid_hash, user_agent, address, expires_at, idle_expires_at)
      SELECT id, ${input.sidHash}, ${input.userAgent}, ${input.address}, ${input.expiresAt}::timestamptz,
        ${input.idleExpiresAt}::timestamptz
      FROM users WHERE id = ${userId}::uuid AND password_hash = ${input.passwordHash} AND disabled_at IS NULL
      FOR NO KEY UPDATE`;
    if (started !== 1) return false;
    if (input.formerSidHash !== null) {
      await db.session.updateMany({
        where: { sidHash: input.formerSidHash, revokedAt: null },
        data: { revokedAt: now },
      });
    }
    await db.$executeRaw`
      UPDATE sessions SET revoked_at = ${now} WHERE id IN (
        SELECT id FROM sessions
        WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND LEAST(expires_at, idle_expires_at) > ${now}::timestamptz
        ORDER BY sid_hash = ${input.sidHash} DESC, created_at DESC OFFSET ${sessionsOfOnePerson})`;
    // Another secret each time, for everybody the browser is known to: a copy of the old one is worth nothing.
    if (browser.formerHash !== null) {
      await db.knownBrowser.updateMany({
        where: { secretHash: browser.formerHash },
        data: { secretHash: browser.secretHash },
      });
    }
    await db.$executeRaw`
      INSERT INTO known_browsers (secret_hash, user_id, expires_at)
      VALUES (${browser.secretHash}, ${userId}::uuid, ${browser.expiresAt}::timestamptz)
      ON CONFLICT (secret_hash, user_id) DO UPDATE SET expires_at = EXCLUDED.expires_at`;
    await db.$executeRaw`
      DELETE FROM known_browsers WHERE user_id = ${userId}::uuid AND secret_hash IN (
        SELECT secret_hash FROM known_browsers WHERE user_id = ${userId}::uuid
        ORDER BY expires_at DESC OFFSET ${browsersOfOnePerson})`;
    return true;
  });
}
