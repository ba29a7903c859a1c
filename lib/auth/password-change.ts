import type { z } from "zod";
import { findUserById, revokeSessionsOfUser, setPasswordHash } from "@/lib/db/system/identity";
import { AppError } from "@/lib/errors";
import type { passwordChange } from "./auth-input";
import { hashPassword, verifyPassword } from "./password-hash";
import { limit } from "./rate-limit";
import type { CurrentSession } from "./session";
import { requireGoodPassword } from "./sign-up";

/** Asks for the password again before a step that cannot be undone. Throws `invalid_input` on `field`. */
export async function confirmPassword(userId: string, password: string, field: string): Promise<void> {
  await limit("passwordChangeByPerson", userId);
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
  input: z.output<typeof passwordChange>,
): Promise<{ endedSessions: number }> {
  await confirmPassword(session.userId, input.currentPassword, "currentPassword");
  if (input.newPassword === input.currentPassword) {
    const text = "This is your current password. Choose another.";
    throw new AppError("invalid_input", text, { fields: { newPassword: text } });
  }
  await requireGoodPassword(input.newPassword, [session.email, session.name], "newPassword");
  await setPasswordHash(session.userId, await hashPassword(input.newPassword));
  return { endedSessions: await revokeSessionsOfUser(session.userId, session.sessionId, new Date()) };
}
