"use server";

import { revalidatePath } from "next/cache";
import { findingMove } from "@/lib/findings/triage/triage-input";
import { action } from "@/lib/http/action";
import { inboxReading, inboxReadingOfAll, markAllRead, markRead } from "@/lib/inbox/mark-read";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { moveFinding } from "@/lib/verification/move-finding";

function show(ctx: TenantContext): void {
  revalidatePath(`/o/${ctx.slug}/my-work`);
}

export const readItems = action(
  { permission: "organization.view", input: inboxReading },
  async (ctx, items) => {
    await markRead(ctx, items);
    show(ctx);
  },
);

export const readAll = action(
  { permission: "organization.view", input: inboxReadingOfAll },
  async (ctx, items) => {
    await markAllRead(ctx, items);
    show(ctx);
  },
);

/** The use case says who may: the owner of a finding may what other members may not. */
export const claim = action({ permission: "organization.view", input: findingMove }, async (ctx, change) => {
  await moveFinding(ctx, change);
  show(ctx);
});
