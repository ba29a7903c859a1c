import {
  createPasswordReset,
  findUsablePasswordReset,
  findUserById,
  redeemPasswordReset,
  revokeSessionsOfUser,
  setPasswordHash,
} from "@/lib/db/system/identity";
import { AppError } from "@/lib/errors";
import { hashPassword, verifyPassword } from "./password-hash";
import { addressKey, limit } from "./rate-limit";
import { hashSecret, newSecret } from "./secret";
import type { CurrentSession } from "./session";
import { requireGoodPassword } from "./sign-up";

/** Asks for the password again before a step that cannot be undone. Throws `invalid_input` on `field`. */
export async function confirmPassword(userId: string, password: string, field: string): Promise<void> {
  await limit("passwordChangeByAccount", userId);
  const user = await findUserById(userId);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!matches) {
    const text = "This is not your current password.";
    throw new AppError("invalid_input", text, { fields: { [field]: text } });
  }
}

/** Sets a new password after the current one was given, and ends every other session of the user. */
export async function changePassword(
  session: CurrentSession,
  input: { currentPassword: string; newPassword: string },
): Promise<{ endedSessions: number }> {
  await confirmPassword(session.userId, input.currentPassword, "currentPassword");
  if (input.newPassword === input.currentPassword) {
    const text = "This is the password you have now. Choose another.";
    throw new AppError("invalid_input", text, { fields: { newPassword: text } });
  }
  requireGoodPassword(input.newPassword, [session.email, session.name], "newPassword");
  await setPasswordHash(session.userId, await hashPassword(input.newPassword));
  return { endedSessions: await revokeSessionsOfUser(session.userId, session.sessionId, new Date()) };
}

const resetLifetimeMs = 3600_000;

/** For the operator: a link secret, good for one hour and one use. Older ones of the user end. */
export async function createResetSecret(userId: string, now = new Date()): Promise<string> {
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + resetLifetimeMs);
  await createPasswordReset({ userId, tokenHash: hashSecret(secret), expiresAt }, now);
  return secret;
}

/** Whose password the link sets, or null when it is unknown, used or expired: one answer for all three. */
export async function previewReset(secret: string, now = new Date()): Promise<{ email: string } | null> {
  const reset = await findUsablePasswordReset(hashSecret(secret), now);
  return reset === null ? null : { email: reset.user.email };
}

const linkIsOver = () =>
  new AppError(
    "not_found",
    "This link was used already, has expired or never existed. Ask your operator for a new one.",
  );

/** Sets the password through the link, once, and ends every session of the user. The link signs nobody in. */
export async function resetPassword(
  input: { secret: string; newPassword: string },
  from: { address: string },
  now = new Date(),
): Promise<void> {
  await limit("resetByAddress", addressKey(from.address));
  const reset = await findUsablePasswordReset(hashSecret(input.secret), now);
  if (reset === null) throw linkIsOver();
  await limit("resetByAccount", reset.user.id);
  requireGoodPassword(input.newPassword, [reset.user.email, reset.user.name], "newPassword");
  const passwordHash = await hashPassword(input.newPassword);
  if (!(await redeemPasswordReset({ id: reset.id, userId: reset.user.id, passwordHash }, now)))
    throw linkIsOver();
}
