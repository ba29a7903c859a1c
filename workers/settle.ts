import {
  abandonWork,
  finishWork,
  type Held,
  reclaimWork,
  retryWork,
  returnWork,
  type WorkDb,
  withInstallation,
} from "@/lib/db/system/work-items";
import type { WorkRef } from "@/lib/db/system/work-queue";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { backoffSeconds, infrastructureSeconds, reclaimSeconds } from "@/lib/work-items/backoff";
import type { Subject, TenantWork, Work, WorkFailure } from "@/lib/work-items/work-kind";

type Item = Pick<Held, "tenantId" | "subjectId">;

/** The context of an item's organization. Throws not_found when it has been erased, or when the item names none. */
export function contextOf(item: Item, name = "worker"): Promise<TenantContext> {
  return tenantFromJob({ tenantId: item.tenantId ?? "" }, name);
}

/**
 * The holder of the lease puts the item back: after an error of its own (`failed`, counted) or for a reason outside
 * it (`returned`).
 */
export async function requeue(
  held: Held,
  work: Work | undefined,
  why: "failed" | "returned",
  delaySeconds?: number,
): Promise<void> {
  await inTransaction(held, work, async (db, hooks) => {
    if (why === "failed") await retryWork(db, held, delaySeconds ?? backoffSeconds(held.failures + 1));
    else await returnWork(db, held, delaySeconds ?? infrastructureSeconds());
    await hooks?.released();
  });
}

/** The holder of the lease gives the item up. */
export async function failWork(held: Held, work: Work, failure: WorkFailure): Promise<void> {
  await inTransaction(held, work, async (db, hooks) => {
    await finishWork(db, held, "failed");
    await hooks?.failed(failure);
  });
}

/** Reclaims an item whose lease has expired; null when another worker was faster. Returns the leases lost in a row. */
export async function reclaim(item: WorkRef, work: Work): Promise<number | null> {
  return inTransaction(item, work, async (db, hooks) => {
    const taken = await reclaimWork(db, item, reclaimSeconds(item.losses));
    if (taken) await hooks?.released();
    return taken?.losses ?? null;
  });
}

/** Fails an item that no worker holds; false when another worker was faster. */
export async function endUnfinished(
  item: WorkRef,
  work: Work,
  outcome: "failed" | "expired",
  failure: WorkFailure,
): Promise<boolean> {
  return inTransaction(item, work, async (db, hooks) => {
    if (!(await abandonWork(db, item, outcome))) return false;
    await hooks?.failed(failure);
    return true;
  });
}

interface Hooks {
  released(): Promise<void>;
  failed(failure: WorkFailure): Promise<void>;
}

/** The item's own transaction: its organization's, with the hooks of its kind, or the installation's. */
async function inTransaction<T>(
  item: Item,
  work: Work | undefined,
  change: (db: WorkDb, hooks: Hooks | undefined) => Promise<T>,
): Promise<T> {
  const { tenantId, subjectId } = item;
  if (work?.scope !== "tenant" || tenantId === null || subjectId === null) {
    return withInstallation((db) => change(db, undefined));
  }
  return withTenant(await contextOf(item), (db) => change(db, hooksOf(work, db, { tenantId, subjectId })));
}

function hooksOf(work: TenantWork, db: TenantDb, subject: Subject): Hooks {
  return {
    released: () => work.released(db, subject),
    failed: (failure) => work.failed(db, { ...subject, ...failure }),
  };
}
