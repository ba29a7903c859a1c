import { headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { parse } from "@/lib/input/parse";
import { logger } from "@/lib/logger";
import { signInInput } from "./auth-input";
import { readClientInfo } from "./read-client-info";
import { safeReturnPath } from "./return-path";
import { hashSecret } from "./secret";
import { cookieName, cookieOptions, writeKnownBrowserCookie } from "./session-cookie";
import { sessionLifetime } from "./session-lifetime";
import { endSession, signIn } from "./sign-in";

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
          const { userId, sid, browser } = await signIn(input, await readClientInfo(await headers()));
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
      error: (code, metadata) =>
        logger.warn({ code, error: metadata instanceof Error ? metadata.name : undefined }, "next-auth"),
      warn: (code) => logger.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
