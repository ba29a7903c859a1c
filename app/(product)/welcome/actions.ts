"use server";

import { redirect } from "next/navigation";
import { personAction } from "@/lib/http/action";
import { organizationInput } from "@/lib/organizations/organization-input";
import { createOrganization } from "@/lib/organizations/organizations";

export const addOrganization = personAction({ input: organizationInput }, async (session, input) => {
  const { slug } = await createOrganization(session.userId, input);
  redirect(`/o/${slug}/connect`);
});
