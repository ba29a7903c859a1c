"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/http/action";
import { lookAgain as look, stopLooking as stop } from "@/lib/scans/looks/look-again";
import { scanFinding } from "@/lib/scans/scan-finding";

const input = z.strictObject({ key: z.string().max(100) });

/** Looks again every 5 minutes for an hour, or finds that it does so already. */
export const lookAgain = action({ permission: "scan.request", input }, async (ctx, { key }) => {
  await look(ctx, { key });
  revalidatePath(`/o/${ctx.slug}/findings`, "layout");
});

export const stopLooking = action({ permission: "scan.request", input }, async (ctx, { key }) => {
  await stop(ctx, { key });
  revalidatePath(`/o/${ctx.slug}/findings`, "layout");
});

/** Starts a scan of the finding's account, or finds the one under way: the finding's page follows it. */
export const scanNow = action({ permission: "finding.scan", input }, async (ctx, { key }) => {
  await scanFinding(ctx, { key, trigger: "manual" });
  revalidatePath(`/o/${ctx.slug}/findings`, "layout");
});
