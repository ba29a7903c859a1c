import type { z } from "zod";
import { createPasswordReset, findUsablePasswordReset, redeemPasswordReset } from "@/lib/db/system/identity";
import { AppError } from "@/lib/errors";
import type { passwordReset } from "./auth-input";
import { hashPassword } from "./password-hash";
import { addressKey, limit } from "./rate-limit";
import { hashSecret, newSecret } from "./secret";
import { requireGoodPassword } from "./sign-up";

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
    "This link has been used, has expired or never existed. Ask your operator for a new one.",
  );

/** Sets the password through the link, once, and ends every session of the user. The link signs nobody in. */
export async function resetPassword(
  input: z.output<typeof passwordReset>,
  from: { address: string },
  now = new Date(),
): Promise<void> {
  await limit("resetByAddress", addressKey(from.address));
  const reset = await findUsablePasswordReset(hashSecret(input.secret), now);
  if (reset === null) throw linkIsOver();
  await limit("resetByPerson", reset.user.id);
  await requireGoodPassword(input.newPassword, [reset.user.email, reset.user.name], "newPassword");
  const passwordHash = await hashPassword(input.newPassword);
  if (!(await redeemPasswordReset({ id: reset.id, userId: reset.user.id, passwordHash }, now)))
    throw linkIsOver();
}
