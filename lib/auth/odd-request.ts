import type { NextRequest } from "next/server";
import { cookieName } from "./session-cookie";

/** next-auth's endpoints that the product uses. The session endpoint tells a hash and an expiry, no identity. */
const served: ReadonlyMap<string, readonly string[]> = new Map([
  ["csrf", ["GET"]],
  ["providers", ["GET"]],
  ["session", ["GET", "POST"]],
  ["signin", ["GET", "POST"]],
  ["signin/credentials", ["GET", "POST"]],
  ["signout", ["GET", "POST"]],
  ["callback/credentials", ["POST"]],
  ["error", ["GET"]],
]);

const maxBodyBytes = 10_000;

/**
 * The refusal of a request that next-auth would answer with a 500 although nothing of ours is broken: an endpoint that
 * is not served, a method it does not have, text that fits into no header, an address to return to that is none, a
 * broken body. Null when the request may go on. The body is read from a copy.
 */
export async function refuseOddRequest(
  request: NextRequest,
  path: readonly string[],
): Promise<Response | null> {
  const methods = served.get(path.join("/"));
  if (methods === undefined) return refusal(404);
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (!methods.includes(method)) return refusal(405, { allow: methods.join(", ") });
  const params = [...request.nextUrl.searchParams];
  if (!params.flat().every(isPlain)) return refusal(400);
  const returns = request.cookies.get(cookieName("return"))?.value;
  const paths = params.flatMap(([name, value]) => (name === "callbackUrl" ? [value] : []));
  if (![...paths, ...(returns === undefined ? [] : [returns])].every(isAddress)) return refusal(400);
  if (method === "POST" && !(await hasReadableBody(request))) return refusal(400);
  return null;
}

function refusal(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...headers, "cache-control": "no-store" } });
}

/** Printable ASCII: what comes back in a Location header. */
function isPlain(text: string): boolean {
  return text.length <= 2000 && /^[\x20-\x7e]*$/.test(text);
}

function isAddress(text: string): boolean {
  const base = text.startsWith("/") ? "http://return.invalid" : undefined;
  return (
    text === "" ||
    (isPlain(text) && URL.canParse(text, base) && /^https?:/.test(new URL(text, base).protocol))
  );
}

/** A form, or a flat object of texts as JSON. */
async function hasReadableBody(request: NextRequest): Promise<boolean> {
  const text = await request.clone().text();
  if (text.length > maxBodyBytes) return false;
  // By the same test as next-auth's, which reads nothing else as JSON.
  if (!(request.headers.get("content-type") ?? "").includes("application/json")) return true;
  try {
    const body: unknown = JSON.parse(text);
    return (
      typeof body === "object" &&
      body !== null &&
      !Array.isArray(body) &&
      Object.values(body).every((value) => typeof value === "string")
    );
  } catch {
    return false;
  }
}
