import { parse } from "@/lib/input/parse";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { createScan } from "./create-scan";
import { scanRequest } from "./scan-input";

/**
 * Asks for a scan of an account. While one is queued or running that one is returned. The queue is not touched:
 * the request is safe in the database, and a worker finds it within a second.
 */
export async function requestScan(
  ctx: TenantContext,
  input: { accountId: string; trigger: "manual" | "api" },
): Promise<{ id: string; number: number }> {
  authorize(ctx, "scan.request");
  const { accountId } = parse(scanRequest, { accountId: input.accountId });
  return withTenant(ctx, async (db) => {
    const { id, number } = await createScan(db, ctx, { accountId, trigger: input.trigger });
    return { id, number };
  });
}
