"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { newPasswordField, passwordField } from "@/lib/auth/password-policy";
import { resetPassword } from "@/lib/auth/password-reset";
import { emailField, personNameField } from "@/lib/auth/person-fields";
import { safeReturnPath } from "@/lib/auth/return-path";
import { clearSessionCookie, writeSessionCookie } from "@/lib/auth/session-cookie";
import { revokeSession } from "@/lib/auth/sessions";
import { signIn as startSignIn } from "@/lib/auth/sign-in";
import { signUp as startSignUp } from "@/lib/auth/sign-up";
import { personAction, publicAction } from "@/lib/http/action";
import { acceptInvite, signUpThroughInvite } from "@/lib/members/accept-invite";
import { listMyOrganizations } from "@/lib/organizations/organizations";

const secretField = z.string().max(100);

async function homeOf(userId: string): Promise<string> {
  const [first] = await listMyOrganizations(userId);
  return first === undefined ? "/welcome" : `/o/${first.slug}`;
}

export const signIn = publicAction(
  {
    input: z.strictObject({
      email: z.string().min(1, "Enter your e-mail address.").max(500),
      password: passwordField,
      return: z.string().max(1000).optional(),
    }),
  },
  async (input, from) => {
    const { userId, sid } = await startSignIn(input, from);
    await writeSessionCookie(sid);
    redirect(safeReturnPath(input.return, await homeOf(userId)));
  },
);

export const signUp = publicAction(
  { input: z.strictObject({ name: personNameField, email: emailField, password: newPasswordField }) },
  async (input, from) => {
    const { sid } = await startSignUp(input, from);
    await writeSessionCookie(sid);
    redirect("/welcome");
  },
);

export const acceptAsMyself = personAction(
  { input: z.strictObject({ invite: secretField }) },
  async (session, input, from) => {
    const { slug } = await acceptInvite(session.userId, { secret: input.invite }, from);
    redirect(`/o/${slug}`);
  },
);

export const acceptAndSignUp = publicAction(
  { input: z.strictObject({ invite: secretField, name: personNameField, password: newPasswordField }) },
  async (input, from) => {
    const { slug, sid } = await signUpThroughInvite(
      { secret: input.invite, name: input.name, password: input.password },
      from,
    );
    await writeSessionCookie(sid);
    redirect(`/o/${slug}`);
  },
);

export const setNewPassword = publicAction(
  { input: z.strictObject({ reset: secretField, newPassword: newPasswordField }) },
  async (input, from) => {
    await resetPassword({ secret: input.reset, newPassword: input.newPassword }, from);
    redirect("/login?done=password");
  },
);

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
