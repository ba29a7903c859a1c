"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { passwordChange, passwordConfirmation, sessionRevocation } from "@/lib/auth/auth-input";
import { changePassword, signOutEverywhere } from "@/lib/auth/password-change";
import { clearSessionCookie } from "@/lib/auth/session-cookie";
import { revokeSession } from "@/lib/auth/sessions";
import { personAction } from "@/lib/http/action";
import { deleteSelf } from "@/lib/organizations/delete-self";

export const setPassword = personAction({ input: passwordChange }, async (session, input, from) => {
  const { endedSessions } = await changePassword(session, input, from);
  revalidatePath("/account");
  return { endedSessions };
});

export const endSession = personAction({ input: sessionRevocation }, async (session, input) => {
  await revokeSession(session, input.sessionId);
  revalidatePath("/account");
});

export const endEverySession = personAction({ input: z.strictObject({}) }, async (session) => {
  await signOutEverywhere(session);
  await clearSessionCookie();
  redirect("/login?done=everywhere");
});

export const deleteMyUser = personAction({ input: passwordConfirmation }, async (session, input) => {
  await deleteSelf(session.userId, input);
  await clearSessionCookie();
  redirect("/login?done=deleted");
});
