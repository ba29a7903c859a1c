import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { methodsAt } from "@/app/api/v1/methods";
import { env } from "@/lib/env";
import { earlyRefusal } from "@/lib/http/early-refusal";
import { pathHeader } from "@/lib/http/page-path";
import { requestIdHeader } from "@/lib/http/request-id";
import { contentSecurityPolicy, type PageKind, securityHeaders } from "@/lib/http/security-headers";
import { readStaticPageHashes } from "@/lib/http/static-page-hashes";

const staticPages = readStaticPageHashes();

/** Pages that judge what a person pastes: the browser itself makes sure that nothing leaves them. */
const offlinePage = /^\/checks\/[^/]+\/try$/;

function pageKind(pathname: string): PageKind {
  if (pathname.startsWith("/api/")) return { kind: "api" };
  const hashes = staticPages.get(pathname);
  if (hashes !== undefined) return { kind: "static", hashes, isOffline: offlinePage.test(pathname) };
  return { kind: "dynamic", nonce: randomBytes(16).toString("base64") };
}

/** A path that is no valid percent-encoding names nothing; the framework would answer it with a bare 500. */
function canBeDecoded(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** A NUL in an address of a page: the database has no room for it, so nothing has such a name. */
const nul = /%00/;

/**
 * A check that there is not. Its page is made at build time for those that there are, and when the framework asks such
 * a page for its data alone, it answers an unknown one with 500.
 */
function isUnknownCheck(pathname: string): boolean {
  const check = /^\/checks\/[^/]+/.exec(pathname)?.[0];
  return check !== undefined && staticPages.size > 0 && !staticPages.has(check);
}

function namesNothing(
  { pathname, search }: { pathname: string; search: string },
  { kind }: PageKind,
): boolean {
  if (!canBeDecoded(pathname)) return true;
  return kind !== "api" && (nul.test(pathname) || nul.test(search) || isUnknownCheck(pathname));
}

/** Paths that nothing has: they get the answer for unknown ones. */
const unknownPage = "/not-found";
const unknownEndpoint = "/api/not-found";

/**
 * Gives every request an id and every answer its security headers, and keeps out what is no request of ours at all. It
 * authorizes nothing: who may see what is decided where the data is read.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const page = pageKind(request.nextUrl.pathname);
  const policy = contentSecurityPolicy(page, { development: env.NODE_ENV === "development" });
  const headers = new Headers(request.headers);
  headers.set(requestIdHeader, randomUUID());
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  headers.delete("x-nonce");
  headers.delete("content-security-policy");
  // The Host was compared with our own; no other header speaks for it.
  headers.delete("x-forwarded-host");
  if (page.kind === "dynamic") {
    // Next reads the nonce for its own scripts from this request header.
    headers.set("content-security-policy", policy);
    headers.set("x-nonce", page.nonce);
  }
  const passedOn = { request: { headers } };
  const unknown = new URL(page.kind === "api" ? unknownEndpoint : unknownPage, request.url);
  const response =
    (await earlyRefusal(request, methodsAt(request.nextUrl.pathname))) ??
    (namesNothing(request.nextUrl, page)
      ? NextResponse.rewrite(unknown, passedOn)
      : NextResponse.next(passedOn));
  response.headers.set("content-security-policy", policy);
  const https = env.POSTURIO_URL.startsWith("https:");
  for (const [name, value] of Object.entries(securityHeaders({ https }))) response.headers.set(name, value);
  return response;
}

/** Everything but the build's own immutable files. */
export const config = { matcher: ["/((?!_next/static/|_next/image).*)"] };
