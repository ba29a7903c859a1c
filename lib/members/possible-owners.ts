import { findPossibleOwner, listPossibleOwnersOf } from "@/lib/db/system/memberships";
import { AppError } from "@/lib/errors";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";

/** Somebody who can own a finding. */
export interface PossibleOwner {
  readonly id: string;
  readonly name: string;
}

/** Everybody who can own a finding, by name. */
export async function listPossibleOwners(ctx: TenantContext): Promise<readonly PossibleOwner[]> {
  authorize(ctx, "member.view");
  return listPossibleOwnersOf(ctx.tenantId);
}

/**
 * The person by name. Throws invalid_input, for the field in which they were chosen, unless the person can own a
 * finding: a member who can sign in and is no auditor. That they stay one until it is written is for a foreign key to
 * hold: see left-meanwhile.ts.
 */
export async function requirePossibleOwner(
  ctx: TenantContext,
  userId: string,
  field = "ownerId",
): Promise<PossibleOwner> {
  const name = await withIdentity(ctx, (db) => findPossibleOwner(db, ctx.tenantId, userId));
  if (name !== null) return { id: userId, name };
  const text = "Choose a member of this organization who can sign in and is no auditor.";
  throw new AppError("invalid_input", text, { fields: { [field]: text } });
}
