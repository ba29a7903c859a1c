"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/http/action";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { requestVerification } from "@/lib/verification/request-verification";
import { retryVerification } from "@/lib/verification/retry-verification";

// The use cases say who may: the owner of a finding may what other members may not.

const verifyForm = z.strictObject({ key: z.string().max(100), version: z.int().positive() });

/** Regions as one text, because a button sends texts; all that are outstanding without. */
const retryForm = z.strictObject({ id: z.string().max(100), regions: z.string().max(4_000).optional() });

function show(ctx: TenantContext): void {
  revalidatePath(`/o/${ctx.slug}/findings`, "layout");
}

export const verifyNow = action(
  { permission: "organization.view", input: verifyForm },
  async (ctx, request) => {
    await requestVerification(ctx, request);
    show(ctx);
  },
);

export const retryProof = action(
  { permission: "organization.view", input: retryForm },
  async (ctx, { id, regions }) => {
    await retryVerification(ctx, { id, ...(regions === undefined ? {} : { regions: regions.split(",") }) });
    show(ctx);
  },
);
