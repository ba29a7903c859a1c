"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { disconnectAccount } from "@/lib/accounts/disconnect-account";
import { updateAccount } from "@/lib/accounts/edit-account";
import { action } from "@/lib/http/action";
import { setSchedule } from "@/lib/scans/schedule";

const id = z.uuid();

export const saveDetails = action(
  {
    permission: "account.edit",
    input: z.strictObject({
      id,
      name: z.string(),
      environment: z.string(),
      version: z.coerce.number().int().positive(),
    }),
  },
  async (ctx, input) => {
    try {
      await updateAccount(ctx, input);
    } finally {
      // After a conflict too: the page then holds the new version, and saving again replaces it knowingly.
      revalidatePath(`/o/${ctx.slug}`, "layout");
    }
  },
);

/** Minutes between scans; 0 means only by hand, and keeps a day for when it is switched on again. */
export const saveSchedule = action(
  {
    permission: "account.edit",
    input: z.strictObject({ accountId: id, everyMinutes: z.coerce.number().int().min(0) }),
  },
  async (ctx, { accountId, everyMinutes }) => {
    const enabled = everyMinutes > 0;
    await setSchedule(ctx, { id: accountId, enabled, everyMinutes: enabled ? everyMinutes : 1440 });
    revalidatePath(`/o/${ctx.slug}/accounts/${accountId}`);
  },
);

export const disconnect = action(
  { permission: "account.disconnect", input: z.strictObject({ id, confirmName: z.string() }) },
  async (ctx, input) => {
    await disconnectAccount(ctx, input);
    redirect(`/o/${ctx.slug}/accounts/${input.id}`);
  },
);
