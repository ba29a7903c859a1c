import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { knownFinding } from "@/lib/findings/known-finding";
import { parse } from "@/lib/input/parse";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { findingWatch } from "./triage-input";

/** The person who asks is told of what happens to the finding from now on. Once is as good as twice. Throws not_found. */
export async function watchFinding(ctx: TenantContext, input: z.input<typeof findingWatch>): Promise<void> {
  authorize(ctx, "finding.watch");
  const { key } = parse(findingWatch, input);
  const userId = personOf(ctx);
  await withTenant(ctx, async (db) => {
    const { id } = await knownFinding(db, ctx.tenantId, key);
    await db.$executeRaw`
      INSERT INTO finding_watchers (tenant_id, finding_id, user_id)
      VALUES (${ctx.tenantId}::uuid, ${id}::uuid, ${userId}::uuid) ON CONFLICT DO NOTHING`;
  });
}

/** No longer. Nothing happens when they did not watch it. Throws not_found. */
export async function unwatchFinding(ctx: TenantContext, input: z.input<typeof findingWatch>): Promise<void> {
  authorize(ctx, "finding.watch");
  const { key } = parse(findingWatch, input);
  const userId = personOf(ctx);
  await withTenant(ctx, async (db) => {
    const { id } = await knownFinding(db, ctx.tenantId, key);
    await db.$executeRaw`
      DELETE FROM finding_watchers
      WHERE tenant_id = ${ctx.tenantId}::uuid AND finding_id = ${id}::uuid AND user_id = ${userId}::uuid`;
  });
}

function personOf(ctx: TenantContext): string {
  if (ctx.principal.type !== "user") throw new AppError("forbidden", "Only people watch findings.");
  return ctx.principal.userId;
}
