import { headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { unavailableReason } from "@/lib/db/unavailable";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { LineBudget } from "@/lib/line-budget";
import { logger } from "@/lib/logger";
import { signInInput } from "./auth-input";
import { readClientInfo } from "./read-client-info";
import { safeReturnPath } from "./return-path";
import { hashSecret } from "./secret";
import { cookieName, cookieOptions, writeKnownBrowserCookie } from "./session-cookie";
import { sessionLifetime } from "./session-lifetime";
import { endSession, signIn } from "./sign-in";

const budget = new LineBudget(20, 60_000, (code, left) =>
  logger.warn({ code, left }, "next-auth: more of these"),
);

/**
 * next-auth, kept thin: it encrypts the cookie and (later) speaks OIDC. Its token carries an opaque session id and
 * nothing else; sessions, membership and roles are ours, in the database. A function, because the environment is not
 * read at build time.
 */
export function authOptions(): NextAuthOptions {
  const options = cookieOptions();
  return {
    secret: env.NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: sessionLifetime.absoluteSeconds },
    pages: { signIn: "/login", error: "/login", signOut: "/account" },
    useSecureCookies: options.secure,
    cookies: {
      sessionToken: { name: cookieName("sid"), options },
      csrfToken: { name: cookieName("csrf"), options },
      callbackUrl: { name: cookieName("return"), options },
    },
    providers: [
      CredentialsProvider({
        name: "E-mail and password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (credentials) => {
          const input = parse(signInInput, {
            email: credentials?.email ?? "",
            password: credentials?.password ?? "",
          });
          const { userId, sid, browser } = await signIn(input, await readClientInfo(await headers())).catch(
            untold,
          );
          await writeKnownBrowserCookie(browser);
          return { id: userId, sid };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        const sid = user?.sid ?? token.sid;
        return sid === undefined ? {} : { sid };
      },
      session: ({ session, token }) => ({
        expires: session.expires,
        ...(token.sid === undefined ? {} : { sidHash: hashSecret(token.sid) }),
      }),
      redirect: ({ url, baseUrl }) => {
        const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url;
        return baseUrl + safeReturnPath(path);
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sid !== undefined) await endSession(hashSecret(token.sid));
      },
    },
    logger: {
      error: (code, metadata) => {
        // A cookie of anybody's making is enough for one.
        if (!budget.mayWrite(code)) return;
        logger.warn({ code, error: metadata instanceof Error ? metadata.name : undefined }, "next-auth");
      },
      warn: (code) => logger.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}

/** next-auth writes the text of an error into the address it redirects to: only texts meant for people may get there. */
function untold(error: unknown): never {
  if (error instanceof AppError) throw error;
  const reason = unavailableReason(error);
  if (reason === null) logger.error({ error }, "sign-in failed");
  else if (budget.mayWrite("unavailable"))
    logger.warn({ reason }, "sign-in failed: the database is not available");
  throw new Error(reason === null ? "unexpected" : "unavailable");
}
