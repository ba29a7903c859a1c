"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/http/action";
import { tokenScopes } from "@/lib/tenancy/permissions";
import { createToken, maxTokenDays, revokeToken } from "@/lib/tokens/tokens";

const scope = z.enum(tokenScopes.values);

export const makeToken = action(
  {
    permission: "token.manage",
    input: z.strictObject({
      name: z.string().trim().min(1, "Name what will use the token.").max(80, "Use at most 80 characters."),
      scopes: z
        .union([scope.transform((one) => [one]), z.array(scope)])
        .optional()
        .transform((scopes) => scopes ?? []),
      days: z.coerce.number("Choose when it expires.").int().min(1).max(maxTokenDays),
    }),
  },
  async (ctx, input) => {
    const made = await createToken(ctx, input);
    revalidatePath(`/o/${ctx.slug}/settings/tokens`);
    return { token: made.token, name: input.name };
  },
);

export const endToken = action(
  { permission: "token.manage", input: z.strictObject({ tokenId: z.uuid() }) },
  async (ctx, input) => {
    await revokeToken(ctx, input);
    revalidatePath(`/o/${ctx.slug}/settings/tokens`);
  },
);
