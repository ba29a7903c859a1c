"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { personAction } from "@/lib/http/action";
import { createOrganization, organizationNameField } from "@/lib/organizations/organizations";

export const makeOrganization = personAction(
  { input: z.strictObject({ name: organizationNameField }) },
  async (session, input) => {
    const { slug } = await createOrganization(session.userId, input);
    redirect(`/o/${slug}/connect`);
  },
);
