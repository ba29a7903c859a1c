"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { newToken, tokenRevocation } from "@/lib/tokens/token-input";
import { createToken, revokeToken } from "@/lib/tokens/tokens";

export const issueToken = action({ permission: "token.manage", input: newToken }, async (ctx, input) => {
  const created = await createToken(ctx, input);
  revalidatePath(`/o/${ctx.slug}/settings/tokens`);
  return { token: created.token, name: created.name };
});

export const endToken = action({ permission: "token.manage", input: tokenRevocation }, async (ctx, input) => {
  await revokeToken(ctx, input);
  revalidatePath(`/o/${ctx.slug}/settings/tokens`);
});
