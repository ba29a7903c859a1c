import type { NextRequest } from "next/server";
import { env } from "@/lib/env";
import { isReadableAction } from "./action-body";
import { isOwnHost, isOwnOrigin } from "./own-address";

const ofPages = ["GET", "HEAD", "POST"];
const ofApi = [...ofPages, "PUT", "PATCH", "DELETE", "OPTIONS"];
const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * The answer to a request that nothing here should see, or null. It protects browsers and the log, and decides no
 * right: who may do what is decided without it too. `endpoint`: the methods of an endpoint of the API, where known.
 */
export async function earlyRefusal(
  request: NextRequest,
  endpoint: readonly string[] | null,
): Promise<Response | null> {
  const { pathname } = request.nextUrl;
  // Probes ask by whatever address they have.
  const isProbe = /^\/api\/health(\/|$)/.test(pathname);
  if (!isProbe && !isOwnHost(request.headers.get("host"), env.POSTURIO_URL)) {
    return text(
      421,
      `This installation of Posturio answers under ${env.POSTURIO_URL} only. Open it there, or set POSTURIO_URL.`,
    );
  }
  const isApi = pathname.startsWith("/api/");
  const methods = endpoint ?? (isApi ? ofApi : ofPages);
  if (!methods.includes(request.method)) {
    return text(405, "There is no such method here.", { allow: methods.join(", ") });
  }
  if (isApi) return null;
  if (!safe.has(request.method) && isForeign(request.headers)) {
    return text(403, "This request did not come from a page of Posturio, so nothing was changed.");
  }
  if (!(await isReadableAction(request))) return text(400, "No form of Posturio sends this.");
  return null;
}

/** The framework compares both headers too, and answers 500. */
function isForeign(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null) return false;
  return (
    !isOwnOrigin(origin, env.POSTURIO_URL) || new URL(origin).host !== headers.get("host")?.toLowerCase()
  );
}

function text(status: number, sentence: string, headers: Record<string, string> = {}): Response {
  const all = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers };
  return new Response(`${sentence}\n`, { status, headers: all });
}
