import { z } from "zod";
import { parseInput } from "@/lib/accounts/account-input";
import { setScheduleOf } from "@/lib/db/system/schedules";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

/** Between hourly and weekly. */
const scheduleChange = z.strictObject({
  id: z.uuid(),
  everyMinutes: z
    .number()
    .int()
    .min(60, "A schedule scans an account at most once an hour.")
    .max(
      7 * 24 * 60,
      "A schedule scans an account at least once a week. To scan it by hand only, choose no schedule.",
    ),
  enabled: z.boolean(),
});

/** Sets how often the account is scanned automatically, or switches its schedule off. Throws invalid_input, not_found, conflict. */
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
