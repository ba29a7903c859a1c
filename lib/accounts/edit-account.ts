import { setScheduleOf } from "@/lib/db/system/schedules";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { accountChange, parseInput, scheduleChange } from "./account-input";

/** Changes what the organization calls the account. Throws invalid_input, not_found. */
export async function updateAccount(
  ctx: TenantContext,
  input: { id: string; name?: string | undefined; environment?: string | undefined },
): Promise<void> {
  authorize(ctx, "account.edit");
  const { id, name, environment } = parseInput(accountChange, input);
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(environment === undefined ? {} : { environment }),
  };
  await withTenant(ctx, async (db) => {
    const data = { ...change, version: { increment: 1 } };
    const { count } = await db.account.updateMany({ where: { tenantId: ctx.tenantId, id }, data });
    if (count === 0) throw notFound();
    await audit(db, ctx, "account.updated", `account:${id}`, change);
  });
}

/** How often the account is scanned by itself, or that it is not. Throws invalid_input, not_found, conflict. */
export async function setSchedule(
  ctx: TenantContext,
  input: { id: string; everyMinutes: number; enabled: boolean },
): Promise<void> {
  authorize(ctx, "account.edit");
  const { id, everyMinutes, enabled } = parseInput(scheduleChange, input);
  await withTenant(ctx, async (db) => {
    const account = await db.account.findUnique({
      where: { tenantId_id: { tenantId: ctx.tenantId, id } },
      select: { status: true },
    });
    if (!account) throw notFound();
    if (account.status !== "connected" && account.status !== "unreachable") {
      throw new AppError("conflict", "Only a connected account has a schedule.");
    }
    await setScheduleOf(db, ctx.tenantId, id, { everyMinutes, enabled });
    await audit(db, ctx, "account.schedule_set", `account:${id}`, { everyMinutes, enabled });
  });
}
