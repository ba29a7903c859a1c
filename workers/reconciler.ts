import {
  asOnlyReconciler,
  expiredLeases,
  forgetDoneDispatches,
  type Hint,
  overdueDispatches,
  takeLostHints,
} from "@/lib/db/system/dispatch-queue";
import { dueSchedules, takeDueSchedule } from "@/lib/db/system/schedules";
import { AppError } from "@/lib/errors";
import type { HintQueue } from "@/lib/jobs/backend";
import { logger } from "@/lib/logger";
import { createScan } from "@/lib/scans/create-scan";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { giveHints } from "./dispatcher";
import { handlers } from "./handlers/table";
import { abandon, type Failure, takeBack } from "./obligations";
import { maxAttempts } from "./retry";

/** A hint nobody took for this long is given out again, in seconds. */
const lostAfterSeconds = 15;

/** After an outage the scans that were missed are spread over this time, in seconds. */
const catchUpSeconds = 10 * 60;

const tooManyAttempts: Failure = {
  errorCode: "attempts_exhausted",
  errorText: `The worker died ${maxAttempts} times while it was at this. The last verdict stands; ask the operator to look at the worker's log.`,
};
const tooLate: Failure = {
  errorCode: "not_started",
  errorText: "No worker was free to start this in time. The last verdict stands.",
};

/**
 * Brings obligations that got stuck back on their way: hints the queue lost, leases of dead workers, what is
 * past its deadline, schedules that are due. Every step is a conditional change, safe to run twice.
 */
export async function reconcileObligations(queue: HintQueue): Promise<void> {
  await asOnlyReconciler(async () => {
    await giveHints(queue, await takeLostHints(lostAfterSeconds));
    for (const hint of await expiredLeases()) await guarded(hint, () => afterExpiry(hint));
    for (const hint of await overdueDispatches()) await guarded(hint, () => afterDeadline(hint));
    for (const due of await dueSchedules(200)) await guarded(due, () => startScheduled(due));
    await forgetDoneDispatches();
  });
}

async function afterExpiry(hint: Hint): Promise<void> {
  const ctx = await tenantFromJob(hint);
  const log = logger.child({
    tenantId: hint.tenantId,
    [`${hint.kind}Id`]: hint.subjectId,
    attempt: hint.attempt,
  });
  if (hint.attempt >= maxAttempts) {
    if (await abandon(ctx, hint, handlers[hint.kind], tooManyAttempts))
      log.error("given up after the last attempt");
  } else if (await takeBack(ctx, hint, handlers[hint.kind])) {
    log.warn("lease expired: queued again as the next attempt");
  }
}

async function afterDeadline(hint: Hint): Promise<void> {
  const ctx = await tenantFromJob(hint);
  if (await abandon(ctx, hint, handlers[hint.kind], tooLate)) {
    logger.error(
      { tenantId: hint.tenantId, [`${hint.kind}Id`]: hint.subjectId },
      "given up past its deadline",
    );
  }
}

async function startScheduled(due: { tenantId: string; accountId: string }): Promise<void> {
  const ctx = await tenantFromJob(due, "schedule");
  await withTenant(ctx, async (db) => {
    const taken = await takeDueSchedule(db, due.tenantId, due.accountId);
    if (!taken) return;
    // Late by more than a minute or two: an outage, and then all are late. They do not all start at once.
    const delaySeconds =
      taken.lateSeconds > 120 ? Math.random() * Math.min(catchUpSeconds, taken.lateSeconds) : 0;
    try {
      await createScan(db, ctx, { accountId: due.accountId, trigger: "schedule", delaySeconds });
    } catch (error) {
      // The account was disconnected meanwhile; its schedule is taken, so it does not come up again.
      if (!(error instanceof AppError)) throw error;
    }
  });
}

/** One organization's trouble must not keep the others waiting. */
async function guarded(of: { tenantId: string }, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    logger.warn({ error, tenantId: of.tenantId }, "an obligation could not be reconciled; it is tried again");
  }
}
