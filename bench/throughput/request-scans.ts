import { closeDatabase } from "@/lib/db/system/workers";
import { requestScan } from "@/lib/scans/request-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import type { BenchAccount } from "./accounts";

const contexts = new Map<string, Promise<TenantContext>>();

/** Asks for one scan of each account, as the button on its page does. Answers how many. */
export async function requestScans(accounts: readonly BenchAccount[]): Promise<number> {
  for (let from = 0; from < accounts.length; from += 8) {
    await Promise.all(
      accounts.slice(from, from + 8).map(async ({ tenantId, id }) => {
        const context = contexts.get(tenantId) ?? tenantFromJob({ tenantId }, "bench");
        contexts.set(tenantId, context);
        await requestScan(await context, { accountId: id, trigger: "manual" });
      }),
    );
  }
  return accounts.length;
}

export async function closeRequests(): Promise<void> {
  await closeDatabase();
}
