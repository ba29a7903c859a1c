import { listUsableSessions, revokeSessionOfUser } from "@/lib/db/system/identity";
import { notFound } from "@/lib/errors";
import type { CurrentSession } from "./session";

export interface SessionRow {
  readonly id: string;
  readonly device: string;
  readonly address: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly isCurrent: boolean;
}

/** `Firefox on Linux`, roughly: enough to recognize one's own devices, no fingerprint. */
export function deviceOf(userAgent: string): string {
  const browser =
    (
      [
        [/Edg\//, "Edge"],
        [/OPR\//, "Opera"],
        [/Firefox\//, "Firefox"],
        [/Chrome\//, "Chrome"],
        [/Safari\//, "Safari"],
      ] as const
    ).find(([pattern]) => pattern.test(userAgent))?.[1] ?? "Unknown browser";
  const system = (
    [
      [/iPhone|iPad/, "iOS"],
      [/Android/, "Android"],
      [/Windows/, "Windows"],
      [/Mac OS X/, "macOS"],
      [/Linux/, "Linux"],
    ] as const
  ).find(([pattern]) => pattern.test(userAgent))?.[1];
  return system === undefined ? browser : `${browser} on ${system}`;
}

/** Own sessions that still work, last used first. */
export async function listSessions(session: CurrentSession): Promise<readonly SessionRow[]> {
  const rows = await listUsableSessions(session.userId, new Date());
  return rows.map((row) => ({
    id: row.id,
    device: deviceOf(row.userAgent),
    address: row.address,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    isCurrent: row.id === session.sessionId,
  }));
}

/** Ends one of one's own sessions. Another person's gives `not_found`. */
export async function revokeSession(session: CurrentSession, sessionId: string): Promise<void> {
  if (!(await revokeSessionOfUser(session.userId, sessionId, new Date()))) throw notFound();
}
