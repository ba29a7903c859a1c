import { insertSession } from "@/lib/db/system/sign-in";
import { type BrowserSecrets, browserHashOf, type ClientInfo } from "./client-info";
import { hashSecret, newSecret } from "./secret";
import { knownBrowserSeconds, sessionLifetime } from "./session-lifetime";

/** A new secret for the browser, and how it is stored. */
export function newKnownBrowser(now: Date) {
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + knownBrowserSeconds * 1000);
  return { secret, stored: { secretHash: hashSecret(secret), expiresAt } };
}

/**
 * Starts a session for a person whose password was verified with `passwordHash`, a new one at every sign-in (ASVS 7.2.4),
 * and ends the one the browser had. Null when the password was changed or the user disabled since.
 */
export async function startSession(
  person: { readonly id: string; readonly passwordHash: string },
  from: ClientInfo,
  now = new Date(),
): Promise<BrowserSecrets | null> {
  const sid = newSecret();
  const browser = newKnownBrowser(now);
  const started = await insertSession(
    {
      userId: person.id,
      passwordHash: person.passwordHash,
      sidHash: hashSecret(sid),
      userAgent: from.userAgent.slice(0, 300),
      address: from.address.slice(0, 64),
      expiresAt: new Date(now.getTime() + sessionLifetime.absoluteSeconds * 1000),
      idleExpiresAt: new Date(now.getTime() + sessionLifetime.idleSeconds * 1000),
      formerSidHash: from.sidHash ?? null,
      browser: { ...browser.stored, formerHash: browserHashOf(from) },
    },
    now,
  );
  return started ? { sid, browser: browser.secret } : null;
}
