import { type Deletion, withKeeper } from "@/lib/db/keeper";
import { eraseIdentityOf, erasingStateOf } from "@/lib/db/system/erasing";
import { AppError } from "@/lib/errors";

const batch = 2_000;

/** Every tenant table, children before parents, so that no foreign key is in the way. A test holds it to the catalog. */
export const erasedTables = [
  "runs",
  "answers",
  "scan_facts",
  "scan_results",
  "suggested_changes",
  "evaluations",
  "finding_events",
  "snapshots",
  "coverage_days",
  "snapshot_progress",
  "run_progress",
  "account_facts",
  "log_bucket_readers",
  "first_seen",
  "connection_tests",
  "episodes",
  "finding_looks",
  "verifications",
  "claims",
  "finding_watchers",
  "comments",
  "inbox_items",
  "findings",
  "scans",
  "accounts",
  "idempotency_keys",
  "owner_rules",
  "saved_views",
  "triage_settings",
  "counters",
  "audit_log",
] as const;

/**
 * Erases everything of an organization: its rows in every table, batch by batch, then who belonged to it and the
 * organization itself. If interrupted, it continues where it stopped. Throws conflict unless the operator closed it, and
 * under a legal hold, with nothing further erased.
 */
export async function eraseOrganization(
  keeperUrl: string,
  tenantId: string,
  signal: AbortSignal,
): Promise<{ rowsErased: number }> {
  let rowsErased = 0;
  await withKeeper(keeperUrl, async (keeper) => {
    for (const table of erasedTables) {
      for (;;) {
        signal.throwIfAborted();
        refuseUnlessClosed(await erasingStateOf(tenantId));
        const [erased = 0] = await keeper.deleteUnder(tenantId, [deletionOf(table)]);
        rowsErased += erased;
        if (erased < batch) break;
      }
    }
  });
  await eraseIdentityOf(tenantId);
  return { rowsErased };
}

/** The organization that is gone has been erased before; what it left behind may go. */
function refuseUnlessClosed(state: Awaited<ReturnType<typeof erasingStateOf>>): void {
  if (state === "held") {
    throw new AppError("conflict", "The organization is under a legal hold: erasing stopped.");
  }
  if (state === "open") {
    throw new AppError("conflict", "The organization was not closed by the operator: nothing is erased.");
  }
}

function deletionOf(table: (typeof erasedTables)[number]): Deletion {
  return {
    sql: `DELETE FROM ${table} WHERE tenant_id = $1 AND ctid IN (
      SELECT ctid FROM ${table} WHERE tenant_id = $1 LIMIT ${batch})`,
  };
}
