import NextAuth from "next-auth";
import { env } from "@/lib/env";
import { isSameOrigin } from "@/lib/http/same-origin";
import { authOptions } from "./auth-options";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's endpoints that the product uses. The session endpoint tells a hash and an expiry, no identity. */
const served = new Set(["csrf", "providers", "session", "signin", "signout", "callback", "error"]);

/** next-auth's own endpoints, with an exact origin check in front of what changes something. */
export async function authHandler(request: Request, context: Context): Promise<Response> {
  const [name = ""] = (await context.params).nextauth;
  if (!served.has(name)) return new Response(null, { status: 404 });
  if (request.method !== "GET") {
    if (!isSameOrigin(request.headers, env.POSTURIO_URL)) return new Response(null, { status: 403 });
  }
  const response: Response = await NextAuth(authOptions())(request, context);
  response.headers.set("cache-control", "no-store");
  return response;
}
