import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { accountChange } from "./account-input";
import { type LockedAccount, lockAccount } from "./account-lock";
import { environmentLabels } from "./account-states";

/**
 * Changes what the organization calls the account. With the `version` that the caller has read, a change of somebody
 * else since then is not overwritten. Throws invalid_input, not_found, version_conflict.
 */
export async function updateAccount(ctx: TenantContext, input: z.input<typeof accountChange>): Promise<void> {
  authorize(ctx, "account.edit");
  const { id, name, environment, version } = parse(accountChange, input);
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(environment === undefined ? {} : { environment }),
  };
  await withTenant(ctx, async (db) => {
    const current = await lockAccount(db, ctx.tenantId, id);
    if (version !== undefined && version !== current.version) throw changedMeanwhile(current);
    if (Object.keys(change).length === 0) return;
    await db.account.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id } },
      data: { ...change, version: { increment: 1 } },
      select: { id: true },
    });
    await audit(db, ctx, "account.updated", `account:${id}`, change);
  });
}

function changedMeanwhile({ name, environment, version }: LockedAccount): AppError {
  const text = `Someone else changed this account: it is now “${name}”, ${environmentLabels[environment]}. Your changes were not saved. Save again to replace theirs.`;
  return new AppError("version_conflict", text, { current: { name, environment, version } });
}
