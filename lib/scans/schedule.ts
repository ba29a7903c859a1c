import type { z } from "zod";
import { lockAccount } from "@/lib/accounts/account-lock";
import { setAccountSchedule } from "@/lib/accounts/account-schedule";
import { refuseStale } from "@/lib/accounts/account-version";
import { parse } from "@/lib/input/parse";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { scheduleChange } from "./scan-input";

/**
 * Sets how often the account is scanned automatically; null switches its schedule off. With the `version` that the caller
 * has read, a change of somebody else since then is not overwritten. Throws invalid_input, not_found, version_conflict,
 * conflict.
 */
export async function setSchedule(ctx: TenantContext, input: z.input<typeof scheduleChange>): Promise<void> {
  authorize(ctx, "account.edit");
  const { id, everyMinutes, version } = parse(scheduleChange, input);
  await withTenant(ctx, async (db) => {
    const account = await lockAccount(db, ctx.tenantId, id);
    await refuseStale(db, ctx.tenantId, id, account, version);
    await setAccountSchedule(db, ctx, { id, status: account.status }, everyMinutes);
  });
}
