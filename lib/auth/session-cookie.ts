import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { sessionLifetime } from "./session-lifetime";

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

/** Signs the browser in: the cookie is next-auth's encrypted token, which carries only the opaque session id. */
export async function writeSessionCookie(sid: string): Promise<void> {
  const maxAge = sessionLifetime.absoluteSeconds;
  const token = await encode({ token: { sid }, secret: env.NEXTAUTH_SECRET, maxAge });
  (await cookies()).set(cookieName("sid"), token, { ...cookieOptions(), maxAge });
}

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(cookieName("sid"), "", { ...cookieOptions(), maxAge: 0 });
}
