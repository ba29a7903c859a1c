import { createTrustProbes } from "@/lib/accounts/create-trust-probes";
import { type DueAccounts, dueAccounts } from "@/lib/db/system/schedules";
import { asOnlyScheduler } from "@/lib/db/system/work-queue";
import { logger } from "@/lib/logger";
import { createScheduledScans } from "@/lib/scans/create-scheduled-scans";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";

const pageSize = 200;

/** What waits of one organization before its further schedules wait too: the queue stays short, the rest stays due. */
const mostWaiting = 200;

/** A turn ends after this long, so that other processes get theirs, in milliseconds. */
const turnMs = 20_000;

/**
 * Creates what schedules owe: scans, and the weekly probe of the external id. Pages until nothing is due, each page
 * fair between organizations. One process at a time, which saves effort; taking an occurrence twice is impossible.
 */
export async function startDueSchedules(): Promise<void> {
  await asOnlyScheduler(async () => {
    const until = performance.now() + turnMs;
    while (performance.now() < until) {
      const [scans, probes] = [
        await page("scan", createScheduledScans),
        await page("trust", createTrustProbes),
      ];
      if (scans < pageSize && probes < pageSize) return;
    }
  });
}

async function page(
  of: "scan" | "trust",
  create: (ctx: TenantContext, accountIds: readonly string[]) => Promise<number>,
): Promise<number> {
  const due = await dueAccounts(of, { limit: pageSize, backlog: mostWaiting });
  for (const organization of due) await guarded(organization, create);
  return due.reduce((sum, { accountIds }) => sum + accountIds.length, 0);
}

/** One organization's trouble must not keep the others waiting. */
async function guarded(
  { tenantId, accountIds }: DueAccounts,
  create: (ctx: TenantContext, accountIds: readonly string[]) => Promise<number>,
): Promise<void> {
  try {
    await create(await tenantFromJob({ tenantId }, "schedule"), accountIds);
  } catch (error) {
    logger.warn({ error, tenantId }, "due schedules could not be taken; they are tried again");
  }
}
