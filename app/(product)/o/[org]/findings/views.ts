"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { action } from "@/lib/http/action";
import * as views from "@/lib/views/saved-views";
import { newView, viewChange, viewRemoval } from "@/lib/views/view-input";

export const saveView = action({ permission: "view.save", input: newView }, async (ctx, input) => {
  const { id } = await views.saveView(ctx, input);
  revalidatePath(`/o/${ctx.slug}/findings`);
  return { id };
});

export const changeView = action({ permission: "view.save", input: viewChange }, async (ctx, input) => {
  try {
    await views.changeView(ctx, input);
  } finally {
    // After a conflict too: saving again then replaces the others' knowingly.
    revalidatePath(`/o/${ctx.slug}/findings`);
  }
});

export const removeView = action({ permission: "view.save", input: viewRemoval }, async (ctx, input) => {
  await views.removeView(ctx, input);
  redirect(`/o/${ctx.slug}/findings`);
});
