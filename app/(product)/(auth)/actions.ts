"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { passwordReset, signInInput, signUpInput } from "@/lib/auth/auth-input";
import { resetPassword } from "@/lib/auth/password-reset";
import { safeReturnPath } from "@/lib/auth/return-path";
import { clearSessionCookie, writeKnownBrowserCookie, writeSessionCookies } from "@/lib/auth/session-cookie";
import { revokeSession } from "@/lib/auth/sessions";
import { signIn as startSignIn } from "@/lib/auth/sign-in";
import { signUp as startSignUp } from "@/lib/auth/sign-up";
import { personAction, publicAction } from "@/lib/http/action";
import { acceptInvite, signUpThroughInvite } from "@/lib/members/accept-invite";
import { inviteAcceptance, inviteSignUp } from "@/lib/members/member-input";
import { listMyOrganizations } from "@/lib/organizations/organizations";

async function homeOf(userId: string): Promise<string> {
  const [first] = await listMyOrganizations(userId);
  return first === undefined ? "/welcome" : `/o/${first.slug}`;
}

export const signIn = publicAction(
  { input: signInInput.extend({ return: z.string().max(1000).optional() }) },
  async ({ return: returnTo, ...input }, from) => {
    const { userId, ...secrets } = await startSignIn(input, from);
    await writeSessionCookies(secrets);
    redirect(safeReturnPath(returnTo, await homeOf(userId)));
  },
);

export const signUp = publicAction({ input: signUpInput }, async (input, from) => {
  await startSignUp(input, from);
  redirect("/login?done=sign-up");
});

export const acceptAsMyself = personAction({ input: inviteAcceptance }, async (session, input, from) => {
  const { slug } = await acceptInvite(session.userId, input, from);
  redirect(`/o/${slug}`);
});

export const acceptAndSignUp = publicAction({ input: inviteSignUp }, async (input, from) => {
  const { slug, ...secrets } = await signUpThroughInvite(input, from);
  await writeSessionCookies(secrets);
  redirect(`/o/${slug}`);
});

export const setNewPassword = publicAction({ input: passwordReset }, async (input, from) => {
  const { browser } = await resetPassword(input, from);
  await writeKnownBrowserCookie(browser);
  redirect("/login?done=password");
});

const endThisSession = personAction({ input: z.strictObject({}) }, async (session) => {
  await revokeSession(session, session.sessionId);
});

/** Ends the session in the database, then forgets the cookie. */
export async function signOut(): Promise<void> {
  const result = await endThisSession(null, {});
  if (!result.ok && result.code === "foreign_origin") return;
  await clearSessionCookie();
  redirect("/login?done=out");
}
