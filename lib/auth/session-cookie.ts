import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import type { BrowserSecrets } from "./client-info";
import { hashSecret } from "./secret";
import { knownBrowserSeconds, sessionLifetime } from "./session-lifetime";

export function servedOverHttps(): boolean {
  return env.POSTURIO_URL.startsWith("https:");
}

/** `__Host-` binds the cookie to this very host; browsers accept it only over https. */
export function cookieName(name: string): string {
  return servedOverHttps() ? `__Host-posturio.${name}` : `posturio.${name}`;
}

export function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: servedOverHttps() } as const;
}

/**
 * Signs the browser in: the cookie is next-auth's encrypted token, which carries only the opaque session id. A second one
 * makes the browser known for longer.
 */
export async function writeSessionCookies({ sid, browser }: BrowserSecrets): Promise<void> {
  const maxAge = sessionLifetime.absoluteSeconds;
  const token = await encode({ token: { sid }, secret: env.NEXTAUTH_SECRET, maxAge });
  (await cookies()).set(cookieName("sid"), token, { ...cookieOptions(), maxAge });
  await writeKnownBrowserCookie(browser);
}

/**
 * The browser's secret, kept after signing out: by it wrong passwords that strangers send are told from the person's own.
 * It opens nothing without the password.
 */
export async function writeKnownBrowserCookie(secret: string): Promise<void> {
  const options = { ...cookieOptions(), maxAge: knownBrowserSeconds };
  (await cookies()).set(cookieName("browser"), secret, options);
}

export async function readKnownBrowserCookie(): Promise<string | null> {
  return (await cookies()).get(cookieName("browser"))?.value ?? null;
}

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(cookieName("sid"), "", { ...cookieOptions(), maxAge: 0 });
}

/** How many cookies a process remembers: one for each person who is at work. */
const mostRemembered = 1_000;

interface Opened {
  readonly sidHash: string;
  readonly expiresAt: number;
}

/**
 * What cookies say that were decrypted already, under their hashes: deriving the key and decrypting costs more than
 * reading the session. Hashes only, so that nothing in it opens a session; and it answers for no session, which is read
 * from the database at every request.
 */
const opened = new Map<string, Opened>();

/** Hash of the session id that a cookie carries; null when we did not write it or it has expired. */
export async function openSessionCookie(value: string, now = Date.now()): Promise<string | null> {
  const key = hashSecret(value);
  const known = opened.get(key) ?? (await decrypted(value));
  // The last used stands last, so that the first to go is the one unused for longest.
  opened.delete(key);
  if (known === null || known.expiresAt <= now) return null;
  opened.set(key, known);
  if (opened.size > mostRemembered) opened.delete(opened.keys().next().value ?? "");
  return known.sidHash;
}

async function decrypted(value: string): Promise<Opened | null> {
  try {
    const token = await decode({ token: value, secret: env.NEXTAUTH_SECRET });
    if (typeof token?.sid !== "string" || typeof token["exp"] !== "number") return null;
    return { sidHash: hashSecret(token.sid), expiresAt: token["exp"] * 1_000 };
  } catch {
    // Forged, written with an earlier secret, or expired: none of them is a fault of ours.
    return null;
  }
}

/** Hash of the session id in the request's cookie, or null: only which session it claims to be. */
export async function readSessionCookie(): Promise<string | null> {
  const value = (await cookies()).get(cookieName("sid"))?.value;
  return value === undefined ? null : openSessionCookie(value);
}
