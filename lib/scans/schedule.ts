import type { z } from "zod";
import { setScheduleOf } from "@/lib/db/system/schedules";
import { AppError, notFound } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { scheduleChange } from "./scan-input";

/** Kept for when a schedule that is off is switched on again. */
const dayMinutes = 24 * 60;

/** Sets how often the account is scanned automatically; null switches its schedule off. Throws invalid_input, not_found, conflict. */
export async function setSchedule(ctx: TenantContext, input: z.input<typeof scheduleChange>): Promise<void> {
  authorize(ctx, "account.edit");
  const { id, everyMinutes: wanted } = parse(scheduleChange, input);
  const enabled = wanted !== null;
  const everyMinutes = wanted ?? dayMinutes;
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
