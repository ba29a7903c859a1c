import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { env } from "@/lib/env";
import { isSameOrigin } from "@/lib/http/same-origin";
import { authOptions } from "./auth-options";
import { refuseOddRequest } from "./odd-request";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own endpoints, with an exact origin check in front of what changes something. */
export async function authHandler(request: NextRequest, context: Context): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    if (!isSameOrigin(request.headers, env.POSTURIO_URL)) return new Response(null, { status: 403 });
  }
  const refused = await refuseOddRequest(request, (await context.params).nextauth);
  if (refused !== null) return refused;
  const response: Response = await NextAuth(authOptions())(request, context);
  response.headers.set("cache-control", "no-store");
  return response;
}
