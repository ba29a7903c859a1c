import type { z } from "zod";
import { lockAccount } from "@/lib/accounts/account-lock";
import { setAccountSchedule } from "@/lib/accounts/account-schedule";
import { parse } from "@/lib/input/parse";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { scheduleChange } from "./scan-input";

/** Sets how often the account is scanned automatically; null switches its schedule off. Throws invalid_input, not_found, conflict. */
export async function setSchedule(ctx: TenantContext, input: z.input<typeof scheduleChange>): Promise<void> {
  authorize(ctx, "account.edit");
  const { id, everyMinutes } = parse(scheduleChange, input);
  await withTenant(ctx, async (db) => {
    const { status } = await lockAccount(db, ctx.tenantId, id);
    await setAccountSchedule(db, ctx, { id, status }, everyMinutes);
  });
}
