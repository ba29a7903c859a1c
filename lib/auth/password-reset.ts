import type { z } from "zod";
import { createPasswordReset, findUsablePasswordReset } from "@/lib/db/system/identity";
import { redeemPasswordReset } from "@/lib/db/system/passwords";
import { AppError } from "@/lib/errors";
import type { passwordReset } from "./auth-input";
import { addressKey } from "./network-address";
import { hashPassword } from "./password-hash";
import { limit } from "./rate-limit";
import { hashSecret, newSecret } from "./secret";
import { requireGoodPassword } from "./sign-up";
import { newKnownBrowser } from "./start-session";

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

/**
 * Sets the password through the link, once, and ends every session and known browser of the user. The link signs nobody
 * in, but makes this browser known: returns its secret. So whoever is kept waiting by strangers has a way in.
 */
export async function resetPassword(
  input: z.output<typeof passwordReset>,
  from: { address: string },
  now = new Date(),
): Promise<{ browser: string }> {
  const network = addressKey(from.address);
  await limit("resetByAddress", network);
  const reset = await findUsablePasswordReset(hashSecret(input.secret), now);
  if (reset === null) throw linkIsOver();
  await limit("resetByPerson", reset.user.id);
  await requireGoodPassword(input.newPassword, [reset.user.email, reset.user.name], "newPassword");
  const passwordHash = await hashPassword(input.newPassword, network);
  const { secret, stored } = newKnownBrowser(now);
  const isRedeemed = await redeemPasswordReset(
    { id: reset.id, userId: reset.user.id, passwordHash, browser: stored },
    now,
  );
  if (!isRedeemed) throw linkIsOver();
  return { browser: secret };
}
