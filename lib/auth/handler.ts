import NextAuth from "next-auth";
import { env } from "@/lib/env";
import { authOptions } from "./auth-options";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's endpoints that the product uses. The session endpoint tells a hash and an expiry, no identity. */
const served = new Set(["csrf", "providers", "session", "signin", "signout", "callback", "error"]);

/** next-auth's own endpoints, with an exact origin check in front of what changes something. */
export async function authHandler(request: Request, context: Context): Promise<Response> {
  const [name = ""] = (await context.params).nextauth;
  if (!served.has(name)) return new Response(null, { status: 404 });
  if (request.method !== "GET") {
    const sameOrigin =
      request.headers.get("origin") === new URL(env.POSTURIO_URL).origin ||
      request.headers.get("sec-fetch-site") === "same-origin";
    if (!sameOrigin) return new Response(null, { status: 403 });
  }
  const response: Response = await NextAuth(authOptions())(request, context);
  response.headers.set("cache-control", "no-store");
  return response;
}
