"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { changePassword } from "@/lib/auth/password-change";
import { newPasswordField, passwordField } from "@/lib/auth/password-policy";
import { clearSessionCookie } from "@/lib/auth/session-cookie";
import { revokeSession } from "@/lib/auth/sessions";
import { personAction } from "@/lib/http/action";
import { deleteSelf } from "@/lib/organizations/delete-self";

export const setPassword = personAction(
  { input: z.strictObject({ currentPassword: passwordField, newPassword: newPasswordField }) },
  async (session, input) => {
    const { endedSessions } = await changePassword(session, input);
    revalidatePath("/account");
    return { endedSessions };
  },
);

export const endSession = personAction(
  { input: z.strictObject({ sessionId: z.uuid() }) },
  async (session, input) => {
    await revokeSession(session, input.sessionId);
    revalidatePath("/account");
  },
);

export const deleteMyUser = personAction(
  { input: z.strictObject({ password: passwordField }) },
  async (session, input) => {
    await deleteSelf(session.userId, input);
    await clearSessionCookie();
    redirect("/login?done=deleted");
  },
);
