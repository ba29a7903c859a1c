import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import type { LockedAccount } from "./account-lock";
import { findAccountRow } from "./account-rows";
import { environmentLabels } from "./account-states";

/**
 * Throws version_conflict, with how the locked account is now, unless it is as the caller read it. A caller that names
 * no version means whatever is there.
 */
export async function refuseStale(
  db: TenantDb,
  tenantId: string,
  id: string,
  { name, environment, version }: LockedAccount,
  read: number | undefined,
): Promise<void> {
  if (read === undefined || read === version) return;
  const everyMinutes = (await findAccountRow(db, tenantId, id))?.everyMinutes ?? null;
  throw new AppError(
    "version_conflict",
    `Someone else changed this account: it is now “${name}”, ${environmentLabels[environment]}, ${scheduleText(everyMinutes)}. Your changes were not saved. Save again to replace theirs.`,
    { current: { name, environment, everyMinutes, version } },
  );
}

function scheduleText(everyMinutes: number | null): string {
  if (everyMinutes === null) return "not scheduled";
  if (everyMinutes % 60 !== 0) return `scanned every ${everyMinutes} minutes`;
  return everyMinutes === 60 ? "scanned every hour" : `scanned every ${everyMinutes / 60} hours`;
}
