"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { emailField } from "@/lib/auth/person-fields";
import { action } from "@/lib/http/action";
import { inviteMember, revokeInvite } from "@/lib/members/invites";
import { changeRole, removeMember } from "@/lib/members/members";
import { roles } from "@/lib/tenancy/permissions";

const checkbox = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
const role = z.enum(roles.values, "Choose a role.");

export const invite = action(
  { permission: "member.manage", input: z.strictObject({ email: emailField, role, canApprove: checkbox }) },
  async (ctx, input) => {
    const made = await inviteMember(ctx, input);
    revalidatePath(`/o/${ctx.slug}/settings/members`);
    return { link: made.link, email: input.email };
  },
);

export const withdrawInvite = action(
  { permission: "member.manage", input: z.strictObject({ inviteId: z.uuid() }) },
  async (ctx, input) => {
    await revokeInvite(ctx, input);
    revalidatePath(`/o/${ctx.slug}/settings/members`);
  },
);

export const setRole = action(
  { permission: "member.manage", input: z.strictObject({ userId: z.uuid(), role, canApprove: checkbox }) },
  async (ctx, input) => {
    await changeRole(ctx, input);
    revalidatePath(`/o/${ctx.slug}/settings/members`);
  },
);

export const remove = action(
  { permission: "member.manage", input: z.strictObject({ userId: z.uuid() }) },
  async (ctx, input) => {
    await removeMember(ctx, input);
    revalidatePath(`/o/${ctx.slug}/settings/members`);
  },
);
