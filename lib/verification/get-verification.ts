import type { z } from "zod";
import { notFound } from "@/lib/errors";
import { knownFinding } from "@/lib/findings/known-finding";
import { parse } from "@/lib/input/parse";
import { authorize } from "@/lib/tenancy/authorize";
import { readTenant } from "@/lib/tenancy/read-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { latestVerification, verificationWithId } from "./read-verification";
import { verificationName } from "./verification-input";
import type { VerificationView } from "./verification-view";

/** One verification, for whoever reads findings. Throws invalid_input and not_found. */
export async function getVerification(
  ctx: TenantContext,
  input: z.input<typeof verificationName>,
): Promise<VerificationView> {
  authorize(ctx, "organization.view");
  const { id } = parse(verificationName, input);
  const found = await readTenant(ctx, (db) => verificationWithId(db, ctx.tenantId, id));
  if (found === null) throw notFound();
  return found;
}

/**
 * The verification that a finding is shown with: the open one, else the latest; null without any. `key` is as in
 * getFinding(). Throws not_found.
 */
export async function verificationOfFinding(
  ctx: TenantContext,
  key: string,
): Promise<VerificationView | null> {
  authorize(ctx, "organization.view");
  return readTenant(ctx, async (db) => {
    const { id } = await knownFinding(db, ctx.tenantId, key);
    return latestVerification(db, ctx.tenantId, id);
  });
}
