import { cache } from "react";
import { findUsableSession, touchSession } from "@/lib/db/system/identity";
import type { OwnMembership } from "@/lib/db/system/memberships";
import { readSessionCookie } from "./session-cookie";
import { sessionLifetime } from "./session-lifetime";

export interface CurrentSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  /** Where the person may enter as this request finds it, by name. */
  readonly memberships: readonly OwnMembership[];
}

/**
 * The session behind the hash of a session id, read from the database, or null when it was revoked, has expired, was
 * idle too long or its user is disabled. Moves the idle deadline at most once a minute.
 */
export async function resolveSession(sidHash: string, now = new Date()): Promise<CurrentSession | null> {
  const session = await findUsableSession(sidHash, now);
  if (session === null) return null;
  const seenBefore = new Date(now.getTime() - 60_000);
  if (session.lastSeenAt < seenBefore) {
    const idle = new Date(now.getTime() + sessionLifetime.idleSeconds * 1000);
    await touchSession(session.id, seenBefore, now, idle < session.expiresAt ? idle : session.expiresAt);
  }
  return {
    userId: session.userId,
    sessionId: session.id,
    name: session.name,
    email: session.email,
    memberships: session.memberships,
  };
}

/** The person of a session that still stands, or null. Unlike a request of theirs, asking moves no deadline. */
export async function sessionUser(sidHash: string, now = new Date()): Promise<string | null> {
  return (await findUsableSession(sidHash, now))?.userId ?? null;
}

/**
 * Who is signed in, or null. The cookie says only which session it claims to be; everything else is read from the
 * database, so that revoking works at the next request: the memberships too, in the one statement that a page needs.
 */
export const currentSession: () => Promise<CurrentSession | null> = cache(async () => {
  const sidHash = await readSessionCookie();
  return sidHash === null ? null : resolveSession(sidHash);
});
