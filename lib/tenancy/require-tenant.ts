import { limit } from "@/lib/auth/rate-limit";
import { hashSecret } from "@/lib/auth/secret";
import { currentSession } from "@/lib/auth/session";
import type { IdentityDb } from "@/lib/db/identity-db";
import { findMembership, type OwnMembership } from "@/lib/db/system/memberships";
import { findUsableToken, touchToken } from "@/lib/db/system/tokens";
import { AppError, notFound } from "@/lib/errors";
import { authorize } from "./authorize";
import { type Permission, type Role, roles } from "./permissions";
import { admit, type TenantContext } from "./tenant-context";

const slugForm = /^[a-z0-9-]{1,60}$/;

/**
 * The context of the signed-in person for the organization named by the URL, as tenantForUser() gives it: the membership
 * was read from the database with the session, in this request. Throws `unauthenticated` without a session.
 */
export async function requireTenant(
  organizationSlug: string,
  permission: Permission,
  requestId?: string,
): Promise<TenantContext> {
  const session = await currentSession();
  if (session === null) {
    throw new AppError("unauthenticated", "Sign in to continue.");
  }
  const membership = session.memberships.find(({ organization }) => organization.slug === organizationSlug);
  return contextOf(membership, session, permission, requestId);
}

/**
 * The context of a user whose identity is already proven. Membership is read from the database every time; no session
 * holds it. Throws `not_found` for an unknown organization and for one the user is not in (the same answer, so that
 * names cannot be guessed) and `forbidden` without the permission. `db` is a transaction that has just made the
 * membership.
 */
export async function tenantForUser(
  userId: string,
  organizationSlug: string,
  permission: Permission,
  requestId?: string,
  db?: IdentityDb,
): Promise<TenantContext> {
  // What comes from an address or an action may be no name at all; the database refuses some of that as an error.
  const membership = slugForm.test(organizationSlug)
    ? await findMembership(userId, organizationSlug, db)
    : null;
  return contextOf(membership, { userId, ...membership?.user }, permission, requestId);
}

/** `person` is whom the membership was read of. */
function contextOf(
  membership: OwnMembership | null | undefined,
  { userId, name = "", email = "" }: { userId: string; name?: string; email?: string },
  permission: Permission,
  requestId: string | undefined,
): TenantContext {
  if (!membership) throw notFound();
  const ctx = admit({
    organization: membership.organization,
    principal: { type: "user", userId, name, email },
    role: knownRole(membership.role),
    canApprove: membership.canApprove,
    requestId,
  });
  authorize(ctx, permission);
  return ctx;
}

/** A role this version does not know gives no right at all. */
function knownRole(role: string): Role | null {
  return roles.is(role) ? role : null;
}

/**
 * The context of an API token, from the Authorization header. Throws `unauthenticated` when there is none or it is
 * unknown, revoked or expired; `rate_limited` beyond its requests a minute; `forbidden` when its scopes do not reach.
 */
export async function requireTenantFromToken(
  authorizationHeader: string | null | undefined,
  permission: Permission,
  requestId?: string,
): Promise<TenantContext> {
  const secret = /^Bearer +(pst_live_[A-Za-z0-9_-]{20,200})$/i.exec(authorizationHeader ?? "")?.[1];
  const now = new Date();
  const token = secret === undefined ? null : await findUsableToken(hashSecret(secret), now);
  if (token === null) {
    throw new AppError("unauthenticated", "Send a valid API token: Authorization: Bearer pst_live_…");
  }
  // Before its scopes are looked at: what a token may not do costs us as much as what it may.
  await limit("requestsByToken", token.id);
  await touchToken(token.id, now);
  const ctx = admit({
    organization: token.organization,
    principal: { type: "token", tokenId: token.id, name: token.name },
    role: null,
    scopes: token.scopes,
    requestId,
  });
  authorize(ctx, permission);
  return ctx;
}
