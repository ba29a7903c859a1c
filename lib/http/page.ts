import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type CurrentSession, currentSession } from "@/lib/auth/session";
import { AppError } from "@/lib/errors";
import type { Permission } from "@/lib/tenancy/permissions";
import { requireTenant } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { setAnswer } from "./answer";
import { logFailure } from "./log-failure";
import { pathHeader } from "./page-path";
import { requestIdOf } from "./request-id";
import { retryAfterSeconds, tellable } from "./unavailable";

async function toSignIn(): Promise<never> {
  const path = (await headers()).get(pathHeader) ?? "/";
  redirect(`/login?return=${encodeURIComponent(path)}`);
}

/** The signed-in person, for pages outside any organization. Sends others to the sign-in page and back. */
export async function pageSession(): Promise<CurrentSession> {
  return (await currentSession()) ?? toSignIn();
}

/**
 * The context of a page inside an organization, read once per request by its layout and page together. Sends who is
 * signed out to the sign-in page and back; an unknown organization, one that the person is not in and a missing
 * permission show the same "not found" page.
 */
export const pageTenant: (organization: string, permission: Permission) => Promise<TenantContext> = cache(
  async (organization, permission) => {
    try {
      return await requireTenant(organization, permission, requestIdOf(await headers()));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === "unauthenticated") return toSignIn();
      if (error.code === "not_found" || error.code === "forbidden") notFound();
      throw error;
    }
  },
);

/**
 * Whether a page cannot be shown because our database is away: then its answer is 503 and says when to come back, and
 * the log has one line, however many parts of the page could not be read. Every other error is for the error page.
 */
export async function isPageUnavailable(thrown: unknown): Promise<boolean> {
  const error = tellable(thrown);
  if (error === thrown) return false;
  const requestHeaders = await headers();
  setAnswer(requestHeaders, 503, { "retry-after": String(retryAfterSeconds) });
  logOnce(
    error,
    requestIdOf(requestHeaders),
    requestHeaders.get(pathHeader)?.replace(/\?.*/, "") ?? "a page",
  );
  return true;
}

/** Layout and page of a request meet the same fault. The path's last parts may be a secret link. */
const told = cache((): { yet: boolean } => ({ yet: false }));

function logOnce(error: unknown, requestId: string, path: string): void {
  if (told().yet) return;
  told().yet = true;
  logFailure(error, requestId, `page ${path.replace(/^\/(invite|reset)\/.*/, "/$1/…")}`);
}
