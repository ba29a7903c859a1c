"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { inviteMember, revokeInvite } from "@/lib/members/invites";
import { inviteInput, inviteRevocation, memberRemoval, roleChange } from "@/lib/members/member-input";
import { changeRole, removeMember } from "@/lib/members/members";

export const invite = action({ permission: "member.manage", input: inviteInput }, async (ctx, input) => {
  const created = await inviteMember(ctx, input);
  revalidatePath(`/o/${ctx.slug}/settings/members`);
  return { link: created.link, email: created.email };
});

export const withdrawInvite = action(
  { permission: "member.manage", input: inviteRevocation },
  async (ctx, input) => {
    await revokeInvite(ctx, input);
    revalidatePath(`/o/${ctx.slug}/settings/members`);
  },
);

export const setRole = action({ permission: "member.manage", input: roleChange }, async (ctx, input) => {
  await changeRole(ctx, input);
  revalidatePath(`/o/${ctx.slug}/settings/members`);
});

export const remove = action({ permission: "member.manage", input: memberRemoval }, async (ctx, input) => {
  await removeMember(ctx, input);
  revalidatePath(`/o/${ctx.slug}/settings/members`);
});
