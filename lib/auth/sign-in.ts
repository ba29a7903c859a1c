import type { z } from "zod";
import { createSession, findUserByEmail, revokeSessionByHash } from "@/lib/db/system/identity";
import { AppError } from "@/lib/errors";
import type { signInInput } from "./auth-input";
import { verifyPassword } from "./password-hash";
import { normalizeEmail } from "./person-fields";
import { addressKey, limit, releaseAttempt } from "./rate-limit";
import { hashSecret, newSecret } from "./secret";
import { sessionLifetime } from "./session-lifetime";

/** Where a request came from, as told by `clientAddress` and the browser. */
export interface ClientInfo {
  readonly address: string;
  readonly userAgent: string;
}

/** Starts a session and returns its id, the only time it exists in clear. A new one at every sign-in (ASVS 7.2.4). */
export async function startSession(userId: string, from: ClientInfo, now = new Date()): Promise<string> {
  const sid = newSecret();
  await createSession({
    userId,
    sidHash: hashSecret(sid),
    userAgent: from.userAgent.slice(0, 300),
    address: from.address.slice(0, 64),
    expiresAt: new Date(now.getTime() + sessionLifetime.absoluteSeconds * 1000),
    idleExpiresAt: new Date(now.getTime() + sessionLifetime.idleSeconds * 1000),
  });
  return sid;
}

/**
 * Checks e-mail and password and starts a session. Throws `rate_limited`, or `unauthenticated` with one text for an
 * unknown address, a wrong password and a disabled user, after the same work.
 */
export async function signIn(
  input: z.output<typeof signInInput>,
  from: ClientInfo,
): Promise<{ userId: string; sid: string }> {
  const email = normalizeEmail(input.email).slice(0, 254);
  const address = addressKey(from.address);
  await limit("signInByAddress", address);
  await limit("signInByEmail", email);
  const user = await findUserByEmail(email);
  const known = user !== null && user.disabledAt === null ? user : null;
  const matches = await verifyPassword(known?.passwordHash ?? null, input.password.slice(0, 1000));
  if (known === null || !matches) {
    throw new AppError(
      "unauthenticated",
      "The e-mail address or password is incorrect. Check both and try again.",
    );
  }
  await releaseAttempt("signInByAddress", address);
  await releaseAttempt("signInByEmail", email);
  return { userId: known.id, sid: await startSession(known.id, from) };
}

/** Ends the session for good; the cookie alone opens nothing afterwards. */
export async function endSession(sidHash: string, now = new Date()): Promise<void> {
  await revokeSessionByHash(sidHash, now);
}
