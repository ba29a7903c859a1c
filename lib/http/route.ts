import { unstable_rethrow } from "next/navigation";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import { clientAddress } from "@/lib/auth/client-address";
import { addressKey, limit } from "@/lib/auth/rate-limit";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { queryObject, typedValues } from "@/lib/input/text-values";
import { authorize } from "@/lib/tenancy/authorize";
import type { Permission } from "@/lib/tenancy/permissions";
import { requireTenant, tenantFromToken } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { logFailure } from "./log-failure";
import { problemResponse } from "./problem";
import { requestIdHeader, requestIdOf } from "./request-id";
import { requireSameOrigin } from "./same-origin";

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

/** How a caller proves who it is: our own pages by the session cookie, customers by a bearer token. */
export type RouteAuth = "session" | "token" | "none";

export interface RouteOptions<A extends RouteAuth, P extends Schema, Q extends Schema, B extends Schema> {
  readonly auth: A;
  /** Checked before the handler runs; the use case checks its own again. Required unless auth is "none". */
  readonly permission?: A extends "none" ? undefined : Permission;
  /** With auth "session" it has `org`, the organization of the URL. */
  readonly params?: P;
  readonly query?: Q;
  /** JSON body. */
  readonly body?: B;
  /** Status of a success that is not a Response. */
  readonly status?: number;
}

export interface RouteCall<A extends RouteAuth, P extends Schema, Q extends Schema, B extends Schema> {
  readonly ctx: A extends "none" ? null : TenantContext;
  readonly params: Parsed<P>;
  readonly query: Parsed<Q>;
  readonly body: Parsed<B>;
  readonly request: NextRequest;
  readonly requestId: string;
}

export type RouteHandler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);
const maxBodyBytes = 100_000;

async function readJson(request: NextRequest): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new AppError("invalid_input", "Send the body as JSON, with Content-Type: application/json.");
  }
  const text = await request.text();
  if (text.length > maxBodyBytes)
    throw new AppError("invalid_input", "The body is too large: at most 100 kB.");
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid_input", "The body is not valid JSON.");
  }
}

async function tenantOf(
  { auth, permission }: { auth: RouteAuth; permission?: Permission | undefined },
  request: NextRequest,
  params: { org?: unknown },
  requestId: string,
): Promise<TenantContext | null> {
  if (auth === "none") return null;
  if (permission === undefined) throw new Error("a route with a caller needs a permission");
  if (auth === "session") return requireTenant(String(params.org), permission, requestId);
  try {
    const ctx = await tenantFromToken(request.headers.get("authorization"), requestId);
    // Counted before it is judged: requests that are refused cost as much as others.
    if (ctx.principal.type === "token") await limit("requestsByToken", ctx.principal.tokenId);
    authorize(ctx, permission);
    return ctx;
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") {
      await limit("tokenRefusedByAddress", addressKey(clientAddress(request.headers)));
    }
    throw error;
  }
}

/**
 * Wraps a route handler: who calls, where from, strict input, errors as RFC 9457 problems, request id, no-store.
 * Requests that change something with the session cookie must come from our own pages; a bearer token is sent by
 * nobody's browser on its own, so those are exempt. A returned Response goes out as it is.
 */
export function route<
  A extends RouteAuth,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  options: RouteOptions<A, P, Q, B>,
  handler: (call: RouteCall<A, P, Q, B>) => Promise<unknown>,
): RouteHandler {
  return async (request, context) => {
    const requestId = requestIdOf(request.headers);
    try {
      if (options.auth !== "token" && !safeMethods.has(request.method)) {
        requireSameOrigin(request.headers, env.POSTURIO_URL);
      }
      const rawParams = (await context.params) ?? {};
      const ctx = await tenantOf(options, request, rawParams, requestId);
      const call = {
        ctx,
        params:
          options.params === undefined
            ? undefined
            : parse(options.params, typedValues(options.params, rawParams)),
        query:
          options.query === undefined
            ? undefined
            : parse(options.query, typedValues(options.query, queryObject(request.nextUrl.searchParams))),
        body: options.body === undefined ? undefined : parse(options.body, await readJson(request)),
        request,
        requestId,
      } as RouteCall<A, P, Q, B>;
      const value = await handler(call);
      if (value instanceof Response) {
        value.headers.set(requestIdHeader, requestId);
        if (!value.headers.has("cache-control")) value.headers.set("cache-control", "no-store");
        return value;
      }
      const headers = { "cache-control": "no-store", [requestIdHeader]: requestId };
      return value === undefined
        ? new Response(null, { status: 204, headers })
        : Response.json(value, { status: options.status ?? 200, headers });
    } catch (error) {
      unstable_rethrow(error);
      logFailure(error, requestId, `${request.method} ${request.nextUrl.pathname}`);
      return problemResponse(error, requestId);
    }
  };
}
