import { assertHeld, finishWork } from "@/lib/db/system/work-items";
import { purgeInbox } from "@/lib/inbox/purge-inbox";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { TenantWork } from "@/lib/work-items/work-kind";
import { type DuePlace, remindPage } from "./remind-page";
import { remindWork } from "./remind-work";

export const runRemindWork: TenantWork = {
  definition: remindWork,
  scope: "tenant",
  // Page by page behind the lease. What another attempt told already is not told again, so each begins at the start.
  run: async ({ ctx, held, signal }) => {
    let [pages, told] = [0, 0];
    for (let after: DuePlace | null = null, more = true; more; pages += 1) {
      signal.throwIfAborted();
      const page = await withTenant(ctx, async (db) => {
        await assertHeld(db, held);
        return remindPage(db, ctx.tenantId, after);
      });
      told += page.told;
      after = page.last;
      more = after !== null;
    }
    for (let more = true; more; ) {
      signal.throwIfAborted();
      more = await withTenant(ctx, async (db) => {
        await assertHeld(db, held);
        return purgeInbox(db, ctx.tenantId);
      });
    }
    await withTenant(ctx, (db) => finishWork(db, held));
    return { pages, told };
  },
  released: async () => {},
  failed: async () => {},
};
