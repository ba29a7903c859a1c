"use server";

import { revalidatePath } from "next/cache";
import { AppError } from "@/lib/errors";
import { endOfDayIn } from "@/lib/findings/due/due-date";
import { readDuePolicy } from "@/lib/findings/due/read-due-policy";
import { editFinding } from "@/lib/findings/triage/edit-finding";
import {
  assignForm,
  dueForm,
  findingMove,
  findingWatch,
  ticketForm,
} from "@/lib/findings/triage/triage-input";
import { unwatchFinding, watchFinding } from "@/lib/findings/triage/watch-finding";
import { action } from "@/lib/http/action";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { moveFinding } from "@/lib/verification/move-finding";

// The use cases say who may: the owner of a finding may what other members may not.

function show(ctx: TenantContext): void {
  revalidatePath(`/o/${ctx.slug}/findings`, "layout");
}

export const assign = action({ permission: "organization.view", input: assignForm }, async (ctx, change) => {
  await editFinding(ctx, change);
  show(ctx);
});

export const setDue = action(
  { permission: "organization.view", input: dueForm },
  async (ctx, { day, ...change }) => {
    const { timeZone } = await readDuePolicy(ctx);
    const dueAt = day === null ? null : endOfDayIn(timeZone, day);
    if (day !== null && dueAt === null) {
      const text = "There is no such day.";
      throw new AppError("invalid_input", text, { fields: { day: text } });
    }
    await editFinding(ctx, { ...change, dueAt });
    show(ctx);
  },
);

export const setTicket = action(
  { permission: "organization.view", input: ticketForm },
  async (ctx, change) => {
    await editFinding(ctx, change);
    show(ctx);
  },
);

export const watch = action({ permission: "finding.watch", input: findingWatch }, async (ctx, { key }) => {
  await watchFinding(ctx, { key });
  show(ctx);
});

export const unwatch = action({ permission: "finding.watch", input: findingWatch }, async (ctx, { key }) => {
  await unwatchFinding(ctx, { key });
  show(ctx);
});

export const move = action({ permission: "organization.view", input: findingMove }, async (ctx, change) => {
  await moveFinding(ctx, change);
  show(ctx);
});
