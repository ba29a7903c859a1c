"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { withDefaultView } from "@/lib/findings/list/default-view";
import { queryOfText } from "@/lib/findings/list/finding-url";
import { action } from "@/lib/http/action";
import { changeOnce } from "@/lib/http/change-once";
import { listPossibleOwners } from "@/lib/members/possible-owners";
import { changeFindings } from "@/lib/scans/bulk/change-findings";
import { listMatchingKeys } from "@/lib/scans/bulk/selected-findings";
import { bulkForm, byField, changeOf } from "./bulk-form";

// The use case says who may do what to which finding.

export const previewBulk = action({ permission: "organization.view", input: bulkForm }, async (ctx, form) =>
  byField(changeFindings(ctx, { ...(await changeOf(ctx, form)), preview: true })),
);

export const changeBulk = action(
  { permission: "organization.view", input: bulkForm.extend({ once: z.uuid() }) },
  async (ctx, { once, ...form }) => {
    const change = await changeOf(ctx, form);
    const result = await byField(
      changeOnce(ctx, once, change, (step) => changeFindings(ctx, change, { step })),
    );
    revalidatePath(`/o/${ctx.slug}/findings`, "layout");
    return result;
  },
);

/** All that match the list's query, so that they can be selected. */
export const matchingFindings = action(
  { permission: "organization.view", input: z.strictObject({ query: z.string().max(4_000) }) },
  async (ctx, { query }) => [...(await listMatchingKeys(ctx, withDefaultView(queryOfText(query))))],
);

export const peopleToAssign = action({ permission: "member.view", input: z.strictObject({}) }, (ctx) =>
  listPossibleOwners(ctx),
);
