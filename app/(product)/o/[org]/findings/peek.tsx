"use server";

import { z } from "zod";
import { PeekBody } from "@/components/findings/peek-body";
import { getFinding } from "@/lib/findings/get-finding";
import { action } from "@/lib/http/action";

/** A finding as it is looked at beside the list. */
export const readPeek = action(
  {
    permission: "organization.view",
    input: z.strictObject({ of: z.string().max(100), part: z.string().max(100) }),
  },
  async (ctx, { of }) => {
    const finding = await getFinding(ctx, of);
    return <PeekBody finding={finding} href={`/o/${ctx.slug}/findings/${of}`} />;
  },
);
