"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { accountDetails, disconnection } from "@/lib/accounts/account-input";
import { disconnectAccount } from "@/lib/accounts/disconnect-account";
import { updateAccount } from "@/lib/accounts/edit-account";
import { action } from "@/lib/http/action";
import { scheduleChange } from "@/lib/scans/scan-input";
import { setSchedule } from "@/lib/scans/schedule";

export const saveDetails = action(
  { permission: "account.edit", input: accountDetails },
  async (ctx, input) => {
    try {
      await updateAccount(ctx, input);
    } finally {
      // After a conflict too: the page then holds the new version, and saving again replaces it knowingly.
      revalidatePath(`/o/${ctx.slug}`, "layout");
    }
  },
);

export const saveSchedule = action(
  { permission: "account.edit", input: scheduleChange },
  async (ctx, input) => {
    try {
      await setSchedule(ctx, input);
    } finally {
      revalidatePath(`/o/${ctx.slug}/accounts/${input.id}`);
    }
  },
);

export const disconnect = action(
  { permission: "account.disconnect", input: disconnection },
  async (ctx, input) => {
    await disconnectAccount(ctx, input);
    redirect(`/o/${ctx.slug}/accounts/${input.id}`);
  },
);
