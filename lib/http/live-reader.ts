import { sessionUser } from "@/lib/auth/session";
import { readSessionCookie } from "@/lib/auth/session-cookie";
import { AppError } from "@/lib/errors";
import type { Permission } from "@/lib/tenancy/permissions";
import { tenantForUser } from "@/lib/tenancy/require-tenant";

/** Who reads an answer that stays open. */
export interface LiveReader {
  /** Names the session; opens none. */
  readonly session: string;
  /** Whether the session still stands and its person may still read here. */
  stillMay(): Promise<boolean>;
}

/** The reader behind the request's cookie. Asking whether they still may moves no deadline: nobody did anything. */
export async function liveReader(organization: string, permission: Permission): Promise<LiveReader> {
  const session = await readSessionCookie();
  if (session === null) throw new AppError("unauthenticated", "Sign in to continue.");
  return readerOf(session, organization, permission);
}

function readerOf(session: string, organization: string, permission: Permission): LiveReader {
  return {
    session,
    stillMay: async () => {
      const userId = await sessionUser(session);
      if (userId === null) return false;
      try {
        await tenantForUser(userId, organization, permission);
        return true;
      } catch (error) {
        if (error instanceof AppError) return false;
        throw error;
      }
    },
  };
}
