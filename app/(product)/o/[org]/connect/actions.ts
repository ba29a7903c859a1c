"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { startConnection } from "@/lib/accounts/start-connection";
import { testConnection } from "@/lib/accounts/test-connection";
import { action } from "@/lib/http/action";

/** The use case judges the values and has a message for each. */
export const beginConnection = action(
  {
    permission: "account.connect",
    input: z.strictObject({
      name: z.string(),
      awsAccountId: z.string(),
      environment: z.string(),
      partition: z.string(),
    }),
  },
  async (ctx, input) => {
    const { id } = await startConnection(ctx, input);
    redirect(`/o/${ctx.slug}/connect/${id}`);
  },
);

export const startTest = action(
  { permission: "account.connect", input: z.strictObject({ accountId: z.uuid(), roleArn: z.string() }) },
  async (ctx, input) => {
    const { testId } = await testConnection(ctx, input);
    revalidatePath(`/o/${ctx.slug}/connect/${input.accountId}`);
    return testId;
  },
);
