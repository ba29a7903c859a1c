"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import {
  connectionTestInput,
  connectionTestStop,
  draftDeletion,
  newConnection,
} from "@/lib/accounts/account-input";
import { deleteDraft } from "@/lib/accounts/delete-draft";
import { startConnection } from "@/lib/accounts/start-connection";
import { stopConnectionTest } from "@/lib/accounts/stop-connection-test";
import { testConnection } from "@/lib/accounts/test-connection";
import { action } from "@/lib/http/action";

export const beginConnection = action(
  { permission: "account.connect", input: newConnection },
  async (ctx, input) => {
    const { id } = await startConnection(ctx, input);
    redirect(`/o/${ctx.slug}/connect/${id}`);
  },
);

export const discardConnection = action(
  { permission: "account.connect", input: draftDeletion },
  async (ctx, input) => {
    await deleteDraft(ctx, input);
    revalidatePath(`/o/${ctx.slug}`, "layout");
    redirect(`/o/${ctx.slug}/accounts`);
  },
);

export const startTest = action(
  { permission: "account.connect", input: connectionTestInput },
  async (ctx, input) => {
    const { testId } = await testConnection(ctx, input);
    revalidatePath(`/o/${ctx.slug}/connect/${input.accountId}`);
    return testId;
  },
);

export const stopTest = action(
  { permission: "account.connect", input: connectionTestStop },
  async (ctx, input) => {
    await stopConnectionTest(ctx, input);
    revalidatePath(`/o/${ctx.slug}/connect/${input.accountId}`);
  },
);
