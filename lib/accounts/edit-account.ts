import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { accountChange, parseInput } from "./account-input";
import { environmentLabels, environments } from "./account-states";

/**
 * Changes what the organization calls the account. With the `version` that the caller has read, a change of somebody
 * else since then is not overwritten. Throws invalid_input, not_found, version_conflict.
 */
export async function updateAccount(
  ctx: TenantContext,
  input: {
    id: string;
    name?: string | undefined;
    environment?: string | undefined;
    version?: number | undefined;
  },
): Promise<void> {
  authorize(ctx, "account.edit");
  const { id, name, environment, version } = parseInput(accountChange, input);
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(environment === undefined ? {} : { environment }),
  };
  await withTenant(ctx, async (db) => {
    const current = await lockDetails(db, ctx.tenantId, id);
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

interface AccountDetails {
  readonly name: string;
  readonly environment: string;
  readonly version: number;
}

async function lockDetails(db: TenantDb, tenantId: string, id: string): Promise<AccountDetails> {
  const rows = await db.$queryRaw<AccountDetails[]>`
    SELECT name, environment, version FROM accounts
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  if (!rows[0]) throw notFound();
  return rows[0];
}

function changedMeanwhile(current: AccountDetails): AppError {
  const environment = environmentLabels[environments.parse(current.environment)];
  const text = `Someone else changed this account: it is now “${current.name}”, ${environment}. Your changes were not saved. Save again to replace theirs.`;
  return new AppError("version_conflict", text, { current: { ...current } });
}
