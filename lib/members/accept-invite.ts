import type { z } from "zod";
import type { BrowserSecrets, ClientInfo } from "@/lib/auth/client-info";
import { addressKey } from "@/lib/auth/network-address";
import { hashPassword } from "@/lib/auth/password-hash";
import { limit } from "@/lib/auth/rate-limit";
import { hashSecret } from "@/lib/auth/secret";
import { addressTaken, requireGoodPassword } from "@/lib/auth/sign-up";
import { startSession } from "@/lib/auth/start-session";
import type { IdentityDb } from "@/lib/db/identity-db";
import { createUser } from "@/lib/db/system/identity";
import { consumeInvite, findInvite } from "@/lib/db/system/invites";
import { addMember } from "@/lib/db/system/memberships";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import { type Role, roles } from "@/lib/tenancy/permissions";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { inviterRoles, mayInvite } from "./inviters";
import type { inviteAcceptance, inviteSignUp } from "./member-input";

export interface InvitePreview {
  readonly organizationName: string;
  readonly organizationSlug: string;
  readonly inviterName: string | null;
  readonly email: string;
  readonly role: Role;
  readonly canApprove: boolean;
  readonly expiresAt: string;
}

/**
 * Who invites, where, in which role: told before anything is asked. Null when the link is unknown, used, revoked or
 * expired. Reading it changes nothing (mail scanners open links).
 */
export async function previewInvite(secret: string, now = new Date()): Promise<InvitePreview | null> {
  const invite = await findInvite(hashSecret(secret), now);
  if (invite === null || !isOpen(invite)) return null;
  return {
    organizationName: invite.organization.name,
    organizationSlug: invite.organization.slug,
    inviterName: invite.inviter?.name ?? null,
    email: invite.email,
    role: roles.parse(invite.role),
    canApprove: invite.canApprove,
    expiresAt: invite.expiresAt.toISOString(),
  };
}

async function openInvite(secret: string, now: Date) {
  const invite = await findInvite(hashSecret(secret), now);
  if (invite === null || !isOpen(invite)) throw inviteIsOver();
  return invite;
}

function isOpen(invite: { readonly isOpen: boolean; readonly inviter: { readonly role: string } | null }) {
  return invite.isOpen && invite.inviter !== null && mayInvite(invite.inviter.role);
}

function inviteIsOver(): AppError {
  return new AppError(
    "not_found",
    "This invite has been used or withdrawn, or has expired. Ask for a new link.",
  );
}

/** Uses the link and makes the membership in one transaction, so that a link never gives two and is never lost. */
async function join(
  invite: Awaited<ReturnType<typeof openInvite>>,
  now: Date,
  userIn: (db: IdentityDb) => Promise<string>,
): Promise<string> {
  const ctx = await tenantFromJob({ tenantId: invite.tenantId });
  return withIdentity(ctx, async (db) => {
    if (!(await consumeInvite(db, invite, inviterRoles, now))) throw inviteIsOver();
    const userId = await userIn(db);
    const added = await addMember(db, {
      tenantId: invite.tenantId,
      userId,
      role: invite.role,
      canApprove: invite.canApprove,
    });
    if (!added)
      throw new AppError("conflict", "You are already a member of this organization. The link was not used.");
    await audit(db, ctx, "member.joined", `user:${userId}`, {
      inviteId: invite.id,
      role: invite.role,
      invitedBy: invite.invitedBy,
    });
    return userId;
  });
}

/** A signed-in person joins through the link. The link alone carries the right, whatever address it was made for. */
export async function acceptInvite(
  userId: string,
  input: z.output<typeof inviteAcceptance>,
  from: ClientInfo,
  now = new Date(),
): Promise<{ slug: string }> {
  await limit("inviteByAddress", addressKey(from.address));
  await limit("inviteByPerson", userId);
  const invite = await openInvite(input.secret, now);
  await join(invite, now, async () => userId);
  return { slug: invite.organization.slug };
}

/** Someone without a user signs up through the link, for the invited address, and is signed in. */
export async function signUpThroughInvite(
  input: z.output<typeof inviteSignUp>,
  from: ClientInfo,
  now = new Date(),
): Promise<{ slug: string } & BrowserSecrets> {
  const network = addressKey(from.address);
  await limit("inviteByAddress", network);
  const invite = await openInvite(input.secret, now);
  await limit("inviteByPerson", invite.email);
  await requireGoodPassword(input.password, [invite.email, input.name, invite.organization.name]);
  const passwordHash = await hashPassword(input.password, network);
  const userId = await join(invite, now, async (db) => {
    const user = await createUser({ email: invite.email, name: input.name, passwordHash }, db);
    if (user === null)
      throw addressTaken("This address is already registered. Sign in, then open the link again.");
    return user.id;
  });
  const secrets = await startSession({ id: userId, passwordHash }, from);
  // The person was disabled, or has another password, within the moment since: the membership stands, and they sign in.
  if (secrets === null) throw new AppError("unauthenticated", "You are signed up. Sign in to go on.");
  return { slug: invite.organization.slug, ...secrets };
}
