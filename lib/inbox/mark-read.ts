import { z } from "zod";
import { parse } from "@/lib/input/parse";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { readerOf } from "./reader";

/** Items of one transaction: an inbox may hold thousands. */
const batch = 500;

/** Which items somebody has read: one line of the page may stand for several, with commas between them. */
export const inboxReading = z.strictObject({
  ids: z
    .array(z.string())
    .transform((given) => given.flatMap((text) => text.split(",")))
    .pipe(z.array(z.uuid()).min(1).max(200)),
});

/** Up to which moment: what came since the page was shown stays unread. */
export const inboxReadingOfAll = z.strictObject({ until: z.iso.datetime() });

/** The person has read these of their own. Others, and what was read before, stay as they are. */
export async function markRead(ctx: TenantContext, input: z.input<typeof inboxReading>): Promise<void> {
  authorize(ctx, "organization.view");
  const userId = readerOf(ctx);
  const { ids } = parse(inboxReading, input);
  await withTenant(
    ctx,
    (db) => db.$executeRaw`
      UPDATE inbox_items SET read_at = business_now()
      WHERE tenant_id = ${ctx.tenantId}::uuid AND user_id = ${userId}::uuid AND id = ANY (${ids}::uuid[])
        AND read_at IS NULL`,
  );
}

/** The person has read everything that came until then. */
export async function markAllRead(
  ctx: TenantContext,
  input: z.input<typeof inboxReadingOfAll>,
): Promise<void> {
  authorize(ctx, "organization.view");
  const userId = readerOf(ctx);
  const { until } = parse(inboxReadingOfAll, input);
  for (;;) {
    const marked = await withTenant(
      ctx,
      (db) => db.$executeRaw`
        UPDATE inbox_items SET read_at = business_now()
        WHERE tenant_id = ${ctx.tenantId}::uuid AND id IN (
          SELECT id FROM inbox_items
          WHERE tenant_id = ${ctx.tenantId}::uuid AND user_id = ${userId}::uuid AND read_at IS NULL
            AND at < ${until}::timestamptz + interval '1 millisecond'
          LIMIT ${batch})`,
    );
    if (marked < batch) return;
  }
}
