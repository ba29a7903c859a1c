import type { z } from "zod";
import { findUserById } from "@/lib/db/system/identity";
import { endEverything, replacePasswordHash } from "@/lib/db/system/passwords";
import { AppError } from "@/lib/errors";
import type { passwordChange } from "./auth-input";
import { browserHashOf, type ClientInfo } from "./client-info";
import { hashPassword, verifyPassword } from "./password-hash";
import { limit } from "./rate-limit";
import type { CurrentSession } from "./session";
import { requireGoodPassword } from "./sign-up";

function notCurrent(field: string): AppError {
  const text = "This is not your current password.";
  return new AppError("invalid_input", text, { fields: { [field]: text } });
}

/**
 * Asks for the password again before a step that cannot be undone. Throws `invalid_input` on `field`. Returns the hash
 * that it was verified with.
 */
export async function confirmPassword(userId: string, password: string, field: string): Promise<string> {
  await limit("passwordChangeByPerson", userId);
  const user = await findUserById(userId);
  const matches = await verifyPassword(user?.passwordHash ?? null, password, { sender: userId });
  if (user === null || !matches) throw notCurrent(field);
  return user.passwordHash;
}

/**
 * Sets a new password after the current one was given. Every other session of the user, every open reset link and every
 * other known browser ends with it.
 */
export async function changePassword(
  session: CurrentSession,
  input: z.output<typeof passwordChange>,
  from: ClientInfo,
): Promise<{ endedSessions: number }> {
  const verifiedHash = await confirmPassword(session.userId, input.currentPassword, "currentPassword");
  if (input.newPassword === input.currentPassword) {
    const text = "This is your current password. Choose another.";
    throw new AppError("invalid_input", text, { fields: { newPassword: text } });
  }
  await requireGoodPassword(input.newPassword, [session.email, session.name], "newPassword");
  const passwordHash = await hashPassword(input.newPassword, session.userId);
  const endedSessions = await replacePasswordHash(
    { userId: session.userId, verifiedHash, passwordHash },
    { sessionId: session.sessionId, browserHash: browserHashOf(from) },
    new Date(),
  );
  // Changed elsewhere while this ran: what was given is the current password no longer.
  if (endedSessions === null) throw notCurrent("currentPassword");
  return { endedSessions };
}

/** Ends every session of the person, this one too, every open reset link, and forgets every browser. */
export async function signOutEverywhere(session: CurrentSession): Promise<void> {
  await endEverything(session.userId, new Date());
}
