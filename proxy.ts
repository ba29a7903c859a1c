import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
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

/** Paths that nothing has: they get the answer for unknown ones. */
const unknownPage = "/not-found";
const unknownEndpoint = "/api/not-found";

/**
 * Gives every request an id and every answer its security headers. It authorizes nothing: who may see what is decided
 * where the data is read.
 */
export function proxy(request: NextRequest): NextResponse {
  const page = pageKind(request.nextUrl.pathname);
  const policy = contentSecurityPolicy(page, { development: env.NODE_ENV === "development" });
  const headers = new Headers(request.headers);
  headers.set(requestIdHeader, randomUUID());
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  headers.delete("x-nonce");
  headers.delete("content-security-policy");
  if (page.kind === "dynamic") {
    // Next reads the nonce for its own scripts from this request header.
    headers.set("content-security-policy", policy);
    headers.set("x-nonce", page.nonce);
  }
  const passedOn = { request: { headers } };
  const response = canBeDecoded(request.nextUrl.pathname)
    ? NextResponse.next(passedOn)
    : NextResponse.rewrite(
        new URL(page.kind === "api" ? unknownEndpoint : unknownPage, request.url),
        passedOn,
      );
  response.headers.set("content-security-policy", policy);
  const https = env.POSTURIO_URL.startsWith("https:");
  for (const [name, value] of Object.entries(securityHeaders({ https }))) response.headers.set(name, value);
  return response;
}

/** Everything but the build's own immutable files. */
export const config = { matcher: ["/((?!_next/static/|_next/image).*)"] };
