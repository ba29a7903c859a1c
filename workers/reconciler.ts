import { ensureDailyWork } from "@/lib/db/system/work-items";
import {
  asOnlyReconciler,
  endUnknownWork,
  expiredLeases,
  expiredWork,
  forgetEndedWork,
  takeLostHints,
  type WorkRef,
} from "@/lib/db/system/work-queue";
import { logger } from "@/lib/logger";
import type { HintQueue } from "@/lib/work-items/backend";
import type { Work, WorkFailure } from "@/lib/work-items/work-kind";
import { giveHints } from "./dispatcher";
import { dailyWork } from "./kinds";
import { endUnfinished, reclaim } from "./settle";

/** A hint that no worker took for this long is given out again, in seconds. */
const lostAfterSeconds = 15;

/** After so many leases lost in a row an item is given up: whatever kills its worker will kill the next one. */
const maxLosses = 8;

const workersLost: WorkFailure = {
  errorCode: "workers_lost",
  errorText: `The worker died ${maxLosses} times in a row while it was at this. The last verdict stands; ask the operator to look at the worker's log.`,
};
const notStarted: WorkFailure = {
  errorCode: "not_started",
  errorText: "No worker was free to start this in time. The last verdict stands.",
};

/**
 * Brings work that got stuck back on its way: hints the queue lost, leases of dead workers, what has expired. Every
 * step is a conditional change, safe to run twice. Kinds that this version does not know are left alone.
 */
export async function reconcileWork(queue: HintQueue, kinds: ReadonlyMap<string, Work>): Promise<void> {
  const known = [...kinds.keys()];
  await asOnlyReconciler(async () => {
    await giveHints(queue, await takeLostHints(lostAfterSeconds, known));
    for (const item of await expiredLeases(known)) await guarded(item, kinds, afterLoss);
    for (const item of await expiredWork(known)) await guarded(item, kinds, afterExpiry);
    for (const kind of await endUnknownWork(known))
      logger.error({ kind }, "ended: no version knew this work");
    for (const kind of dailyWork) await ensureDailyWork(kind);
    await forgetEndedWork();
  });
}

async function afterLoss(item: WorkRef, work: Work): Promise<void> {
  const { workId, kind, tenantId, subjectId, fence } = item;
  const log = logger.child({ workId, kind, tenantId, subjectId, fence });
  if (item.losses + 1 >= maxLosses) {
    if (await endUnfinished(item, work, "failed", workersLost))
      log.error("given up after its workers kept dying");
    return;
  }
  const losses = await reclaim(item, work);
  if (losses !== null) log.warn({ losses }, "lease expired: queued again");
}

async function afterExpiry(item: WorkRef, work: Work): Promise<void> {
  if (await endUnfinished(item, work, "expired", notStarted)) {
    const { workId, kind, tenantId, subjectId } = item;
    logger.error({ workId, kind, tenantId, subjectId }, "given up: it expired before it could run");
  }
}

/** One organization's trouble must not keep the others waiting. */
async function guarded(
  item: WorkRef,
  kinds: ReadonlyMap<string, Work>,
  step: (item: WorkRef, work: Work) => Promise<void>,
): Promise<void> {
  const work = kinds.get(item.kind);
  if (!work) return;
  try {
    await step(item, work);
  } catch (error) {
    logger.warn(
      { error, workId: item.workId, tenantId: item.tenantId },
      "a work item could not be reconciled; it is tried again",
    );
  }
}
