"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { action } from "@/lib/http/action";
import { cancelScan } from "@/lib/scans/cancel-scan";
import { requestScan } from "@/lib/scans/request-scan";
import { scanCancellation, scanRequest } from "@/lib/scans/scan-input";

/** Starts a scan, or finds the one under way, and shows it. */
export const scanNow = action(
  { permission: "scan.request", input: scanRequest },
  async (ctx, { accountId }) => {
    const { number } = await requestScan(ctx, { accountId, trigger: "manual" });
    redirect(`/o/${ctx.slug}/scans/${number}`);
  },
);

export const cancel = action(
  { permission: "scan.request", input: scanCancellation },
  async (ctx, { number }) => {
    await cancelScan(ctx, { number });
    revalidatePath(`/o/${ctx.slug}/scans/${number}`);
  },
);
