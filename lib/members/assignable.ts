import { findAssignable } from "@/lib/db/system/memberships";
import { AppError } from "@/lib/errors";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";

/**
 * Throws invalid_input unless the person can own a finding: a member who can sign in and is no auditor. That they stay
 * one until it is written is for a foreign key to hold.
 */
export async function requireAssignable(ctx: TenantContext, userId: string): Promise<void> {
  const found = await withIdentity(ctx, (db) => findAssignable(db, ctx.tenantId, userId));
  if (found) return;
  const text = "Choose a member of this organization who can sign in and is no auditor.";
  throw new AppError("invalid_input", text, { fields: { ownerId: text } });
}
