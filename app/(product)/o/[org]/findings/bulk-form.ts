import { z } from "zod";
import { AppError } from "@/lib/errors";
import { bulkActions, bulkLimit } from "@/lib/findings/bulk-states";
import { endOfDayIn } from "@/lib/findings/due/due-date";
import { readDuePolicy } from "@/lib/findings/due/read-due-policy";
import type { changeFindings } from "@/lib/scans/bulk/change-findings";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

/** A change as the dialogs of the list send it: texts as they were typed, a day in place of a time. */
export const bulkForm = z.strictObject({
  keys: z.array(z.string().max(40)).min(1).max(bulkLimit),
  action: z.enum(bulkActions.values),
  ownerId: z.string().max(100).nullable().optional(),
  day: z.iso.date("Give a day, such as 2026-12-09.").nullable().optional(),
  dueReason: z.string().max(5_000).optional(),
  note: z.string().max(20_000).optional(),
  guardrail: z.string().max(5_000).optional(),
  guardrailWaiver: z.string().max(5_000).optional(),
});

type Change = Parameters<typeof changeFindings>[1];

/** The change that the use case takes. */
export async function changeOf(ctx: TenantContext, form: z.output<typeof bulkForm>): Promise<Change> {
  const { keys, action } = form;
  switch (action) {
    case "assign":
      return { keys, action, value: { ownerId: form.ownerId ?? null } };
    case "due": {
      const dueAt = await dueAtOf(ctx, form.day ?? null);
      return { keys, action, value: { dueAt, dueReason: form.dueReason ?? "" } };
    }
    case "claim": {
      const { note = null, guardrail = null, guardrailWaiver = null } = form;
      return { keys, action, value: { note, guardrail, guardrailWaiver } };
    }
    case "watch":
    case "unwatch":
    case "scan":
      return { keys, action };
  }
}

async function dueAtOf(ctx: TenantContext, day: string | null): Promise<string | null> {
  if (day === null) return null;
  const dueAt = endOfDayIn((await readDuePolicy(ctx)).timeZone, day);
  if (dueAt !== null) return dueAt;
  const text = "There is no such day.";
  throw new AppError("invalid_input", text, { fields: { day: text } });
}

/** What is refused, by the names of the form's fields. */
export async function byField<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_input") throw error;
    const named = Object.entries(error.fields).map(([name, text]) => [
      name.replace(/^value\./, "").replace(/^dueAt$/, "day"),
      text,
    ]);
    throw new AppError("invalid_input", error.message, { fields: Object.fromEntries(named) });
  }
}
