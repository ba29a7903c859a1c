"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/http/action";
import { leaveOrganization } from "@/lib/organizations/leave";
import { organizationInput } from "@/lib/organizations/organization-input";
import { updateOrganization } from "@/lib/organizations/organizations";

export const renameOrganization = action(
  { permission: "organization.edit", input: organizationInput },
  async (ctx, input) => {
    const { name } = await updateOrganization(ctx, input);
    revalidatePath(`/o/${ctx.slug}`, "layout");
    return { name };
  },
);

export const leave = action({ permission: "organization.view", input: z.strictObject({}) }, async (ctx) => {
  await leaveOrganization(ctx);
  redirect("/welcome");
});
